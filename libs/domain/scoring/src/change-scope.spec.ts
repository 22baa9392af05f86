import fc from 'fast-check';
import { defaultHierarchySettings, defaultScoringSettings, type CanonicalEvent } from '@throughline/contracts';
import { buildJourney } from '@throughline/domain-hierarchy';
import { inputOfJourney } from './input-of-journey';
import { ContactStory, day, hour, key, minute, noon, wants } from './contact-story';
import { contactEvents } from './journey-arbitrary';
import { readJourney } from './read-journey';
import { scoreJourney } from './score-journey';
import type { ScoringInput } from './scoring-input';
import { StoredScores } from './stored-scores';

const runs = { numRuns: Number(process.env['RUNS'] ?? 150), ...(process.env['SEED'] && { seed: Number(process.env['SEED']) }) };

const journeyOf = (events: readonly CanonicalEvent[]): ScoringInput =>
  inputOfJourney(
    buildJourney({
      customerId: 'c',
      events: events.map((event) => ({ event, decidedBy: 'customerNumber::1' })),
      corrections: [],
      settings: defaultHierarchySettings,
    }),
    events,
  );

const sorted = (facts: readonly object[]): string[] => facts.map((fact) => JSON.stringify(Object.entries(fact).sort())).sort();

function expectSame(stored: StoredScores, input: ScoringInput): void {
  const readings = readJourney(input, defaultScoringSettings);
  for (const list of ['contacts', 'items'] as const) expect([list, sorted(stored.readings[list])]).toEqual([list, sorted(readings[list])]);
  const whole = scoreJourney(input, defaultScoringSettings);
  for (const list of ['contacts', 'engagements', 'answers', 'stays', 'visits', 'shares'] as const)
    expect([list, sorted(stored[list])]).toEqual([list, sorted(whole[list])]);
}

describe('scores after changes', () => {
  it('equal those of all events at once, whichever event comes or goes', () => {
    fc.assert(
      fc.property(contactEvents(9), fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 6 }), (events, changes) => {
        const missing = new Set(changes.map(([place]) => events[place % events.length]!));
        let present = events.filter((event) => !missing.has(event));
        const stored = new StoredScores(defaultScoringSettings);
        stored.rescore(journeyOf(present));
        for (const [place] of changes) {
          const event = events[place % events.length]!;
          present = present.includes(event) ? present.filter((other) => other !== event) : [...present, event];
          const input = journeyOf(present);
          stored.change(input, { startAt: event.occurredAt, endAt: event.occurredAt });
          expectSame(stored, input);
        }
      }),
      runs,
    );
  });

  it.each([
    ['an answer about another event', true],
    ['an answer that names no event', false],
  ])('follow %s to where the first of its survey hangs, when what that was about comes late', (_, namesOne) => {
    const story = new ContactStory();
    story.call(noon, { id: 'c', family: 'billing' });
    const asked = story.events.at(-1)!;
    const survey = { system: 'survey', channel: 'email', purpose: 'feedback', presence: 'away' } as const;
    story.add(noon + 14 * day, { ...survey, type: 'sent', aboutEventId: asked.id });
    const attributes = { answers: [{ question: 'solved', value: 1 }] };
    const unknown = '00000000-0000-5000-a000-0000000000ff';
    const answered = story.add(noon + 14 * day + minute, { ...survey, type: 'answered', attributes, ...(namesOne && { aboutEventId: unknown }) });
    const stored = new StoredScores(defaultScoringSettings);
    stored.rescore(journeyOf(story.events.filter((event) => event !== asked)));
    expect(stored.answers).toMatchObject([{ anchor: answered.id, engagement: null }]);
    stored.change(journeyOf(story.events), { startAt: asked.occurredAt, endAt: asked.occurredAt });
    expect(stored.answers).toMatchObject([{ anchor: answered.id, engagement: story.events[0]!.id }]);
    expectSame(stored, journeyOf(story.events));
  });

  it('follow a contact that goes to another engagement because the one from which it borrows its family now has one', () => {
    const story = new ContactStory();
    story.call(noon, { id: 'c1', family: 'billing' });
    story.add(noon + 6 * minute, { system: 'web', type: 'pageViewed', channel: 'web', sessionKey: 'w', intents: wants('purchase', 'purchase', 'text', 700) });
    const visit = story.add(noon + 3 * day, { system: 'field', type: 'arrived', channel: 'field', sessionKey: 'v', endedAt: noon + 3 * day + hour });
    story.call(noon + 6 * day, { id: 'c2', family: 'purchase', minutes: 30 * 60, startedBy: 'callback' });
    const named = story.events.at(-2)!;
    const before = journeyOf(story.events.filter((event) => event !== named));
    const after = journeyOf(story.events);
    const engagementOfVisit = (input: ScoringInput) => input.interactions.find(({ anchor }) => anchor === visit.id)!.parts[0]!.engagement;
    expect(engagementOfVisit(after)).not.toBe(engagementOfVisit(before));
    const stored = new StoredScores(defaultScoringSettings);
    stored.rescore(before);
    stored.change(after, { startAt: named.occurredAt, endAt: named.occurredAt });
    expectSame(stored, after);
  });

  it('number the contacts of an open matter anew, however long after them one of them came to light', () => {
    const story = new ContactStory();
    for (let call = 0; call < 12; call += 1)
      story.call(noon + call * 10 * day, { id: `c${call}`, family: 'complaint', keys: [key('case', 'C1', call === 0 ? 'opened' : undefined)] });
    const late = story.events.slice(7, 14);
    const window = { startAt: late[0]!.occurredAt, endAt: late.at(-1)!.occurredAt };
    const stored = new StoredScores(defaultScoringSettings);
    const before = journeyOf(story.events.filter((event) => !late.includes(event)));
    stored.rescore(before);
    expect(stored.engagements).toHaveLength(1);
    stored.change(journeyOf(story.events), window);
    expectSame(stored, journeyOf(story.events));
    stored.change(before, window);
    expectSame(stored, before);
  });

  it('equal those of all events at once when a story grows in the order in which it happened', () => {
    fc.assert(
      fc.property(contactEvents(8), (events) => {
        const inTime = [...events].sort((a, b) => a.occurredAt - b.occurredAt);
        const stored = new StoredScores(defaultScoringSettings);
        stored.rescore(journeyOf([]));
        for (let count = 1; count <= inTime.length; count += 1) {
          const { occurredAt } = inTime[count - 1]!;
          const input = journeyOf(inTime.slice(0, count));
          stored.change(input, { startAt: occurredAt, endAt: occurredAt });
          if (count % 4 === 0 || count === inTime.length) expectSame(stored, input);
        }
      }),
      { ...runs, numRuns: Math.ceil(runs.numRuns / 3) },
    );
  });

  it('do not depend on the order of what the views give', () => {
    fc.assert(
      fc.property(contactEvents(8), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (events, dice) => {
        const input = journeyOf(events);
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((item) => [dice.next().value as number, item] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, item]) => item);
        const other = {
          ...input,
          transactions: shuffled(input.transactions),
          interactions: shuffled(input.interactions),
          engagements: shuffled(input.engagements),
        };
        const [one, two] = [scoreJourney(input, defaultScoringSettings), scoreJourney(other, defaultScoringSettings)];
        expect(sorted(two.contacts)).toEqual(sorted(one.contacts));
        expect(sorted(two.engagements)).toEqual(sorted(one.engagements));
        expect(two.customer).toEqual(one.customer);
      }),
      { ...runs, numRuns: 60 },
    );
  });

  it('read no more events for a customer with a long past than for one with a short past', () => {
    const read = (weeks: number): number => {
      const events = fc.sample(contactEvents(1), { numRuns: 1, seed: 1 }).flatMap((first) =>
        Array.from({ length: weeks }, (_, week) =>
          first.map((event, place) => ({
            ...event,
            id: `00000000-0000-5000-b000-${String(week * 100 + place).padStart(12, '0')}`,
            sessionKey: `w${week}`,
            contactLinks: [],
            occurredAt: event.occurredAt + week * 7 * 86_400_000,
          })),
        ).flat(),
      );
      const stored = new StoredScores(defaultScoringSettings);
      stored.rescore(journeyOf(events.slice(0, -1)));
      stored.change(journeyOf(events), { startAt: events.at(-1)!.occurredAt, endAt: events.at(-1)!.occurredAt });
      return stored.eventsRead;
    };
    expect(read(40)).toBe(read(4));
  });

  it.each(['complaint', 'billing'] as const)('read no more events for the next call, about %s, however many there were about an open complaint', (next) => {
    const read = (calls: number): number[] => {
      const story = new ContactStory();
      for (let call = 0; call < calls; call += 1)
        story.call(noon + call * 4 * hour, { id: `c${call}`, family: 'complaint', keys: [key('case', 'C1', call === 0 ? 'opened' : undefined)] });
      story.call(noon + calls * 4 * hour, { id: 'next', family: next, keys: next === 'complaint' ? [key('case', 'C1')] : [] });
      const past = story.events.length - 7;
      const stored = new StoredScores(defaultScoringSettings);
      stored.rescore(journeyOf(story.events.slice(0, past)));
      return story.events.slice(past).map(({ occurredAt }, place) => {
        const input = journeyOf(story.events.slice(0, past + place + 1));
        stored.change(input, { startAt: occurredAt, endAt: occurredAt });
        expectSame(stored, input);
        return stored.eventsRead;
      });
    };
    expect(read(160)).toEqual(read(40));
  });
});
