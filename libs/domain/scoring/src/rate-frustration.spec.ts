import fc from 'fast-check';
import { defaultHierarchySettings, defaultScoringSettings as settings, frustrationCauses, type ScoringSettings } from '@throughline/contracts';
import { buildJourney } from '@throughline/domain-hierarchy';
import { capPoints } from './cap-points';
import { ContactStory, day, hour, minute, noon, second, wants } from './contact-story';
import { inputOfJourney } from './input-of-journey';
import { contactEvents } from './journey-arbitrary';
import { rateFrustration, type Ordeal } from './rate-frustration';
import type { ContactReading } from './readings';
import { scoreJourney } from './score-journey';

const names = (count: number): string[] => Array.from({ length: count }, (_, place) => `e${place}`);

interface Ingredients {
  readonly repeats: number;
  readonly earlierRepeats: number;
  readonly failures: number;
  readonly missed: number;
  readonly waitMs: number;
  readonly lengthMs: number;
  readonly events: number;
  readonly transfers: number;
  readonly holds: number;
  readonly invalid: number;
  readonly restarts: number;
  readonly reidentified: number;
  readonly newAgents: number;
  readonly fails: number;
}

function contactOf(at: number, more: Partial<ContactReading> = {}): ContactReading {
  return {
    anchor: `c${at}`,
    at,
    endedAt: at + minute,
    fromAt: at,
    toAt: at + minute,
    startedBy: 'customer',
    asked: true,
    channel: 'voice',
    queue: null,
    agent: null,
    site: null,
    agents: [],
    transactions: 1,
    events: 1,
    parts: [
      {
        engagement: 'E',
        startAt: at,
        liveMs: minute,
        share: 1000,
        failed: null,
        intent: 'x',
        family: 'fault',
        intentConfidence: 900,
        settled: true,
        steps: 1,
        outcome: null,
        outcomeAt: null,
      },
    ],
    main: 0,
    looksResolved: false,
    inside: { transfers: [], holds: [], invalidInputs: [], restarts: [], reidentified: [], failures: [] },
    stays: [],
    menus: [],
    ...more,
  };
}

function ordealOf(of: Ingredients): Ordeal {
  const contact = contactOf(noon);
  const before = (count: number, days: number): ContactReading[] =>
    Array.from({ length: count }, (_, place) => {
      const one = contactOf(noon - days * day - place * hour);
      return place < of.failures ? { ...one, parts: [{ ...one.parts[0]!, failed: 'other' as const }] } : { ...one, agents: ['first'] };
    });
  return {
    contact: {
      ...contact,
      events: of.events,
      agents: Array.from({ length: of.newAgents }, (_, place) => `a${place}`),
      parts: [{ ...contact.parts[0]!, liveMs: of.lengthMs, failed: of.fails > 0 ? 'technical' : null }],
      stays: [{ anchor: 'q', at: noon, leftAt: noon + of.waitMs, abandoned: false, queue: 'q', channel: 'voice', site: null, agent: null }],
      inside: {
        transfers: names(of.transfers),
        holds: names(of.holds),
        invalidInputs: names(of.invalid),
        restarts: names(of.restarts),
        reidentified: names(of.reidentified),
        failures: names(of.fails),
      },
    },
    earlier: [...before(of.earlierRepeats, 9), ...before(of.repeats, 2)],
    missedVisits: names(of.missed),
  };
}

const few = fc.nat(6);
const ingredients: fc.Arbitrary<Ingredients> = fc.record({
  repeats: few,
  earlierRepeats: few,
  failures: few,
  missed: fc.nat(3),
  waitMs: fc.nat(30 * minute),
  lengthMs: fc.nat(90 * minute),
  events: fc.nat(60),
  transfers: few,
  holds: few,
  invalid: few,
  restarts: few,
  reidentified: few,
  newAgents: few,
  fails: fc.nat(1),
});
const calm: Ingredients = Object.fromEntries(
  [
    'repeats',
    'earlierRepeats',
    'failures',
    'missed',
    'waitMs',
    'lengthMs',
    'events',
    'transfers',
    'holds',
    'invalid',
    'restarts',
    'reidentified',
    'newAgents',
    'fails',
  ].map((name) => [name, 0]),
) as unknown as Ingredients;

describe('the frustration ledger', () => {
  it('sums to the score on every interaction of generated journeys, each entry with the events that show it', () => {
    fc.assert(
      fc.property(contactEvents(14), (events) => {
        const journey = buildJourney({
          customerId: 'c',
          events: events.map((event) => ({ event, decidedBy: 'customerNumber::1' })),
          corrections: [],
          settings: defaultHierarchySettings,
        });
        const known = new Set(events.map(({ id }) => id));
        for (const { frustration, ledger } of scoreJourney(inputOfJourney(journey, events), settings).contacts) {
          expect(ledger.reduce((sum, { points }) => sum + points, 0)).toBe(frustration);
          expect(frustration).toBeGreaterThanOrEqual(0);
          expect(frustration).toBeLessThanOrEqual(100);
          for (const entry of ledger) {
            expect(entry.points).toBeGreaterThan(0);
            expect(frustrationCauses).toContain(entry.cause);
            expect(entry.events.length).toBeGreaterThan(0);
            expect(entry.events.every((id) => known.has(id))).toBe(true);
          }
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 200) },
    );
  });

  it('sums to the score, at most 100, whatever happens, and never falls when one ingredient grows', () => {
    fc.assert(
      fc.property(
        ingredients,
        fc.constantFrom(...(Object.keys(calm) as (keyof Ingredients)[])),
        fc.integer({ min: 1, max: 20 * minute }),
        (base, name, more) => {
          const grown = { ...base, [name]: name === 'waitMs' || name === 'lengthMs' ? base[name] + more : base[name] + 1 };
          const [before, after] = [rateFrustration(ordealOf(base), settings), rateFrustration(ordealOf(grown), settings)];
          for (const { score, ledger } of [before, after]) expect(ledger.reduce((sum, { points }) => sum + points, 0)).toBe(score);
          expect(after.score).toBeLessThanOrEqual(100);
          expect(after.score).toBeGreaterThanOrEqual(before.score);
        },
      ),
    );
  });

  it('is 0 where nothing went wrong, and rises with each ingredient alone', () => {
    expect(rateFrustration(ordealOf(calm), settings)).toEqual({ score: 0, ledger: [], unjudged: [] });
    const alone: Partial<Ingredients>[] = [
      { repeats: 1 },
      { earlierRepeats: 1 },
      { missed: 1 },
      { waitMs: 5 * minute },
      { lengthMs: 40 * minute },
      { events: 40 },
      { transfers: 1 },
      { holds: 1 },
      { invalid: 1 },
      { restarts: 1 },
      { reidentified: 1 },
      { fails: 1 },
    ];
    for (const one of alone) expect({ one, score: rateFrustration(ordealOf({ ...calm, ...one }), settings).score > 0 }).toEqual({ one, score: true });
    expect(rateFrustration(ordealOf({ ...calm, repeats: 1, newAgents: 1 }), settings).ledger.map(({ cause }) => cause)).toEqual(['repeat', 'toldAgain']);
    expect(rateFrustration(ordealOf({ ...calm, repeats: 1, failures: 1 }), settings).ledger.map(({ cause }) => cause)).toEqual(['repeat', 'earlierFailure']);
  });

  it('names what nothing is known of instead of counting it as nothing', () => {
    const unknown: ScoringSettings = { ...settings, norms: { lengthMs: {}, events: {}, waitMs: {} } };
    expect(rateFrustration(ordealOf({ ...calm, waitMs: hour, lengthMs: hour, events: 99 }), unknown)).toEqual({
      score: 0,
      ledger: [],
      unjudged: ['wait', 'length', 'events'],
    });
  });

  it('gives equal points for equal contacts of two customers', () => {
    const tell = (from: number): number[] => {
      const story = new ContactStory();
      story.call(from, { id: '1', family: 'fault', ending: 'technical' });
      story.call(from + day, { id: '2', family: 'fault', outcome: 'unresolved', waitMs: 8 * minute, transferTo: 'bob' });
      return story.score().contacts.map(({ frustration }) => frustration);
    };
    expect(tell(noon)).toEqual(tell(noon + 100 * day));
  });

  it('counts what the customer went through before: a broken call, a missed visit and a wait, each opening to its events', () => {
    const story = new ContactStory();
    story.call(noon, { id: '1', family: 'fault', outcome: 'unresolved', keys: [{ kind: 'ticket', namespace: '', value: 'T', state: 'opened' }] });
    const missed = story.add(noon + 2 * day, {
      system: 'field',
      type: 'missed',
      channel: 'field',
      presence: 'away',
      initiator: 'system',
      issueKeys: [{ kind: 'ticket', namespace: '', value: 'T' }],
    });
    story.call(noon + 2 * day + 3 * hour, { id: '2', family: 'fault', outcome: 'unresolved', agent: 'bob', waitMs: 372 * second });
    const [first, second_] = story.score().contacts;
    expect(first).toMatchObject({ frustration: 0, ledger: [] });
    expect(second_!.ledger).toEqual([
      { cause: 'repeat', points: 9, facts: { count: 1, days: 7 }, events: [first!.anchor] },
      { cause: 'missedVisit', points: 20, facts: { count: 1, days: 14 }, events: [missed.id] },
      { cause: 'wait', points: 20, facts: { waitMs: 372_000, usualMs: 60_000 }, events: [expect.any(String)] },
      { cause: 'toldAgain', points: 5, facts: { count: 1, people: 2 }, events: [first!.anchor, second_!.anchor] },
    ]);
    expect(second_!.frustration).toBe(54);
  });

  it('does not ask what a page cost whom nobody knows the usual of', () => {
    const story = new ContactStory();
    story.add(noon, { system: 'social', type: 'posted', channel: 'social', intents: wants('complaint', 'complaint', 'text', 800) });
    expect(story.score().contacts[0]).toMatchObject({ frustration: 0, unjudged: ['length', 'events'] });
  });
});

describe('points above the cap', () => {
  it('sum to exactly 100, in whole points, and keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 14 }), (points) => {
        const total = points.reduce((sum, each) => sum + each, 0);
        const capped = capPoints(points);
        expect(capped.reduce((sum, each) => sum + each, 0)).toBe(Math.min(100, total));
        capped.forEach((each, place) => {
          expect(Number.isInteger(each)).toBe(true);
          expect(Math.abs(each - (points[place]! * Math.min(100, total)) / Math.max(total, 1))).toBeLessThan(1);
        });
      }),
    );
  });

  it('are divided by the largest remainder: 60, 60 and 30 are 40, 40 and 20; 50, 50, 50 are 34, 33, 33', () => {
    expect(capPoints([60, 60, 30])).toEqual([40, 40, 20]);
    expect(capPoints([50, 50, 50])).toEqual([34, 33, 33]);
  });
});
