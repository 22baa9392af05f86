import type { ContactFact, CustomerFact, EngagementFact, QueueStayFact } from '@throughline/contracts';
import fc from 'fast-check';
import { activeDays, dayMs, repeatMs, type Contribution } from './metric';
import { metricsOver } from './registry';
import { turningPoints, unchangedUntil } from './unchanged-until';

const noon = Date.UTC(2026, 2, 2, 12);
/** Few instants, so that they often meet each other and the time of asking. */
const instant = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: -1, max: 1 })).map(([days, more]) => noon + days * dayMs + more);
const maybe = fc.option(instant);
const asking = fc.tuple(instant, fc.integer({ min: 0, max: 12 * dayMs }), fc.boolean());

const contact = fc.record({
  startedBy: fc.constantFrom('customer', 'company'),
  endedAt: instant,
  looksResolved: fc.boolean(),
  repeatAt: maybe,
  channelRepeatAt: maybe,
});
const engagement = fc.record({
  at: instant,
  firstContactEndAt: instant,
  nextSameIntentAt: maybe,
  saidSolved: fc.option(fc.boolean()),
  saidSolvedAt: maybe,
  resolvedAt: maybe,
  closedAt: maybe,
  closedAs: fc.constantFrom('resolved', 'sold', 'lost', null),
  idleAt: maybe,
  falseSuccess: fc.boolean(),
  steps: fc.integer({ min: 1, max: 9 }),
});

/** The last moment that is said to be like `asOf`, or some moment before it. */
const laterMoment = (asOf: number, until: number, ahead: number, last: boolean): number =>
  last && Number.isFinite(until) ? until - 1 : Math.min(asOf + ahead, until - 1);

describe('until when a row counts as it does now', () => {
  const same = (say: (asOf: number) => readonly Contribution[], asOf: number, until: number, ahead: number, last: boolean): void => {
    expect(until).toBeGreaterThan(asOf);
    expect(say(laterMoment(asOf, until, ahead, last))).toEqual(say(asOf));
  };

  it('holds for every metric over contacts', () => {
    fc.assert(
      fc.property(contact, asking, (of, [asOf, ahead, last]) => {
        const row = of as unknown as ContactFact;
        same(
          (at) => metricsOver('contact').map((metric) => metric.contribute(row, { asOf: at, from: 0, until: 0 })),
          asOf,
          unchangedUntil('contact', row, asOf),
          ahead,
          last,
        );
      }),
      { numRuns: 3_000 },
    );
  });

  it('holds for every metric over engagements', () => {
    fc.assert(
      fc.property(engagement, asking, (of, [asOf, ahead, last]) => {
        const row = of as unknown as EngagementFact;
        same(
          (at) => metricsOver('engagement').map((metric) => metric.contribute(row, { asOf: at, from: 0, until: 0 })),
          asOf,
          unchangedUntil('engagement', row, asOf),
          ahead,
          last,
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it('is for ever once nothing is to come', () => {
    expect(unchangedUntil('contact', { endedAt: noon } as ContactFact, noon + repeatMs + 1)).toBe(Number.POSITIVE_INFINITY);
    expect(unchangedUntil('queueStay', {} as QueueStayFact, noon)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('customers whose dates lie alike between the turning points', () => {
  /** Each side of the points, twice, and the points themselves. */
  const place = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.boolean());

  it('count alike in every metric dated by the period', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 40 }), instant, place, place, fc.option(place), (from, days, asOf, first, last, left) => {
        const asked = { from, until: from + days * dayMs, asOf };
        const points = [...new Set(turningPoints(asked))].sort((a, b) => a - b);
        const dateAt = ([side, on]: readonly [number, boolean], deep: number): number =>
          on
            ? points[Math.min(side, points.length - 1)]!
            : ((points[side - 1] ?? points[0]! - dayMs) + 2 * deep * (points[side] ?? points.at(-1)! + dayMs)) / (1 + 2 * deep);
        const row = (deep: number) =>
          ({ known: true, firstAt: dateAt(first, deep), lastAt: dateAt(last, deep), leftAt: left && dateAt(left, deep) }) as CustomerFact;
        const say = (deep: number) => metricsOver('customer').map((metric) => metric.contribute(row(deep), asked));
        expect(say(0.2)).toEqual(say(0.7));
      }),
      { numRuns: 3_000 },
    );
    expect(activeDays).toBeGreaterThan(0);
  });
});
