import type { CanonicalEvent } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';
import { digitsOf, findCardsAcross, scrubDigits, type EventDigits } from '@throughline/domain-events';
import { hash } from 'node:crypto';
import { v5 } from 'uuid';
import type { PreparedEvent } from './prepared';

/** Lines of one conversation that are looked at again when a new one comes. */
const tail = 40;

interface Line {
  readonly event: CanonicalEvent;
  readonly digits: EventDigits;
  readonly isNew: boolean;
}

/**
 * Looks for card numbers that are spread over several events of one conversation, within the batch and against what is stored of it. Stored parts are scrubbed at once, with a redaction fact each;
 * for events of the batch the scrubbed form is returned, by event id. Costs nothing where no event holds digits in a line of a conversation or keys kept at a menu.
 */
export async function scrubSpreadCards(tx: Transaction, items: readonly PreparedEvent[]): Promise<ReadonlyMap<string, CanonicalEvent>> {
  const scrubbed = new Map<string, CanonicalEvent>();
  const conversations = new Map<string, Line[]>();
  for (const { event } of items) {
    const digits = digitsOf(event);
    if (digits === null) continue;
    const key = conversationIdOf(digits.conversation);
    const lines = conversations.get(key);
    if (lines === undefined) conversations.set(key, [{ event, digits, isNew: true }]);
    else lines.push({ event, digits, isNew: true });
  }
  if (conversations.size === 0) return scrubbed;
  const ids = [...conversations.keys()].sort();
  // Two parts that arrive at the same moment must see each other: one writer at a time for each conversation.
  await tx.execute(`select pg_advisory_xact_lock(hashtextextended(id::text, 7)) from unnest($1::uuid[]) as id order by id`, [ids]);
  await addStoredLines(tx, conversations, ids);
  for (const [, lines] of conversations) {
    lines.sort((a, b) => a.digits.at - b.digits.at || a.event.sourceSequence - b.event.sourceSequence || (a.event.id < b.event.id ? -1 : 1));
    for (const index of findCardsAcross(lines.map((line) => line.digits))) {
      const { event, isNew } = lines[index]!;
      const safe = withoutDigits(event);
      if (isNew) scrubbed.set(event.id, safe);
      else await rewrite(tx, safe);
      await tx.execute('insert into ingestion.redaction (event_id, id, at, kind) values ($1, $2, now(), $3) on conflict do nothing', [
        event.id,
        v5('card_across_events', event.id),
        'card_across_events',
      ]);
    }
  }
  await remember(tx, conversations);
  return scrubbed;
}

const conversationIdOf = (conversation: string): string =>
  hash('sha256', conversation, 'hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

async function addStoredLines(tx: Transaction, conversations: Map<string, Line[]>, ids: readonly string[]): Promise<void> {
  const rows = await tx.query<{ conversation: string; body: CanonicalEvent }>(
    `select asked.id as conversation, event.body
     from unnest($1::uuid[]) as asked (id)
     cross join lateral (select event_id from ingestion.digit_line where conversation = asked.id order by at desc limit $2) as line
     join ingestion.event on event.event_id = line.event_id`,
    [ids, tail],
  );
  for (const { conversation, body } of rows) {
    const lines = conversations.get(conversation)!;
    const digits = digitsOf(body);
    if (digits !== null && !lines.some((line) => line.event.id === body.id)) lines.push({ event: body, digits, isNew: false });
  }
}

async function remember(tx: Transaction, conversations: ReadonlyMap<string, readonly Line[]>): Promise<void> {
  const fresh = [...conversations].flatMap(([id, lines]) => lines.filter((line) => line.isNew).map((line) => ({ id, line })));
  fresh.sort((a, b) => (a.line.event.id < b.line.event.id ? -1 : 1));
  await tx.insertMany(
    'ingestion.digit_line',
    {
      event_id: { type: 'uuid', values: fresh.map(({ line }) => line.event.id) },
      conversation: { type: 'uuid', values: fresh.map(({ id }) => id) },
      at: { type: 'timestamptz', values: fresh.map(({ line }) => new Date(line.digits.at).toISOString()) },
    },
    'on conflict (event_id) do nothing',
  );
}

/** The event without any digit in the texts of its attributes. */
function withoutDigits(event: CanonicalEvent): CanonicalEvent {
  return { ...event, attributes: scrub(event.attributes) as Record<string, unknown> };
}

function scrub(value: unknown): unknown {
  if (typeof value === 'string') return scrubDigits(value);
  if (typeof value === 'number') return scrubDigits(String(value));
  if (Array.isArray(value)) return value.map(scrub);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, scrub(child)]));
  return value;
}

async function rewrite(tx: Transaction, event: CanonicalEvent): Promise<void> {
  const body = JSON.stringify(event);
  await tx.execute('update ingestion.event set body = $2 where event_id = $1', [event.id, body]);
  await tx.execute('update ingestion.original_body set record = $3 where event_id = $1 and received_at = to_timestamp($2 / 1000.0)', [
    event.id,
    event.receivedAt,
    body,
  ]);
}
