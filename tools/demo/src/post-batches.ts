import type { AcceptResult } from '@throughline/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceName } from './demo-event';
import type { Delivery } from './disorder';
import { postedForm } from './posted-form';

/** How the loader is known to the platform: a key for each source, or one for all. */
export interface Access {
  readonly api: string;
  readonly keyOf: (source: SourceName) => string;
  /** With one key for all, the name of the source it belongs to. */
  readonly sourceName?: string;
  /** How long to go on asking a platform that is away or busy, in milliseconds. */
  readonly patienceMs: number;
  readonly signal?: AbortSignal;
}

export interface PostSummary {
  accepted: number;
  duplicate: number;
  quarantined: number;
  rejected: number;
  /** Reasons of what was not accepted. */
  readonly reasons: Record<string, number>;
  retries: number;
}

export const emptySummary = (): PostSummary => ({ accepted: 0, duplicate: 0, quarantined: 0, rejected: 0, reasons: {}, retries: 0 });

export const maximumBatch = 500;

/** Why the platform refused a whole batch for good: a wrong key, or a form it does not know. */
export class Refused extends Error {}

/** Posts one batch until it is answered with 2xx; what may have been stored before an answer was lost is sent again, and answered `duplicate`. */
export async function postBatch(access: Access, source: SourceName, deliveries: readonly Delivery[], summary: PostSummary): Promise<void> {
  const body = JSON.stringify(deliveries.map(({ event }) => postedForm(event, access.sourceName)));
  const givesUpAt = performance.now() + access.patienceMs;
  for (let attempt = 0; ; attempt++) {
    let waitMs = Math.min(250 * 2 ** attempt, 5_000) * (0.5 + Math.random() / 2);
    let why: string;
    try {
      const answer = await fetch(`${access.api}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${access.keyOf(source)}` },
        body,
        ...(access.signal ? { signal: access.signal } : {}),
      });
      if (answer.ok) {
        count(summary, (await answer.json()) as AcceptResult);
        return;
      }
      why = `${answer.status} ${(await answer.text()).slice(0, 300)}`;
      if (answer.status !== 429 && answer.status < 500) throw new Refused(`${access.api} refused a batch of source ${source}: ${why}`);
      const retryAfter = Number(answer.headers.get('retry-after'));
      if (retryAfter > 0) waitMs = retryAfter * 1000;
    } catch (error) {
      if (error instanceof Refused || access.signal?.aborted) throw error;
      why = String(error instanceof Error ? (error.cause ?? error) : error);
    }
    if (performance.now() + waitMs > givesUpAt)
      throw new Error(`${access.api} did not take a batch for ${Math.round(access.patienceMs / 1000)} s; the last answer was: ${why}`);
    summary.retries++;
    await sleep(waitMs, undefined, access.signal ? { signal: access.signal } : {});
  }
}

function count(summary: PostSummary, answer: AcceptResult): void {
  summary.accepted += answer.accepted;
  summary.duplicate += answer.duplicate;
  summary.quarantined += answer.quarantined;
  summary.rejected += answer.rejected;
  for (const item of answer.items)
    if (item.reason !== undefined && (item.status === 'quarantined' || item.status === 'rejected'))
      summary.reasons[item.reason] = (summary.reasons[item.reason] ?? 0) + 1;
}

/**
 * Posts deliveries in their order: the records of one source one batch after the other, different sources at the same time. So a repeat, a correction or a conflict never
 * overtakes the record it is about.
 */
export async function postInOrder(access: Access, deliveries: readonly Delivery[], concurrency: number, summary: PostSummary): Promise<void> {
  const lanes = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const lane = lanes.get(delivery.source);
    if (lane) lane.push(delivery);
    else lanes.set(delivery.source, [delivery]);
  }
  const waiting = [...lanes.values()].sort((a, b) => b.length - a.length);
  const work = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane; lane = waiting.shift())
      for (let start = 0; start < lane.length; start += maximumBatch)
        await postBatch(access, (lane[0] as Delivery).source, lane.slice(start, start + maximumBatch), summary);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
