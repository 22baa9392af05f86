import fc from 'fast-check';
import { defaultHierarchySettings as settings, type CanonicalEvent } from '@throughline/contracts';
import { rebuildJourney } from '@throughline/domain-hierarchy';
import { packHead, unpackHead } from './state-text';

const text = fc.oneof(fc.constantFrom('a', 'b', '', '\u001e', '\u001f"\\', '💬'), fc.string());
const event = fc
  .record({
    id: fc.uuid(),
    occurredAt: fc.integer({ min: 0, max: 1e9 }),
    lasts: fc.option(fc.nat(1e6), { nil: undefined }),
    sourceSequence: fc.nat(9),
    source: text,
    sessionKey: fc.option(text, { nil: undefined }),
    agent: fc.option(text, { nil: undefined }),
    queue: fc.option(text, { nil: undefined }),
    presence: fc.constantFrom('live', 'away', 'observer'),
    initiator: fc.constantFrom('customer', 'agent'),
    system: fc.constantFrom('ivr', 'acd', 'agent', 'order', 'survey', 'web'),
    type: fc.constantFrom('entered', 'ended', 'placed', 'attempted', 'answered'),
    ending: fc.option(fc.constantFrom('completed', 'noAnswer'), { nil: undefined }),
    outcome: fc.option(fc.constantFrom('resolved', 'sold'), { nil: undefined }),
    links: fc.array(text, { maxLength: 3 }),
    keys: fc.array(text, { maxLength: 2 }),
    family: fc.option(fc.constantFrom('fault', 'billing'), { nil: undefined }),
    isFeedback: fc.boolean(),
    aboutEventId: fc.option(fc.uuid(), { nil: undefined }),
  })
  .map(({ lasts, links, keys, family, isFeedback, ...each }) => {
    const given = Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined));
    return {
      ...given,
      ...(lasts !== undefined && { endedAt: each.occurredAt + lasts }),
      channel: 'voice',
      purpose: isFeedback ? 'feedback' : 'service',
      contactLinks: links.map((value) => ({ kind: 'call', namespace: 'pbx', value })),
      issueKeys: keys.map((value) => ({ kind: 'case', namespace: 'crm', value, state: 'opened' })),
      intents: family ? [{ intent: family, family, confidence: 900, by: 'disposition' }] : [],
    } as unknown as CanonicalEvent;
  });

describe('a kept state as text', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(event, { selector: ({ id }) => id, maxLength: 30 }), (events) => {
        const { head } = rebuildJourney({
          customerId: 'c',
          events: events.map((one) => ({ event: one, decidedBy: null })),
          corrections: [],
          settings,
          policy: { now: 2e9, tailReadings: 12 },
        });
        const back = unpackHead(packHead(head));
        expect(back).toEqual(head);
        // A separator of statements must not be found in it.
        expect(packHead(head)).not.toContain('\u001e');
      }),
      { numRuns: 300 },
    );
  });

  it('keeps apart a customer whose corrections ask for a full build', () => {
    const { head } = rebuildJourney({ customerId: 'c', events: [], corrections: [], settings, policy: { now: 0 } });
    expect(unpackHead(packHead({ ...head, tail: null })).tail).toBeNull();
  });
});
