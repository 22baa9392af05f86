import type { AnswerFact, ContactFact, CustomerFact, EngagementFact, QueueStayFact } from '@throughline/contracts';
import { dayMs, repeatMs, type Asked } from './metric';
import { metricOf, metrics, metricsOver, registry, tiles } from './registry';

const noon = Date.UTC(2026, 2, 2, 12);
const asked: Asked = { asOf: noon + 100 * dayMs, from: noon, until: noon + 28 * dayMs };
const where = { channel: 'voice', queue: 'billing', agent: 'ann', site: null, intent: 'billing', family: 'billing' } as const;
const owned = { customerId: 'c1', anchor: 'e1' };

const contact = (of: Partial<ContactFact>): ContactFact => ({
  ...owned,
  ...where,
  at: noon,
  endedAt: noon + 60_000,
  engagement: 'e1',
  place: 1,
  intentConfidence: 1000,
  startedBy: 'customer',
  agents: ['ann'],
  transactions: 1,
  events: 4,
  liveMs: 60_000,
  outcome: null,
  failed: null,
  looksResolved: true,
  repeatAt: null,
  channelRepeatAt: null,
  frustration: 12,
  ledger: [],
  unjudged: [],
  ...of,
});
const engagement = (of: Partial<EngagementFact>): EngagementFact => ({
  ...owned,
  ...where,
  at: noon,
  firstContactEndAt: noon + 60_000,
  lastContactEndAt: noon + 60_000,
  intentConfidence: 1000,
  closedAs: 'resolved',
  closedAt: noon + 60_000,
  resolvedAt: noon + 60_000,
  idleAt: noon + 14 * dayMs,
  contacts: 1,
  transactions: 1,
  steps: 3,
  channels: ['voice'],
  agents: ['ann'],
  liveMs: 60_000,
  nextSameIntentAt: null,
  saidSolved: null,
  saidSolvedAt: null,
  falseSuccess: false,
  frustration: 12,
  ...of,
});
const answer = (question: AnswerFact['question'], value: number): AnswerFact => ({
  ...owned,
  ...where,
  place: 1,
  at: noon,
  system: null,
  question,
  value,
  about: null,
  engagement: 'e1',
  cause: null,
});
const customer = (of: Partial<CustomerFact>): CustomerFact => ({
  customerId: 'c1',
  known: true,
  firstAt: noon - 200 * dayMs,
  lastAt: noon - dayMs,
  engagements: 1,
  openEngagementsHint: 0,
  contacts: 1,
  lastIntent: 'billing',
  lastChannel: 'voice',
  spent: 0,
  orders: 0,
  leftAt: null,
  lastFrustration: 0,
  ...of,
});
const stay = { ...owned, ...where, at: noon, leftAt: noon, waitMs: 0, abandoned: true } as QueueStayFact;
const counted = (value: number) => ({ counted: true, value });
const because = (reason: string) => ({ counted: false, because: reason });

describe('the registry', () => {
  it('names each metric once, with words for everything a reader may ask', () => {
    expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length);
    for (const { id, title, formula, numerator, denominator, version } of metrics) {
      expect([title, formula, numerator, denominator].every((words) => words.length > 3)).toBe(true);
      expect(version).toBeGreaterThanOrEqual(1);
      expect(metricOf(id)!.id).toBe(id);
    }
    expect(metricOf('toString')).toBeUndefined();
  });

  it('has eight tiles, and every metric over rows of one kind only', () => {
    expect(tiles.map(({ id }) => id)).toEqual([
      'fcr.true',
      'csat',
      'nps',
      'empathy.topBox',
      'contact.repeat',
      'queue.abandonment',
      'effort.steps',
      'retention',
    ]);
    expect(metricsOver('answer').every(({ ink, minimumN }) => ink === 'said' && minimumN === 5)).toBe(true);
  });

  it('explains every reason for which its rule leaves a row out', () => {
    const rows = {
      contact: [contact({}), contact({ startedBy: 'callback' }), contact({ endedAt: asked.asOf })],
      engagement: [
        engagement({}),
        engagement({ closedAs: null, closedAt: null, resolvedAt: null, idleAt: null }),
        engagement({ closedAs: 'lost' }),
        engagement({ firstContactEndAt: asked.asOf }),
      ],
      queueStay: [stay],
      answer: [answer('csat', 4), answer('solved', 1)],
      customer: [
        customer({}),
        customer({ known: false }),
        customer({ firstAt: noon }),
        customer({ lastAt: noon - 91 * dayMs }),
        customer({ leftAt: noon - 1 }),
      ],
    };
    for (const metric of metrics)
      for (const row of rows[metric.row]) {
        const contribution = metric.contribute(row as never, asked);
        if (!contribution.counted) expect(Object.keys(metric.exclusions)).toContain(contribution.because);
      }
  });
});

describe('solved first time', () => {
  const verdict = (of: Partial<EngagementFact>, asOf = asked.asOf) => registry.fcrTrue.contribute(engagement(of), { ...asked, asOf });
  const weekAfter = noon + 60_000 + repeatMs;

  it('counts an engagement that one contact resolved', () => expect(verdict({})).toEqual(counted(1)));
  it('does not when the customer is back within seven days of the end of the contact', () => {
    expect(verdict({ nextSameIntentAt: weekAfter })).toEqual(counted(0));
    expect(verdict({ nextSameIntentAt: weekAfter + 1 })).toEqual(counted(1));
  });
  it('does not when it took a later contact to resolve it', () =>
    expect(verdict({ contacts: 2, nextSameIntentAt: weekAfter + dayMs, resolvedAt: weekAfter + 2 * dayMs })).toEqual(counted(0)));
  it('believes the customer before the records, but not before a second contact', () => {
    expect(verdict({ saidSolved: false, saidSolvedAt: noon + dayMs })).toEqual(counted(0));
    expect(verdict({ saidSolved: true, saidSolvedAt: noon + dayMs, closedAs: null, closedAt: null, resolvedAt: null })).toEqual(counted(1));
    expect(verdict({ saidSolved: true, saidSolvedAt: noon + dayMs, nextSameIntentAt: noon + 2 * dayMs })).toEqual(counted(0));
  });
  it('does not when it was given up, lost or cancelled', () => {
    expect(verdict({ closedAs: null, closedAt: null, resolvedAt: null })).toEqual(counted(0));
    expect(verdict({ closedAs: 'lost', resolvedAt: null })).toEqual(counted(0));
  });
  it('waits for the seven days, and for what is still open', () => {
    expect(verdict({}, weekAfter)).toEqual(because('waiting'));
    expect(verdict({ nextSameIntentAt: noon + dayMs }, weekAfter)).toEqual(because('waiting'));
    expect(verdict({}, weekAfter + 1)).toEqual(counted(1));
    expect(verdict({ closedAs: null, closedAt: null, resolvedAt: null }, noon + 14 * dayMs - 1)).toEqual(because('open'));
    expect(verdict({ closedAs: null, closedAt: null, resolvedAt: null, idleAt: null })).toEqual(because('open'));
  });
});

describe('what channels count', () => {
  const channel = (of: Partial<ContactFact>) => registry.fcrChannel.contribute(contact(of), asked);

  it('is blind to a repeat on another channel', () => {
    expect(channel({ repeatAt: noon + dayMs })).toEqual(counted(1));
    expect(channel({ channelRepeatAt: noon + dayMs })).toEqual(counted(0));
    expect(channel({ looksResolved: false })).toEqual(counted(0));
  });
  it('does not judge what the company started', () => expect(channel({ startedBy: 'company' })).toEqual(because('ours')));
});

describe('repeat contacts', () => {
  const repeat = (of: Partial<ContactFact>, asOf = asked.asOf) => registry.repeatContact.contribute(contact(of), { ...asked, asOf });

  it('are those within seven days of the end', () => {
    expect(repeat({ repeatAt: noon + 60_000 + repeatMs })).toEqual(counted(1));
    expect(repeat({ repeatAt: noon + 60_000 + repeatMs + 1 })).toEqual(counted(0));
    expect(repeat({})).toEqual(counted(0));
  });
  it('are not counted before the wait is over, even when one came already: that would count the quick ones only', () =>
    expect(repeat({ repeatAt: noon + dayMs }, noon + 2 * dayMs)).toEqual(because('waiting')));
});

describe('customers’ answers', () => {
  it('make promoters of nine and ten, detractors up to six', () => {
    const nps = (value: number) => registry.nps.contribute(answer('nps', value), asked);
    expect([10, 9, 8, 7, 6, 0].map(nps)).toEqual([1, 1, 0, 0, -1, -1].map(counted));
  });
  it('count for their own question only', () => {
    expect(registry.csat.contribute(answer('csat', 4), asked)).toEqual(counted(4));
    expect(registry.csat.contribute(answer('empathy', 4), asked)).toEqual(because('otherQuestion'));
    expect([registry.empathy, registry.empathyTopBox, registry.csatTopBox].map((metric) => metric.contribute(answer('empathy', 5), asked))).toEqual([
      counted(5),
      counted(1),
      because('otherQuestion'),
    ]);
  });
});

describe('the other numbers', () => {
  it('count steps when a matter closed as resolved or sold', () => {
    expect(registry.effort.contribute(engagement({ closedAs: 'sold', steps: 7 }), asked)).toEqual(counted(7));
    expect(registry.effort.contribute(engagement({ closedAs: 'cancelled' }), asked)).toEqual(because('notResolved'));
    expect(registry.effort.contribute(engagement({ closedAs: null, closedAt: null }), asked)).toEqual(because('notClosed'));
  });
  it('count the hours from the first contact until a matter closed as resolved or sold, to the nearest quarter', () => {
    const hours = (after: number, of: Partial<EngagementFact> = {}) => registry.goalTime.contribute(engagement({ closedAt: noon + after, ...of }), asked);
    const minute = 60_000;
    expect([0, 7, 8, 22.5, 90].map((minutes) => hours(minutes * minute))).toEqual([0, 0, 0.25, 0.5, 1.5].map(counted));
    expect(hours(3 * dayMs, { closedAs: 'sold', resolvedAt: noon + dayMs })).toEqual(counted(72));
    // An order that was there before the customer called about it.
    expect(hours(-dayMs)).toEqual(counted(0));
    expect([hours(dayMs, { closedAs: 'lost' }), hours(0, { closedAs: null, closedAt: null })]).toEqual(['notResolved', 'notClosed'].map(because));
  });
  it('count abandoned stays, single transactions, false successes and frustration', () => {
    expect(registry.abandonment.contribute(stay, asked)).toEqual(counted(1));
    expect(registry.oneTransaction.contribute(contact({ transactions: 2 }), asked)).toEqual(counted(0));
    expect(registry.falseSuccess.contribute(engagement({ falseSuccess: true }), asked)).toEqual(counted(1));
    expect(registry.frustration.contribute(contact({}), asked)).toEqual(counted(12));
  });
  it('count a customer as kept unless they left within the period', () => {
    const kept = (of: Partial<CustomerFact>) => registry.retention.contribute(customer(of), asked);
    expect(kept({})).toEqual(counted(1));
    expect(kept({ leftAt: noon, lastAt: noon })).toEqual(counted(0));
    expect(kept({ leftAt: asked.until })).toEqual(counted(1));
    expect([kept({ firstAt: noon }), kept({ lastAt: noon - 90 * dayMs - 1 }), kept({ leftAt: noon - 1 }), kept({ known: false })]).toEqual(
      ['new', 'dormant', 'gone', 'unknown'].map(because),
    );
  });
});
