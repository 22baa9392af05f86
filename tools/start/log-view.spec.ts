import { humanLine } from './log-view.mjs';

describe('what the terminal says of a log line', () => {
  it('is nothing for the daily round', () => {
    expect(humanLine('identity', JSON.stringify({ level: 30, msg: 'resolved 200 events' }))).toBeNull();
    expect(humanLine('identity', '    at Object.<anonymous> (main.mjs:1:1)')).toBeNull();
  });

  it('is a sentence for a warning and an error', () => {
    expect(humanLine('identity', JSON.stringify({ level: 40, msg: 'NATS is away' }))).toEqual({ level: 'warn', text: 'identity: NATS is away' });
    expect(humanLine('identity', JSON.stringify({ level: 'warn', msg: 'batch failed and comes again', err: { message: 'deadlock' } }))?.text).toBe(
      'identity: batch failed and comes again: deadlock',
    );
    expect(humanLine('ingestion', JSON.stringify({ level: 'error', message: 'disk full' }))).toEqual({ level: 'error', text: 'ingestion: disk full' });
  });

  it('is the first line of a crash', () => {
    expect(humanLine('identity', 'Error: DATABASE_URL is not set')).toEqual({ level: 'error', text: 'identity: Error: DATABASE_URL is not set' });
  });
});
