import fc from 'fast-check';
import type { CanonicalEvent, Family } from '@throughline/contracts';
import { ContactStory, day, hour, key, minute, noon, wants } from './contact-story';

const families: readonly Family[] = ['billing', 'fault', 'cancellation', 'purchase'];
const some = <T>(arbitrary: fc.Arbitrary<T>, of: number): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined, freq: of });

const step = fc.record({
  gap: fc.oneof(
    fc.constantFrom(
      minute,
      10 * minute,
      30 * minute,
      30 * minute + 1,
      3 * hour,
      day,
      3 * day,
      7 * day,
      7 * day + 1,
      14 * day,
      14 * day + 1,
      20 * day,
      30 * day,
      30 * day + 1,
    ),
    fc.integer({ min: 0, max: 12 * day }),
  ),
  what: fc.constantFrom('call', 'call', 'call', 'broken', 'chat', 'mail', 'look', 'missed', 'closed', 'answer', 'order', 'callback', 'visit'),
  family: some(fc.constantFrom(...families), 4),
  key: some(fc.constantFrom('T1', 'T2'), 1),
  state: some(fc.constantFrom('opened' as const, 'closed' as const, 'reopened' as const), 2),
  outcome: some(fc.constantFrom('resolved' as const, 'unresolved' as const, 'lost' as const, 'sold' as const), 3),
  agent: fc.constantFrom('ann', 'bob', 'cleo'),
  transferTo: some(fc.constantFrom('dan', 'ann'), 1),
  minutes: fc.constantFrom(1, 5, 40, 26 * 60),
  waitMs: fc.constantFrom(0, minute, 9 * minute),
  rating: fc.nat(1),
});

/** One customer's events over weeks, made of contacts of all sorts, at the limits of every window; in the order in which they were told. */
export const contactEvents = (maxContacts: number): fc.Arbitrary<CanonicalEvent[]> =>
  fc
    .array(step, { minLength: 1, maxLength: maxContacts, size: 'max' })
    .map((steps) => {
      const story = new ContactStory();
      let at = noon;
      steps.forEach(({ gap, what, family, key: name, state, outcome, agent, transferTo, minutes, waitMs, rating }, place) => {
        at += gap;
        const id = `s${place}`;
        const keys = name ? [key('ticket', name, state)] : [];
        const call = { id, agent, minutes, waitMs, keys, ...(family && { family }), ...(outcome && { outcome }), ...(transferTo && { transferTo }) };
        const intents = family ? wants(family, family, 'text', 700) : [];
        const company = { presence: 'away', initiator: 'system', channel: 'voice' } as const;
        if (what === 'call') at = story.call(at, call);
        else if (what === 'broken') at = story.call(at, { ...call, ending: 'technical' });
        else if (what === 'callback') at = story.call(at, { ...call, startedBy: 'callback' });
        else if (what === 'chat') at = story.chat(at, id, family ?? 'billing', outcome !== 'resolved');
        else if (what === 'mail')
          story.add(at, { system: 'email', type: 'messageReceived', channel: 'email', intents, issueKeys: [key('thread', name ?? id)] });
        else if (what === 'look') story.add(at, { system: 'web', type: 'pageViewed', channel: 'web', sessionKey: id, intents });
        else if (what === 'missed') story.add(at, { ...company, system: 'field', type: 'missed', issueKeys: keys });
        else if (what === 'closed')
          story.add(at, { ...company, system: 'crm', type: 'ticketClosed', issueKeys: [key('ticket', name ?? 'T1', 'closed')], outcome: 'resolved' });
        else if (what === 'order')
          story.add(at, {
            ...company,
            system: 'order',
            type: 'placed',
            issueKeys: [key('order', name ?? id, 'opened')],
            amount: { minorUnits: 1000 + place, currency: 'USD' },
          });
        else if (what === 'visit')
          story.add(at, {
            system: 'field',
            type: 'arrived',
            channel: 'field',
            agent: 'tech',
            initiator: 'agent',
            sessionKey: id,
            issueKeys: keys,
            endedAt: at + hour,
          });
        else if (story.events.length > 0)
          story.answer(at, story.events.at(-1 - (place % Math.min(3, story.events.length)))!.id, [
            { question: 'solved', value: rating },
            { question: 'empathy', value: 3, touch: { kind: 'agent', name: agent } },
          ]);
      });
      return story.events;
    })
    .filter((events) => events.length > 0);
