import { canonicalEventSchema, postedEventSchema, sourceSettingsSchema } from '@throughline/contracts';
import fc from 'fast-check';
import { eventIdOf } from './event-id';
import { toCanonicalEvent } from './to-canonical-event';
import { v5 } from 'uuid';

const source = sourceSettingsSchema.parse({ name: 'ivr-emea' });
const receivedAt = Date.UTC(2026, 2, 3);
const least = { sourceEventId: 'e1', occurredAt: '2026-03-02T15:05:00Z', system: 'ivr', type: 'keyPressed' };
const judge = (posted: unknown, settings = source) => toCanonicalEvent(posted, settings, receivedAt);
const runs = Number(process.env['RUNS'] ?? 500);

function eventOf(posted: unknown) {
  const result = judge(posted);
  if (result.kind !== 'event') throw new Error(JSON.stringify(result));
  return result.event;
}

describe('the canonical form of a posted event', () => {
  it('fills in what system and type say', () => {
    expect(eventOf(least)).toMatchObject({
      channel: 'voice',
      initiator: 'customer',
      presence: 'live',
      purpose: 'service',
      revision: 0,
      sourceSequence: 0,
      identifiers: [],
      attributes: {},
    });
    expect(eventOf({ ...least, system: 'agent', type: 'wrappedUp' })).toMatchObject({ initiator: 'agent', presence: 'away' });
    expect(eventOf({ ...least, system: 'agent', type: 'monitored' })).toMatchObject({ presence: 'observer' });
    expect(eventOf({ ...least, system: 'chat', type: 'messageSent' })).toMatchObject({ channel: 'chat', initiator: 'agent', presence: 'away' });
    expect(eventOf({ ...least, system: 'acd', type: 'enqueued' })).toMatchObject({ presence: 'live' });
    expect(eventOf({ ...least, system: 'acd', type: 'callbackAccepted' })).toMatchObject({ presence: 'live', initiator: 'customer' });
    expect(eventOf({ ...least, system: 'survey', type: 'answered' })).toMatchObject({ purpose: 'feedback' });
    expect(eventOf({ ...least, system: 'campaign', type: 'sent' })).toMatchObject({ purpose: 'marketing', presence: 'away' });
  });

  it('lets the source say otherwise', () => {
    expect(eventOf({ ...least, presence: 'none', channel: 'app', initiator: 'system', purpose: 'internal' })).toMatchObject({
      presence: 'none',
      channel: 'app',
      initiator: 'system',
      purpose: 'internal',
    });
  });

  it('gives contact links the namespace of the source, identifiers and issue keys the common one', () => {
    const event = eventOf({
      ...least,
      contactLinks: [{ kind: 'call', value: 'c1' }],
      issueKeys: [{ kind: 'ticket', value: 'T1' }],
      identifiers: [{ kind: 'phone', value: '1' }],
    });
    expect(event.contactLinks[0]!.namespace).toBe('ivr-emea');
    expect(event.issueKeys[0]!.namespace).toBe('');
    expect(event.identifiers[0]).toEqual({ kind: 'phone', namespace: '', value: '1', verified: false, role: 'subject' });
  });

  it('derives the same id whenever the record arrives, and it is a UUIDv5', () => {
    const namespace = v5('ivr-emea', '3d8b1a86-9c5e-5d0f-9a4b-6a1f3f6f2b10');
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), (id) => {
        fc.pre(id.length <= 200);
        expect(eventIdOf('ivr-emea', id)).toBe(v5(id, namespace));
      }),
      { numRuns: runs },
    );
  });

  it.each([
    ['2026-03-02T15:05:00Z', Date.UTC(2026, 2, 2, 15, 5)],
    ['2026-03-02T17:05:00+02:00', Date.UTC(2026, 2, 2, 15, 5)],
    ['2026-03-02 15:05:00.1234567Z', Date.UTC(2026, 2, 2, 15, 5, 0, 123)],
    ['2024-02-29T23:59:60Z', Date.UTC(2024, 2, 1)],
    [1772463900000, Date.UTC(2026, 2, 2, 15, 5)],
  ])('reads the time %s', (occurredAt, instant) => {
    expect(eventOf({ ...least, occurredAt }).occurredAt).toBe(instant);
  });

  it.each([
    ['2026-03-02T15:05:00', 'invalid', /zone/],
    ['2026-02-30T15:05:00Z', 'invalid', /RFC 3339/],
    ['infinity', 'time_out_of_range', /1970/],
    ['+300000-01-01T00:00:00Z', 'time_out_of_range', /1970/],
    ['1969-12-31T23:59:59Z', 'time_out_of_range', /1970/],
    [-1, 'time_out_of_range', /1970/],
    [300_000_000_000_000, 'time_out_of_range', /1970/],
    [0, 'too_old', /horizon/],
    ['2026-03-04T00:00:00.001Z', 'too_far_ahead', /clock/],
    [1.5, 'invalid', /whole/],
    [{}, 'invalid', /RFC 3339/],
    [null, 'invalid', /when it happened/],
  ])('keeps an event of the time %s aside as %s', (occurredAt, reason, fix) => {
    const result = judge({ ...least, occurredAt });
    expect(result).toMatchObject({ kind: 'quarantined', reason, pointer: '/occurredAt' });
    if (result.kind === 'quarantined') expect(result.fix).toMatch(fix);
  });

  it('accepts a clock that is exactly 24 h ahead', () => {
    expect(judge({ ...least, occurredAt: receivedAt + 86_400_000 }).kind).toBe('event');
  });

  it('keeps a span that ends before it starts aside, or repairs it where the source says so', () => {
    const posted = { ...least, endedAt: '2026-03-02T15:04:59Z' };
    expect(judge(posted)).toMatchObject({ kind: 'quarantined', reason: 'negative_span', pointer: '/endedAt' });
    const repaired = judge(posted, { ...source, negativeSpan: 'repair' });
    expect(repaired).toMatchObject({ kind: 'event', event: { attributes: { repaired: [expect.stringContaining('1000 ms')] } } });
    expect(repaired.kind === 'event' && 'endedAt' in repaired.event).toBe(false);
  });

  it.each([
    ['an unknown field, with a hint', { occuredAt: 1 }, '/occuredAt', /occurredAt/],
    ['an unknown type', { type: 'keypress' }, '/type', /keyPressed/],
    ['an identifier without kind', { identifiers: [{ value: 'x' }] }, '/identifiers/0/kind', /phone/],
    ['an empty session key', { sessionKey: '' }, '/sessionKey', /leave/],
    ['an object where an id is expected', { sessionKey: {} }, '/sessionKey', /text/],
  ])('names the field and the fix of %s', (_name, more, pointer, fix) => {
    const result = judge({ ...least, ...more });
    expect(result).toMatchObject({ kind: 'quarantined', reason: 'invalid', pointer });
    if (result.kind === 'quarantined') expect(result.fix).toMatch(fix);
  });

  it.each([['' as unknown], ['x'.repeat(201)], [{}], [5], [undefined], [null]])('refuses an event without a usable id: %p', (sourceEventId) => {
    expect(judge({ ...least, sourceEventId })).toMatchObject({ kind: 'rejected', pointer: '/sourceEventId' });
  });

  it.each([[' '], ["'; drop table event; --"], ['../../etc/passwd'], ['*'], ['>'], ['tl.event.>']])(
    'takes the id %p as it is, since ids become no subject, path or SQL',
    (sourceEventId) => {
      expect(eventOf({ ...least, sourceEventId }).sourceEventId).toBe(sourceEventId);
    },
  );

  it('agrees with the published schema on what is a valid event, and gives a canonical one', () => {
    const mostly = (valid: readonly unknown[], invalid: readonly unknown[]) =>
      fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...valid) }, { weight: 1, arbitrary: fc.constantFrom(...invalid) });
    const word = mostly(['a', 'something else'], ['', null, 5, {}]);
    const optionalWord = mostly(['a', null, undefined], ['', 5, {}]);
    const list = (item: fc.Arbitrary<unknown>) =>
      fc.oneof({ weight: 20, arbitrary: fc.array(item, { maxLength: 2 }) }, { weight: 1, arbitrary: fc.constantFrom<unknown>('x', {}, [5]) });
    const anyPosted = fc.record({
      sourceEventId: fc.string({ minLength: 1, maxLength: 8 }),
      occurredAt: mostly(['2026-03-02T15:05:00Z', 1772463900000], [true]),
      system: mostly(['ivr', 'agent'], ['nothing', 7]),
      type: mostly(['keyPressed', 'connected'], ['nothing']),
      revision: mostly([0, 3, null, undefined], [-1, 1.5, '1', 3_000_000_000]),
      presence: mostly(['live', null], ['here', 1]),
      ending: mostly(['transferred', undefined], ['gone']),
      startedBy: mostly(['callback', undefined], ['me']),
      identifiers: list(
        fc.record({
          kind: mostly(['phone', 'login'], ['fax']),
          value: word,
          verified: mostly([true, null], ['yes']),
          role: mostly(['subject', undefined], ['x']),
        }),
      ),
      contactLinks: list(fc.record({ kind: mostly(['call'], ['x']), value: word, namespace: mostly(['', 'n', null], [5]) })),
      issueKeys: list(fc.record({ kind: mostly(['ticket'], ['x']), value: word, state: mostly(['opened', undefined], ['new']) })),
      intents: list(fc.record({ intent: word, confidence: mostly([500, null], [1001, 0.5]), family: mostly(['billing', undefined], ['none']) })),
      amount: mostly(
        [{ minorUnits: 5, currency: 'EUR' }, null],
        [{ minorUnits: 1.5, currency: 'EUR' }, { minorUnits: 1, currency: 'eur' }, 5, { minorUnits: 1 }],
      ),
      sessionKey: optionalWord,
      agent: optionalWord,
      text: mostly(['', 'hello', null], [5]),
      attributes: mostly([{ a: 1 }, null], [[], 5]),
      aboutEventId: mostly(['5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f', null], ['x']),
    });
    let valid = 0;
    let refused = 0;
    fc.assert(
      fc.property(anyPosted, (posted) => {
        const result = judge(posted);
        const typeFits = result.kind !== 'quarantined' || result.pointer !== '/type';
        if (!typeFits) return; // which type belongs to which system is ours alone to say
        expect(result.kind === 'event').toBe(postedEventSchema.safeParse(posted).success);
        if (result.kind !== 'event') {
          refused += 1;
          return;
        }
        valid += 1;
        expect(canonicalEventSchema.safeParse(result.event).success).toBe(true);
      }),
      { numRuns: Math.max(runs, 2_000) },
    );
    expect(Math.min(valid, refused)).toBeGreaterThan(100);
  });
});
