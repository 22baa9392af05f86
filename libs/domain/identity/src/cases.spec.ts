import { defaultIdentitySettings as settings, type CanonicalEvent, type Decision } from '@throughline/contracts';
import { RememberedWorld } from './remembered-world';
import { eventOf, identifierOf, uuidOf } from './worlds';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Monday 2 March 2026, 12:00 UTC. */
const noon = Date.UTC(2026, 2, 2, 12);

let made = 0;
let world: RememberedWorld;
beforeEach(() => {
  made = 0;
  world = new RememberedWorld(settings, () => uuidOf(0xc000 + made++));
});

let named = 0;
const event = (occurredAt: number, more: Partial<CanonicalEvent> = {}): CanonicalEvent => eventOf({ id: uuidOf(++named), occurredAt, ...more });
const owner = (of: CanonicalEvent): string => world.owners.get(of.id)!.customerId;
const number = (value: string) => identifierOf('customerNumber', value, { verified: true });
const email = (value: string) => identifierOf('email', value);
const phone = (value: string) => identifierOf('phone', value);
const link = (value: string) => [{ kind: 'call' as const, namespace: 'pbx', value }];
const ref = (kind: 'customerNumber' | 'phone' | 'email', value: string) => ({ kind, namespace: '', value });

/** IVR, queue and agent of one call. Only the agent's event carries the number, if one is given. */
function call(
  id: string,
  at: number,
  from: readonly CanonicalEvent['identifiers'][number][],
  identified?: string,
): [CanonicalEvent, CanonicalEvent, CanonicalEvent] {
  const contactLinks = link(id);
  return [
    event(at, { system: 'ivr', type: 'entered', channel: 'voice', contactLinks, identifiers: from }),
    event(at + minute, { system: 'acd', type: 'routed', channel: 'voice', contactLinks, queue: 'q' }),
    event(at + 2 * minute, {
      system: 'agent',
      type: 'connected',
      channel: 'voice',
      contactLinks,
      agent: 'a',
      identifiers: identified ? [...from, number(identified)] : from,
    }),
  ];
}

describe('case 3: web on Monday, a form on Tuesday, calls on Thursday', () => {
  it('makes the anonymous visit the customer who fills in the form from the same browser a day later, and knows the caller by the phone', () => {
    const cookie = identifierOf('cookie', 'k1');
    const page = event(noon, { identifiers: [cookie], sessionKey: 'mon' });
    const form = event(noon + day, { identifiers: [cookie, email('dana@example.com'), phone('+15550100123')], sessionKey: 'tue' });
    const [ivr, queue, agent] = call('c1', noon + 3 * day, [phone('(555) 010-0123')]);
    world.accept([page]);
    expect(world.owners.get(page.id)!.rule).toBe('placeholder');
    world.accept([form, ivr, queue, agent]);
    expect(new Set([page, form, ivr, queue, agent].map(owner)).size).toBe(1);
    expect(world.owners.get(page.id)).toMatchObject({ rule: 'device', decidedBy: 'cookie::k1', confidence: 700 });
    expect(world.owners.get(queue.id)).toMatchObject({ rule: 'contact', decidedBy: 'link:call:pbx:c1', confidence: 980 });
  });
  it('does not reach further back than 30 days', () => {
    const cookie = identifierOf('cookie', 'k1');
    const [late, early] = [event(noon - 30 * day, { identifiers: [cookie] }), event(noon - 30 * day - 1, { identifiers: [cookie] })];
    const form = event(noon, { identifiers: [cookie, email('dana@example.com')] });
    world.accept([late, early, form]);
    expect(owner(late)).toBe(owner(form));
    expect(owner(early)).not.toBe(owner(form));
  });
});

describe('case 16: two accounts call from one phone, then somebody calls from it', () => {
  const first = call('c1', noon, [phone('+15550100123')], 'A1');
  const second = call('c2', noon + day, [phone('+15550100123')], 'A2');
  const third = call('c3', noon + 2 * day, [phone('+15550100123')]);

  it('is three customers: the phone is shared, and the third caller is nobody known', () => {
    const outcome = world.accept([...first, ...second, ...third]);
    expect(new Set([first, second, third].flatMap((each) => each.map(owner))).size).toBe(3);
    expect(owner(first[0])).toBe(owner(first[2]));
    expect(third.map((each) => world.owners.get(each.id)!.rule)).toEqual(['placeholder', 'placeholder', 'placeholder']);
    expect(new Set(third.map(owner)).size).toBe(1);
    expect(outcome.reviews).toContainEqual(expect.objectContaining({ kind: 'shared', node: 'phone::+15550100123#0', offers: ['household', 'moved', 'same'] }));
  });

  describe('case 17', () => {
    it('stays three customers when a person says household', () => {
      world.accept([...first, ...second, ...third]);
      world.decide([{ kind: 'household', a: ref('customerNumber', 'A1'), b: ref('customerNumber', 'A2'), id: uuidOf(0xd1), at: noon + 3 * day, by: 'tester' }]);
      expect(new Set([first, second, third].flatMap((each) => each.map(owner))).size).toBe(3);
    });
    it('gives the third call to account 1 when the phone is assigned to it from that day', () => {
      world.accept([...first, ...second, ...third]);
      const assign: Decision = {
        kind: 'assign',
        value: ref('phone', '+15550100123'),
        to: ref('customerNumber', 'A1'),
        from: noon + 2 * day,
        id: uuidOf(0xd2),
        at: noon + 3 * day,
        by: 'tester',
      };
      world.decide([assign]);
      expect(third.map(owner)).toEqual(third.map(() => owner(first[2])));
      expect(world.owners.get(third[0].id)).toMatchObject({ rule: 'identifier', decidedBy: 'phone::+15550100123' });
      expect(owner(second[0])).toBe(owner(second[2]));
      expect(owner(second[2])).not.toBe(owner(first[2]));
      world.decide([{ ...assign, id: uuidOf(0xd3), from: noon + 2 * day + 1 }]);
      expect(world.owners.get(third[0].id)!.rule).toBe('contact');
    });
  });
});

describe('case 18: an office line', () => {
  it('makes each unidentified call a customer of its own, at the same minute too, and never joins them', () => {
    const office = phone('+15550100999');
    const known = Array.from({ length: 12 }, (_, n) => call(`k${n}`, noon - (n + 1) * day, [office], `A${n}`));
    const strangers = Array.from({ length: 3 }, (_, n) => call(`u${n}`, noon, [office]));
    for (const each of known) world.accept(each);
    world.accept(strangers.flat());
    expect(new Set(known.flat().map(owner)).size).toBe(12);
    for (const each of strangers) expect(new Set(each.map(owner)).size).toBe(1);
    expect(new Set(strangers.flat().map(owner)).size).toBe(3);
    expect(strangers.flat().every((each) => world.owners.get(each.id)!.rule === 'placeholder')).toBe(true);
  });
  it('reads nothing of its history for one more call', () => {
    const office = phone('+15550100999');
    for (let n = 0; n < 300; n++) world.accept(call(`k${n}`, noon + n * hour, [office], n < 2 ? `A${n}` : undefined));
    world.eventsRead = 0;
    world.accept(call('last', noon + 400 * hour, [office]));
    world.accept(call('known', noon + 401 * hour, [office], 'A1'));
    expect(world.eventsRead).toBe(0);
  });
});

describe('case 19: two customers call in the same second', () => {
  it('joins nothing', () => {
    const [a, b] = [call('c1', noon, [], 'A1'), call('c2', noon, [], 'A2')];
    world.accept([...a, ...b]);
    expect(new Set(a.map(owner)).size).toBe(1);
    expect(new Set([...a, ...b].map(owner)).size).toBe(2);
  });
});

describe('case 30: a call with both e-mails merges two customers, then the fact is withdrawn', () => {
  it('is as never merged, ids included', () => {
    const x = [event(noon - 3 * day, { identifiers: [email('x@example.com')] }), event(noon - day, { identifiers: [email('x@example.com')] })];
    const y = [event(noon - 2 * day, { identifiers: [email('y@example.com')] }), event(noon, { identifiers: [email('y@example.com')] })];
    const talk = event(noon + 15 * minute, { identifiers: [email('y@example.com')] });
    world.accept([...x, ...y, talk]);
    const never = new Map(world.owners);
    expect(owner(x[0]!)).not.toBe(owner(y[0]!));
    world.accept([{ ...talk, revision: 1, identifiers: [email('x@example.com'), email('y@example.com')] }]);
    expect(new Set([...x, ...y, talk].map(owner))).toEqual(new Set([never.get(x[0]!.id)!.customerId]));
    expect(world.resolvesTo.get(never.get(y[0]!.id)!.customerId)).toBe(never.get(x[0]!.id)!.customerId);
    world.accept([{ ...talk, revision: 2 }]);
    expect(world.owners).toEqual(never);
    expect(world.resolvesTo.get(never.get(y[0]!.id)!.customerId)).toBe(never.get(y[0]!.id)!.customerId);
  });
});

describe('a lent browser', () => {
  it('keeps what a stranger read between two owners anonymous', () => {
    const cookie = identifierOf('cookie', 'k1');
    const [one, other] = [
      event(noon, { identifiers: [cookie, email('a@example.com')] }),
      event(noon + 2 * hour, { identifiers: [cookie, email('b@example.com')] }),
    ];
    const between = event(noon + hour, { identifiers: [cookie] });
    world.accept([one, between]);
    expect(owner(between)).toBe(owner(one));
    world.accept([other]);
    expect(world.owners.get(between.id)!.rule).toBe('placeholder');
  });
});

describe('what identifies nobody', () => {
  it.each([
    ['phone', 'anonymous'],
    ['phone', '12345'],
    ['phone', '+1 111 111 1111'],
    ['customerNumber', '0000'],
    ['customerNumber', '-1'],
    ['email', ' UNKNOWN '],
    ['login', ''],
  ] as const)('%s %j', (kind, value) => {
    const one = event(noon, { identifiers: [identifierOf(kind, value)] });
    const other = event(noon + minute, { identifiers: [identifierOf(kind, value)] });
    world.accept([one, other]);
    expect(owner(one)).not.toBe(owner(other));
    expect(world.values.size).toBe(0);
  });
  it('is the company that is only acted for: the event stays the person’s, and without one it is the company’s', () => {
    const company = identifierOf('customerNumber', 'C1', { role: 'actingFor' });
    const [both, alone] = [event(noon, { identifiers: [email('kim@example.com'), company] }), event(noon + minute, { identifiers: [company] })];
    world.accept([both, alone]);
    expect(owner(both)).not.toBe(owner(alone));
    expect(world.owners.get(alone.id)).toMatchObject({ rule: 'identifier', decidedBy: 'customerNumber::C1' });
  });
});

describe('corrections', () => {
  it('reads a corrected event anew though it carries nothing, before and after', () => {
    const before = event(noon, { purpose: 'internal' });
    world.accept([before]);
    expect(world.owners.get(before.id)!.rule).toBe('internal');
    world.accept([{ ...before, revision: 1, purpose: 'service', occurredAt: noon + minute, endedAt: noon + minute }]);
    expect(world.owners.get(before.id)!.rule).toBe('placeholder');
    expect(world.facts.get(before.id)).toMatchObject({ revision: 1, at: noon + minute });
  });
});

describe('limits', () => {
  it('refuses a link that would join two customer numbers and asks a person', () => {
    const outcome = world.accept([
      event(noon, { identifiers: [number('A1'), email('x@example.com')] }),
      event(noon + minute, { identifiers: [number('A2'), email('y@example.com')] }),
      event(noon + 2 * minute, { identifiers: [email('x@example.com'), email('y@example.com')] }),
    ]);
    expect(outcome.reviews).toEqual([expect.objectContaining({ kind: 'refused', refused: expect.objectContaining({ broken: 'limit:customerNumber:' }) })]);
  });
  it('uses only strong links in a component of more than 2,000 nodes', () => {
    const events = Array.from({ length: 2_001 }, (_, n) => event(noon + n, { identifiers: [identifierOf('login', 'everybody'), email(`p${n}@example.com`)] }));
    const outcome = world.accept(events);
    expect(outcome.reviews.map(({ kind }) => kind)).toContain('oversize');
    expect(new Set(events.map(owner)).size).toBe(1);
    expect(new Set(outcome.nodes.map(({ customerId }) => customerId)).size).toBe(2_002);
  });
});
