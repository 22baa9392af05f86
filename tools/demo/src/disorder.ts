import type { Instant } from '@throughline/contracts';
import type { DemoEvent, EventTruth, SourceName } from './demo-event';
import { day, hour, minute, second } from './local-time';
import { Random } from './random';

/** The five ways in which a record can be broken, and the reason for which it must be kept aside. */
export const malformedKinds = {
  unknownType: 'invalid',
  negativeSpan: 'negative_span',
  impossibleTime: 'time_out_of_range',
  tooDeep: 'too_deep',
  idConflict: 'id_conflict',
} as const;
export type MalformedKind = keyof typeof malformedKinds;
const malformedNames = Object.keys(malformedKinds) as MalformedKind[];

/** One record on its way to the platform. */
export interface Delivery {
  readonly at: Instant;
  readonly source: SourceName;
  readonly sourceEventId: string;
  /** A good event, or what a broken record says. */
  readonly event: DemoEvent | Readonly<Record<string, unknown>>;
  readonly kind: 'event' | 'late' | 'duplicate' | 'superseded' | 'correction' | MalformedKind;
  /** Of `event` and `late`, `superseded` and `correction`: what is behind it. A superseded record and its correction have one truth. */
  readonly truth: EventTruth | null;
}

/** What is planted, as shares of the events; of corrections, as share of the records that people type. */
export const disorderShares = { late: 0.03, duplicate: 0.005, correction: 0.02, malformed: 0.012 } as const;

/** Sources whose clock is wrong, and by how much. Technicians' tablets differ each by each. */
export const clockSkewMs = { acd: 1_800, fieldTablet: 4 * minute } as const;

const neverSkewed = (sourceEventId: string): boolean => sourceEventId.includes('dana');

/**
 * Does to a stream of good events what networks and vendors do: delays, repeats, corrections, broken records, wrong clocks. Every event reaches the platform in the end, in
 * its last and right form; broken records are extra ones.
 */
export class Disorder {
  private readonly random: Random;
  readonly counts = {
    event: 0,
    late: 0,
    duplicate: 0,
    superseded: 0,
    correction: 0,
    unknownType: 0,
    negativeSpan: 0,
    impossibleTime: 0,
    tooDeep: 0,
    idConflict: 0,
  };

  constructor(
    seed: number,
    private readonly active: boolean,
    private readonly deliver: (delivery: Delivery) => void,
  ) {
    this.random = new Random(seed, 104);
  }

  hear(told: DemoEvent, truth: EventTruth, trueAt: Instant): void {
    const { random } = this;
    const sent = trueAt + 200 + Math.floor(random.next() * 3 * second);
    if (!this.active) return this.send(sent, told, 'event', truth);
    const event = neverSkewed(told.sourceEventId) ? told : this.skew(told);
    const late = random.chance(disorderShares.late);
    // Evenly over the orders of magnitude from ten minutes to two days.
    const at = late ? sent + Math.round(10 * minute * Math.exp(random.next() * Math.log(288))) : sent;
    const u = random.next();
    if (u < disorderShares.correction && isTyped(event)) {
      this.send(at, wrongAtFirst(event), 'superseded', truth);
      this.send(at + 30 * minute + this.someTime(), { ...event, revision: 1 }, 'correction', truth);
      return;
    }
    this.send(at, event, late ? 'late' : 'event', truth);
    if (u > 1 - disorderShares.duplicate) this.send(at + this.someTime(), event, 'duplicate', null);
    else if (u > 1 - disorderShares.duplicate - disorderShares.malformed) this.breakRecord(at, event);
  }

  private send(at: Instant, event: Delivery['event'], kind: Delivery['kind'], truth: EventTruth | null): void {
    this.counts[kind]++;
    this.deliver({ at, source: event.source as SourceName, sourceEventId: event.sourceEventId as string, event, kind, truth });
  }

  /** From a second to a day. */
  private someTime(): number {
    return Math.round(second * Math.exp(this.random.next() * Math.log(day / second)));
  }

  private skew(event: DemoEvent): DemoEvent {
    let by = 0;
    if (event.source === 'acd') by = clockSkewMs.acd;
    else if (event.source === 'field' && event.agent !== undefined) by = ((Number(event.agent.slice(-2)) % 9) - 4) * (clockSkewMs.fieldTablet / 4);
    if (by === 0) return event;
    return { ...event, occurredAt: event.occurredAt + by, ...(event.endedAt === undefined ? {} : { endedAt: event.endedAt + by }) };
  }

  private breakRecord(at: Instant, event: DemoEvent): void {
    const { random } = this;
    const kind = random.pick(malformedNames);
    if (kind === 'idConflict') return this.send(at + hour + this.someTime(), { ...event, attributes: { ...event.attributes, rewritten: true } }, kind, null);
    const broken = { ...event, sourceEventId: `${event.sourceEventId}-broken` };
    switch (kind) {
      case 'unknownType':
        return this.send(at, { ...broken, type: 'teleported' }, kind, null);
      case 'negativeSpan':
        return this.send(at, { ...broken, endedAt: event.occurredAt - 1 - random.below(hour) }, kind, null);
      case 'impossibleTime':
        return this.send(at, { ...broken, occurredAt: Date.UTC(9999, 11, 31) * 30, endedAt: undefined }, kind, null);
      case 'tooDeep': {
        let deep: unknown = 'bottom';
        for (let level = 0; level < 30; level++) deep = { deeper: deep };
        return this.send(at, { ...broken, attributes: { deep } }, kind, null);
      }
    }
  }
}

/** Vendors correct what people typed. */
function isTyped(event: DemoEvent): boolean {
  return (
    (event.source === 'agent-desktop' && event.type === 'disposed') ||
    event.source === 'crm' ||
    event.source === 'orders' ||
    event.source === 'field' ||
    event.source === 'chat'
  );
}

/** What the record said before it was corrected: a word less, another amount, another reason. */
function wrongAtFirst(event: DemoEvent): DemoEvent {
  if (event.type === 'disposed') return { ...event, intents: [{ intent: 'other', family: 'unknown', confidence: 900, by: 'disposition' }] };
  if (event.amount) return { ...event, amount: { ...event.amount, minorUnits: event.amount.minorUnits + 500 } };
  return { ...event, attributes: { ...event.attributes, draft: true } };
}
