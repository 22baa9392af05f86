import { serviceSettings, parseSettings, wholeNumber } from './index';

const right = { DATABASE_URL: 'postgres://tl_identity:geheim@127.0.0.1:5432/throughline', NATS_URL: 'nats://127.0.0.1:4222' };

function refused(environment: Record<string, string>): string {
  const words: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => words.push(String(text)) > 0);
  const exit = jest.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  try {
    expect(() => parseSettings(serviceSettings.extend({ PORT: wholeNumber }), environment)).toThrow('exit 78');
    return words.join('');
  } finally {
    write.mockRestore();
    exit.mockRestore();
  }
}

it('reads the environment once, with what may be left out filled in', () => {
  expect(parseSettings(serviceSettings, { ...right, LOG_FILE: '', POOL_SIZE: '12' })).toEqual({
    ...right,
    HOST: '127.0.0.1',
    HEALTH_HOST: '127.0.0.1',
    HEALTH_PORT: 0,
    POOL_SIZE: 12,
    STATEMENT_TIMEOUT_MS: 60_000,
    LOG_LEVEL: 'info',
    NODE_ENV: 'production',
  });
});

it('stops the process with a sentence that names the wrong variable and never its value', () => {
  expect(refused({ ...right, DATABASE_URL: 'mysql://geheim', PORT: '1' })).toMatch(/^The setting DATABASE_URL is wrong: [^\n]*\n$/);
  expect(refused({ ...right, DATABASE_URL: 'mysql://geheim', PORT: '1' })).not.toContain('geheim');
  expect(refused(right)).toBe('The setting PORT is missing.\n');
});
