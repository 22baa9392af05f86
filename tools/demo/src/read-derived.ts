import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { eventIdOf } from './event-id';
import type { DerivedRow } from './score-recovery';
import type { TruthRow } from './truth';

export type DerivedOf = (row: TruthRow) => DerivedRow | null;

/**
 * Reads where each event came to stand from the read views of the database. `sourceName` is given where one write key served all sources: the platform then knows them by
 * that name.
 */
export async function readDerivedFromDatabase(url: string, sourceName?: string): Promise<DerivedOf> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const rows = async <Row extends unknown[]>(text: string): Promise<Row[]> =>
      (await client.query<Row>({ text, rowMode: 'array' } as never)).rows as unknown as Row[];
    await client.query('begin isolation level repeatable read read only');
    const engagementsOf = new Map<string, string[]>();
    for (const [interaction, engagements] of await rows<[string, string[]]>(
      `select customer_id || interaction_id, array_agg(distinct customer_id || engagement_id) from sessionization.read_part where engagement_id is not null group by 1`,
    ))
      engagementsOf.set(interaction, engagements);
    const transactions = new Map<string, { readonly interaction: string | null; readonly engagements: readonly string[] }>();
    for (const [transaction, level, parent] of await rows<[string, string, string | null]>(
      `select customer_id || id, parent_level, customer_id || parent_id from sessionization.read_transaction`,
    )) {
      const interaction = level === 'interaction' ? parent : null;
      const engagements = level === 'engagement' && parent !== null ? [parent] : interaction !== null ? (engagementsOf.get(interaction) ?? []) : [];
      transactions.set(transaction, { interaction, engagements });
    }
    const events = new Map<string, DerivedRow>();
    for (const [event, customer, transaction] of await rows<[string, string, string | null]>(
      `select c.event_id, c.customer_id, t.customer_id || t.transaction_id
         from identity.read_customer_event c
         left join sessionization.read_event_transaction t on t.customer_id = c.customer_id and t.event_id = c.event_id`,
    )) {
      const parent = transaction === null ? undefined : transactions.get(transaction);
      events.set(event, { customer, interaction: parent?.interaction ?? null, engagements: parent?.engagements ?? [] });
    }
    return ({ source, sourceEventId }) => events.get(eventIdOf(sourceName ?? source, sourceEventId)) ?? null;
  } finally {
    await client.end();
  }
}

/** Reads lines `{"sourceEventId", "customer", "interaction", "engagements"}`, as any other tool may export them. */
export async function readDerivedFromFile(path: string): Promise<DerivedOf> {
  const events = new Map<string, DerivedRow>();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const { sourceEventId, customer, interaction, engagements } = JSON.parse(line) as { sourceEventId: string } & DerivedRow;
    events.set(sourceEventId, { customer, interaction, engagements });
  }
  return ({ sourceEventId }) => events.get(sourceEventId) ?? null;
}
