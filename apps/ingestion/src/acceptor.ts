import { Inject, Injectable } from '@nestjs/common';
import type { AcceptResult, CanonicalEvent, ItemResult } from '@throughline/contracts';
import { failpoint } from '@throughline/database';
import { takeIn, tooDeep, type Adapter, type RawRecord, type SplitRecord, type TakenIn } from '@throughline/domain-events';
import { Metrics, Problem, SETTINGS } from '@throughline/service';
import { AcceptQueue } from './accept-queue';
import { AcceptStore } from './accept-store';
import { BackPressure } from './back-pressure';
import { prepare, type Prepared } from './prepared';
import type { IngestionSettings } from './settings';
import type { LiveSource } from './source-registry';

/** 256 KB. */
export const eventLimitBytes = 262_144;

/** A record of a request with how to read it. */
export interface Arrival {
  readonly record: SplitRecord;
  /** Set when the tree is no longer the record's text. */
  readonly composed?: boolean;
}

const itemsPerTransaction = 800;

/** The way in for every protocol: judge each record, store the batch, say what became of each. */
@Injectable()
export class Acceptor {
  private readonly queue: AcceptQueue;
  private readonly events;
  private readonly seconds;
  private readonly aside;

  constructor(
    store: AcceptStore,
    private readonly pressure: BackPressure,
    metrics: Metrics,
    @Inject(SETTINGS) settings: IngestionSettings,
  ) {
    this.queue = new AcceptQueue((items) => store.accept(items), { writers: settings.ACCEPT_WRITERS, itemsPerTransaction });
    this.events = metrics.counter('tl_events_total', 'Events by stage and result', ['stage', 'result']);
    this.seconds = metrics.histogram('tl_accept_seconds', 'Time from a read body to its commit');
    this.aside = metrics.counter('tl_quarantine', 'Items kept aside, by reason', ['reason']);
    metrics.gauge('tl_accept_waiting', 'Items that wait for their transaction', [], (gauge) => gauge.set(this.queue.size));
  }

  /** Judges without storing. Throws as `accept` does: judging costs the same. */
  dryRun(
    arrivals: readonly Arrival[],
    adapter: Adapter,
    source: LiveSource,
    receivedAt: number,
    escapes: boolean,
  ): { dryRun: true; items: (ItemResult & { event?: CanonicalEvent })[] } {
    this.admit(arrivals, source);
    const items = arrivals.map((arrival, index) => {
      const taken = judge(arrival, adapter, source, receivedAt, escapes);
      if (taken.kind === 'event')
        return { index, status: 'accepted' as const, sourceEventId: taken.event.sourceEventId, eventId: taken.event.id, event: taken.event };
      return {
        index,
        status: taken.kind,
        ...(taken.sourceEventId ? { sourceEventId: taken.sourceEventId } : {}),
        reason: taken.reason,
        pointer: taken.pointer,
        fix: taken.fix,
      };
    });
    return { dryRun: true, items };
  }

  /** Stores a request's records. Resolves after the commit. Throws a `Problem` when the source sends too much (429) or the house cannot keep up (503). */
  async accept(arrivals: readonly Arrival[], adapter: Adapter, source: LiveSource, receivedAt: number, escapes: boolean): Promise<AcceptResult> {
    const started = performance.now();
    this.admit(arrivals, source);
    const items: ItemResult[] = new Array<ItemResult>(arrivals.length);
    const prepared: Prepared[] = [];
    const positions: number[] = [];
    for (let index = 0; index < arrivals.length; index++) {
      const taken = judge(arrivals[index]!, adapter, source, receivedAt, escapes);
      const ready = prepare(taken, source.settings.name, adapter.name, receivedAt);
      if (ready === null) {
        const { reason, pointer, fix, sourceEventId } = taken as Extract<TakenIn, { kind: 'rejected' }>;
        items[index] = { index, status: 'rejected', ...(sourceEventId === undefined ? {} : { sourceEventId }), reason, pointer, fix };
      } else {
        prepared.push(ready);
        positions.push(index);
      }
    }
    const stored = await this.queue.accept(prepared);
    failpoint('after-commit-before-2xx');
    const counts = { accepted: 0, duplicate: 0, quarantined: 0, rejected: arrivals.length - prepared.length };
    for (let position = 0; position < prepared.length; position++) {
      const item = prepared[position]!;
      const { status, reason, pointer, fix } = stored[position]!;
      counts[status] += 1;
      const index = positions[position]!;
      const sourceEventId = item.kind === 'event' ? item.event.sourceEventId : (item.sourceEventId ?? undefined);
      if (status === 'accepted' || status === 'duplicate') items[index] = { index, status, sourceEventId: sourceEventId!, eventId: item.eventId };
      else {
        items[index] = { index, status, ...(sourceEventId === undefined ? {} : { sourceEventId }), reason: reason!, pointer: pointer!, fix: fix! };
        this.aside.inc({ reason: reason! });
      }
    }
    for (const [result, count] of Object.entries(counts)) if (count > 0) this.events.inc({ stage: 'accept', result }, count);
    this.seconds.observe((performance.now() - started) / 1000);
    return { ...counts, items };
  }

  private admit(arrivals: readonly Arrival[], source: LiveSource): void {
    const allowance = source.bucket.take(arrivals.length, performance.now());
    if (!allowance.ok)
      throw new Problem(429, 'Too many events', `This source may send ${source.settings.ratePerSecond} events a second.`, {
        retryAfterSeconds: Math.max(1, Math.ceil(allowance.retryAfterMs / 1000)),
      });
    this.pressure.check(this.queue.size);
  }
}

function judge(arrival: Arrival, adapter: Adapter, source: LiveSource, receivedAt: number, escapes: boolean): TakenIn {
  const { record } = arrival;
  if (record.kind === 'tooDeep') return tooDeep(record.text);
  if (record.kind === 'unreadable') return { kind: 'rejected', reason: 'invalid_json', pointer: '', fix: 'the line is not a JSON object' };
  if (record.text.length > eventLimitBytes / 3 && Buffer.byteLength(record.text) > eventLimitBytes)
    return { kind: 'rejected', reason: 'too_large', pointer: '', fix: `an event has at most ${eventLimitBytes} bytes` };
  const raw: RawRecord = arrival.composed
    ? { text: record.text, keys: record.keys, composed: true, escapes }
    : { text: record.text, keys: record.keys, escapes };
  return takeIn(record.value, raw, adapter, source.settings, receivedAt);
}
