import { defaultHierarchySettings, type CanonicalEvent } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { buildJourney, toCanonical } from '@throughline/domain-hierarchy';
import fc from 'fast-check';
import { migrations } from '../migrations';
import { canonicalFromDatabase } from './canonical-from-database';
import { JourneyBuilder, type BuildFacts } from './journey-builder';
import { ensureSettings } from './settings-versions';
import { day, eventOf, hour, idOf, minute, noon, Upstream, upstreamMigrations } from './test-upstream';

let server: TestDatabase;
let database: Database;
let upstream: Upstream;
let builder: JourneyBuilder;
let facts: BuildFacts[] = [];

beforeAll(async () => {
  server = await testDatabase({ migrations: [...upstreamMigrations, ...migrations] });
  database = await server.open('sessionization');
  upstream = await Upstream.open(server.url);
  await ensureSettings(database);
  const failed = ({ customerId, reason }: { customerId: string; reason: string }): never => {
    throw new Error(`${customerId}: ${reason}`);
  };
  builder = new JourneyBuilder(database, { built: (one) => facts.push(one), failed }, { refuse: () => undefined, accept: () => undefined });
});
beforeEach(() => {
  facts = [];
});
afterAll(async () => {
  await upstream?.close();
  await server?.drop();
});

const asOf = noon + 400 * day;

function expected(customerId: string, events: readonly CanonicalEvent[]): unknown {
  const owned = events.map((event) => ({ event, decidedBy: 'test' }));
  return toCanonical(buildJourney({ customerId, events: owned, corrections: [], settings: defaultHierarchySettings }), defaultHierarchySettings, asOf);
}

const families = ['fault', 'billing', 'purchase', 'information'] as const;

/** One step of a customer's life: something at a time, of a kind. Gaps straddle the limits of every level. */
const step = fc.record({
  gap: fc.oneof(
    fc.integer({ min: 0, max: 40 }).map((minutes) => minutes * minute),
    fc.integer({ min: 1, max: 80 }).map((hours) => hours * hour),
    fc.integer({ min: 2, max: 20 }).map((days) => days * day),
  ),
  kind: fc.constantFrom('chat', 'call', 'ticket', 'close', 'page', 'note', 'survey', 'try'),
  family: fc.constantFrom(...families, null),
  key: fc.integer({ min: 0, max: 3 }),
  /** Steps later that it arrives. */
  late: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) }),
});

function eventFor(
  name: string,
  at: number,
  { kind, family, key }: { kind: string; family: (typeof families)[number] | null; key: number },
  before: string | undefined,
): CanonicalEvent {
  const intents = family ? [{ intent: family, family, confidence: 800, by: 'menu' as const }] : [];
  const ticket = { kind: 'ticket' as const, namespace: 'crm', value: `K${key}` };
  const away = { initiator: 'agent' as const, presence: 'away' as const };
  switch (kind) {
    case 'call':
      return eventOf(name, at, {
        system: 'agent',
        type: 'connected',
        channel: 'voice',
        agent: 'ann',
        sessionKey: `${name}`,
        endedAt: at + 5 * minute,
        ending: key === 0 ? 'technical' : 'completed',
        intents,
      });
    case 'ticket':
      return eventOf(name, at, { system: 'crm', type: 'ticketOpened', ...away, issueKeys: [{ ...ticket, state: 'opened' }] });
    case 'close':
      return eventOf(name, at, { system: 'crm', type: 'ticketClosed', ...away, issueKeys: [{ ...ticket, state: 'closed' }], outcome: 'resolved' });
    case 'note':
      return eventOf(name, at, { system: 'crm', type: 'noteWritten', ...away, agent: 'ann' });
    case 'survey':
      return eventOf(name, at, { system: 'survey', type: 'answered', purpose: 'feedback', ...(before !== undefined && { aboutEventId: idOf(before) }) });
    case 'try':
      return eventOf(name, at, { system: 'agent', type: 'attempted', channel: 'voice', ...away, agent: 'bob', ending: 'noAnswer' });
    case 'page':
      return eventOf(name, at, { system: 'web', type: 'pageViewed', channel: 'web', clientKey: 'browser' });
    default:
      return eventOf(name, at, { intents, ...(key === 1 && { issueKeys: [ticket] }) });
  }
}

it('change by change, in whatever order and chunks, the rows are those of a full build', async () => {
  let run = 0;
  let incremental = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 90 }), fc.integer({ min: 1, max: 9 }), async (steps, chunk) => {
      run += 1;
      const customer = idOf(`life-${run}`);
      let at = noon;
      const arrivals: { place: number; event: CanonicalEvent }[] = [];
      for (const [index, one] of steps.entries()) {
        at += one.gap;
        arrivals.push({ place: index + one.late, event: eventFor(`life-${run}/${index}`, at, one, index > 3 ? `life-${run}/${index - 3}` : undefined) });
      }
      const events = arrivals.sort((a, b) => a.place - b.place).map(({ event }) => event);
      for (let start = 0; start < events.length; start += chunk) {
        await upstream.give(customer, ...events.slice(start, start + chunk));
        await builder.build([customer]);
        if (start % 3 === 0) expect(await canonicalFromDatabase(database, [customer], asOf)).toEqual([expected(customer, events.slice(0, start + chunk))]);
      }
      expect(await canonicalFromDatabase(database, [customer], asOf)).toEqual([expected(customer, events)]);
      // One event goes again, the last or any other.
      const gone = events[(events.length * 7) % (events.length - 1)]!;
      await upstream.take(customer, gone.id);
      await builder.build([customer]);
      const left = events.filter(({ id }) => id !== gone.id);
      expect(await canonicalFromDatabase(database, [customer], asOf)).toEqual([expected(customer, left)]);
      const [head] = await upstream.query<{ events: number }>('select events from sessionization.journey_head where customer_id = $1', [customer]);
      expect(head!.events).toBe(left.length);
    }),
    { numRuns: 6, seed: 20260302 },
  );
  for (const { customers, full } of facts) incremental += customers - full;
  expect(incremental).toBeGreaterThan(facts.length / 2);
}, 120_000);

it('one more event reads and writes as much for a customer with ten events as for one with thousands, dense and in one long engagement', async () => {
  const history = (customer: string, count: number): [string, CanonicalEvent][] =>
    Array.from({ length: count }, (_, index) => {
      const intents = [{ intent: 'invoice', family: 'billing' as const, confidence: 900, by: 'menu' as const }];
      return [customer, eventOf(`${customer}/${index}`, noon - (count - index) * 40 * minute, { intents, contactLinks: [] })];
    });
  const [young, old] = [idOf('young'), idOf('old')];
  await upstream.giveMany([...history(young, 10), ...history(old, 3000)]);
  await builder.build([young, old].sort());
  const costs: Record<string, BuildFacts[]> = { [young]: [], [old]: [] };
  for (let more = 0; more < 12; more += 1)
    for (const customer of [young, old]) {
      facts = [];
      await upstream.give(customer, eventOf(`${customer}/more/${more}`, noon + more * 40 * minute));
      await builder.build([customer]);
      costs[customer]!.push(...facts);
    }
  const sum = (customer: string, of: 'rowsRead' | 'rowsWritten' | 'full'): number => costs[customer]!.reduce((total, one) => total + one[of], 0);
  expect(sum(old, 'full')).toBe(0);
  expect(sum(old, 'rowsRead')).toBeLessThanOrEqual(1.5 * sum(young, 'rowsRead'));
  expect(sum(old, 'rowsWritten')).toBeLessThanOrEqual(1.5 * sum(young, 'rowsWritten'));
}, 60_000);
