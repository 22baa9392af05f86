import { mappingDocumentSchema, postedEventSchema } from '@throughline/contracts';
import { importFile } from '@throughline/domain-events';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const page = (file: string) => readFileSync(path.join(__dirname, '../../..', file), 'utf8');
const block = (text: string, language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? '';

describe('what the pages show works as they show it', () => {
  it.each(['README.md', 'docs/how-to/send-events.md'])('the events that %s posts are events', (file) => {
    const bodies = [...page(file).matchAll(/-d '([\s\S]*?)'\n/g)].map(([, body]) => JSON.parse(body ?? '') as unknown);
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies.flat()) expect(postedEventSchema.safeParse(body)).toMatchObject({ success: true });
  });

  it('the mapping of the how-to turns its file into events', async () => {
    const text = page('docs/how-to/write-a-mapping.md');
    const mapping = mappingDocumentSchema.parse(JSON.parse(block(text, 'json')));
    const events: unknown[] = [];
    for await (const record of importFile([block(text, 'csv')], mapping)) {
      expect(record).not.toHaveProperty('unreadable');
      if ('events' in record) events.push(...record.events);
    }
    expect(events).toHaveLength(3);
    for (const event of events) expect(postedEventSchema.safeParse(event)).toMatchObject({ success: true });
    expect(events[0]).toMatchObject({
      sourceEventId: 'CB-9/promised',
      occurredAt: Date.UTC(2026, 2, 3, 8),
      identifiers: [{ value: 'C10017' }, { value: '+1 202 555 0119' }],
    });
  });
});
