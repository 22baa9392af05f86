import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { postedEventSchema } from '@throughline/contracts';
import { danaExpected, danaStartsAt } from './dana';
import type { DemoEvent } from './demo-event';
import { demoMix } from './demo-mix';
import { disorderShares, malformedKinds, type Delivery } from './disorder';
import { generateWorld, type WorldOptions } from './generate-world';
import { postedForm } from './posted-form';
import { isReserved } from './reserved';
import { periodOf, silentFrom, usualEnd } from './sizes';

function readAll(options: WorldOptions) {
  const world = generateWorld(options);
  const deliveries: Delivery[] = [];
  for (const hourful of world.deliveries) deliveries.push(...hourful);
  return { world, deliveries, planted: world.planted() };
}

setFlagsFromString('--expose-gc');
/** Throws away what nobody holds, so that what is measured is kept and not merely not yet collected. */
const collect = runInNewContext('gc') as () => void;

const hashOf = (options: WorldOptions): string => {
  const hash = createHash('sha256');
  const { world, deliveries } = readAll(options);
  for (const delivery of deliveries) hash.update(JSON.stringify([delivery.at, delivery.kind, postedForm(delivery.event), world.truthOf(delivery)]));
  return hash.digest('hex');
};

const good = (deliveries: readonly Delivery[]): DemoEvent[] => deliveries.filter(({ truth }) => truth !== null).map(({ event }) => event as DemoEvent);

describe('the simulated contact centre', () => {
  const s = readAll({ size: 'S', seed: 1 });

  it('is the same world for the same seed, and another for another', () => {
    const first = hashOf({ size: 'XS', seed: 7 });
    expect(hashOf({ size: 'XS', seed: 7 })).toBe(first);
    expect(hashOf({ size: 'XS', seed: 8 })).not.toBe(first);
  });

  it('can end at any hour: the same people live the same lives up to it, and nothing of it lies after', () => {
    const end = Date.UTC(2026, 10, 22, 13);
    const { deliveries, planted } = readAll({ size: 'S', seed: 1, end });
    const moved = periodOf('S', end).from - periodOf('S').from;
    expect([planted.from, planted.until]).toEqual(['2026-08-22T00:00:00.000Z', '2026-11-22T13:00:00.000Z']);
    expect(planted.clockChanges).toEqual(['2026-11-01T06:00:00.000Z']);
    for (const { occurredAt } of good(deliveries)) if (occurredAt >= end + 5 * 60_000) throw new Error(`${new Date(occurredAt).toISOString()} lies ahead`);
    // Opening hours move with the clock of the centre: a few matters take another course, most are the same to the millisecond.
    const told = new Map(good(s.deliveries).map(({ sourceEventId, occurredAt }) => [sourceEventId, occurredAt + moved]));
    const same = good(deliveries).filter(({ sourceEventId, occurredAt }) => told.get(sourceEventId) === occurredAt).length;
    expect(same / told.size).toBeGreaterThan(0.8);
    expect(new Date(planted.dana.startsAt).getUTCDay()).toBe(1);
    expect(Date.parse(planted.dana.startsAt)).toBeLessThanOrEqual(end - 21 * 86_400_000);
    expect(planted.loop.coaching).toMatchObject({ startsAt: '2026-10-07T00:00:00.000Z', remeasureAt: '2026-11-22T13:00:00.000Z' });
    expect(planted.loop.coaching!.agents).toHaveLength(4);
  });

  it('is of the promised size', () => {
    expect(s.planted.events).toBeGreaterThan(60_000);
    expect(s.planted.events).toBeLessThan(100_000);
  });

  it('reaches the platform in the order of delivery', () => {
    expect(s.deliveries.findIndex(({ at }, i) => i > 0 && at < s.deliveries[i - 1]!.at)).toBe(-1);
  });

  it('names nobody who could exist: every telephone number and address is reserved', () => {
    let checked = 0;
    for (const { event } of s.deliveries)
      for (const { kind, value } of (event as DemoEvent).identifiers)
        if (kind === 'phone' || kind === 'email') {
          checked++;
          if (!isReserved(kind, value)) throw new Error(`${kind} ${value} is not reserved`);
        }
    expect(checked).toBeGreaterThan(20_000);
  });

  it('has exactly one truth for every event, and every event belongs to one of its persons', () => {
    const rows = new Map<string, string>();
    const persons = new Set([...s.world.persons()].map(({ person }) => person));
    for (const delivery of s.deliveries) {
      const row = s.world.truthOf(delivery);
      if (!row) continue;
      if (rows.has(row.sourceEventId)) throw new Error(`${row.sourceEventId} has two truths`);
      rows.set(row.sourceEventId, row.person);
      if (!persons.has(row.person)) expect(row.person).toMatch(/^o\d+$/);
    }
    expect(rows.size).toBe(s.planted.events);
    // What is repeated, corrected or in conflict is a record that is there; every other broken record is one more.
    for (const { kind, sourceEventId } of s.deliveries) {
      if (kind === 'duplicate' || kind === 'correction' || kind === 'idConflict') expect(rows.has(sourceEventId)).toBe(true);
      else if (kind in malformedKinds) expect(rows.has(sourceEventId)).toBe(false);
    }
  });

  it('keeps every block of time within one person and one issue, or two', () => {
    const owner = new Map<string, string>();
    for (const delivery of s.deliveries) {
      const row = s.world.truthOf(delivery);
      if (!row?.interaction) continue;
      if ((owner.get(row.interaction) ?? row.person) !== row.person) throw new Error(`${row.interaction} has two owners`);
      owner.set(row.interaction, row.person);
      if (row.engagements.length < 1 || row.engagements.length > 2) throw new Error(`${row.interaction} serves ${row.engagements.length} issues`);
    }
    expect(owner.size).toBeGreaterThan(5_000);
  });

  it('plants its disorder in the stated shares', () => {
    const { events, late, duplicates, malformed } = s.planted;
    const broken = Object.values(malformed).reduce((sum, count) => sum + count, 0);
    // Four standard deviations of a binomial count.
    const within = (count: number, share: number) => expect(Math.abs(count - share * events)).toBeLessThan(4 * Math.sqrt(events * share));
    within(late, disorderShares.late);
    within(duplicates, disorderShares.duplicate);
    within(broken, disorderShares.malformed);
    expect(s.planted.corrections).toBeGreaterThan(50);
    expect(Object.keys(malformed)).toHaveLength(5);
    for (const count of Object.values(malformed)) expect(count).toBeGreaterThan(100);
  });

  it('delivers what is late up to two days after the rest', () => {
    const delays = s.deliveries
      .filter(({ kind }) => kind === 'late')
      .map(({ at, event }) => at - ((event as DemoEvent).endedAt ?? (event as DemoEvent).occurredAt));
    expect(Math.max(...delays)).toBeGreaterThan(40 * 3_600_000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(48 * 3_600_000 + 10 * 60_000);
    expect(delays.filter((delay) => delay > 3_600_000).length / delays.length).toBeGreaterThan(0.5);
  });

  it('posts only what the published contract takes, but for the broken records, each of which breaks in its own way', () => {
    for (const delivery of s.deliveries.slice(0, 20_000)) {
      const { success } = postedEventSchema.safeParse(postedForm(delivery.event));
      if (!success && (delivery.truth !== null || delivery.kind === 'duplicate')) throw new Error(`${delivery.sourceEventId} is refused by the contract`);
    }
    const found = new Set(s.deliveries.filter(({ kind }) => kind in malformedKinds).map(({ kind }) => kind));
    expect([...found].sort()).toEqual(Object.keys(malformedKinds).sort());
  });

  it('repeats a duplicate word for word, corrects with a higher revision, and never lets a conflict come first', () => {
    const first = new Map<string, Delivery>();
    for (const delivery of s.deliveries) {
      const before = first.get(delivery.sourceEventId);
      if (delivery.kind === 'duplicate') expect(postedForm(delivery.event)).toEqual(postedForm(before!.event));
      if (delivery.kind === 'correction')
        expect([before!.kind, before!.event['revision' as never], delivery.event['revision' as never]]).toEqual(['superseded', 0, 1]);
      if (delivery.kind === 'idConflict') {
        expect(before!.truth).not.toBeNull();
        expect(postedForm(delivery.event)).not.toEqual(postedForm(before!.event));
      }
      if (!before) first.set(delivery.sourceEventId, delivery);
    }
  });

  it('hears nothing from the app from day 61 on', () => {
    const from = silentFrom(periodOf('S').from);
    const app = good(s.deliveries).filter(({ source }) => source === 'app');
    expect(app.length).toBeGreaterThan(300);
    expect(app.filter(({ occurredAt }) => occurredAt >= from)).toHaveLength(0);
    expect(s.planted.silentSource.unsent).toBeGreaterThan(100);
  });

  it('lets identifiers suffice for at least four of five persons, and plants households, office lines and numbers that change hands', () => {
    const persons = [...s.world.persons()];
    expect(persons.filter(({ suffices }) => suffices).length / persons.length).toBeGreaterThanOrEqual(0.8);
    const kinds = new Set(persons.map(({ kind }) => kind));
    for (const kind of ['household', 'officeLine', 'reusedPhone', 'sameName', 'withheldKnown', 'testValues', 'prospect', 'named'])
      expect(kinds).toContain(kind);
  });

  it('has pauses on both sides of the half hour, inside blocks of time and between them', () => {
    // Silence between what the customer lived through, within a block and from one block to the next of the same issue.
    const live = new Map<string, { block: string; at: number }[]>();
    for (const delivery of s.deliveries) {
      const row = s.world.truthOf(delivery);
      const event = delivery.event as DemoEvent;
      if (!row?.interaction || event.presence !== 'live' || event.source === 'field') continue;
      const issue = row.engagements[0]!;
      if (!live.has(issue)) live.set(issue, []);
      live.get(issue)!.push({ block: row.interaction, at: event.occurredAt });
    }
    let longInside = 0;
    let shortBetween = 0;
    let insides = 0;
    let betweens = 0;
    for (const events of live.values()) {
      events.sort((a, b) => a.at - b.at);
      for (let i = 1; i < events.length; i++) {
        const gap = events[i]!.at - events[i - 1]!.at;
        if (events[i]!.block === events[i - 1]!.block) {
          insides++;
          if (gap > 1_800_000) longInside++;
        } else {
          betweens++;
          if (gap <= 1_800_000) shortBetween++;
        }
      }
    }
    expect(longInside).toBeGreaterThanOrEqual(5);
    expect(shortBetween).toBeGreaterThanOrEqual(3);
    // But they are few: otherwise nobody could know.
    expect(longInside / insides).toBeLessThan(0.01);
    expect(shortBetween / betweens).toBeLessThan(0.03);
  });

  it('tells the story of Dana to the second', () => {
    for (const size of ['XS', 'S'] as const) {
      const { deliveries, world } = size === 'S' ? s : readAll({ size, seed: 3 });
      const dana = deliveries.filter((delivery) => world.truthOf(delivery)?.person === 'dana');
      const start = danaStartsAt(usualEnd);
      const told = dana.map((delivery) => delivery.event as DemoEvent).sort((a, b) => a.occurredAt - b.occurredAt || a.sourceSequence - b.sourceSequence);
      const session = ({ source, system, sessionKey, agent, queue, sourceEventId }: DemoEvent) =>
        [source, system, sessionKey ?? sourceEventId, system === 'agent' ? agent : '', system === 'acd' ? queue : ''].join(' ');
      const contacts = new Set(told.filter(({ presence, purpose }) => presence === 'live' && purpose === 'service').map(session));
      const others = new Set(told.map(session).filter((name) => !contacts.has(name)));
      expect(contacts.size).toBe(danaExpected.contactTransactions);
      expect(others.size).toBe(danaExpected.otherTransactions);
      expect(new Set(dana.map((delivery) => world.truthOf(delivery)!.interaction).filter((name) => name !== null)).size).toBe(danaExpected.interactions);
      const states = told.flatMap(({ issueKeys, occurredAt }) =>
        issueKeys.filter(({ state }) => state).map(({ value, state }) => `${value.slice(0, 2)} ${state} ${(occurredAt - start) / 3_600_000}`),
      );
      const hours = (days: number, hour: number, minute = 0, second = 0) => ((days * 24 + hour) * 3600 + minute * 60 + second) / 3600;
      expect(states).toEqual([
        `R1 opened ${hours(0, 19, 8, 5)}`,
        `R1 closed ${hours(2, 15, 40)}`,
        `R2 opened ${hours(7, 13, 2, 5)}`,
        `K3 opened ${hours(7, 15, 8)}`,
        `K3 closed ${hours(9, 14, 40)}`,
        `R2 cancelled ${hours(10, 14, 3)}`,
      ]);
    }
  });

  it('streams: a town of 50,000 over its first month keeps no more than what is under way', () => {
    const world = generateWorld({ size: 'M', seed: 1, days: 30 });
    collect();
    const before = process.memoryUsage().heapUsed;
    let hours = 0;
    let peak = 0;
    let largest = 0;
    let count = 0;
    const started = performance.now();
    for (const hourful of world.deliveries) {
      count += hourful.length;
      largest = Math.max(largest, hourful.length);
      if (hours++ % 24 === 0) {
        collect();
        peak = Math.max(peak, process.memoryUsage().heapUsed - before);
      }
    }
    const perSecond = (1000 * count) / (performance.now() - started);
    console.log(`${count} deliveries of M, ${Math.round(perSecond)} a second, at most ${Math.round(peak / 1e6)} MB kept`);
    expect(count).toBeGreaterThan(500_000);
    expect(largest).toBeLessThan(30_000);
    // All of it at once would be more than a gigabyte.
    expect(peak).toBeLessThan(250e6);
  }, 180_000);

  it('feeds the bench without end, in order of delivery, each event once', () => {
    const ids = new Set<string>();
    let events = 0;
    for (const event of demoMix({ people: 500 })) {
      ids.add(event.sourceEventId);
      if (++events === 50_000) break;
    }
    expect(ids.size).toBe(50_000);
  });
});
