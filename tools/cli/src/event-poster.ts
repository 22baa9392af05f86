import type { AcceptResult } from '@throughline/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from './usage-error';

export interface PostedCounts {
  accepted: number;
  duplicate: number;
  quarantined: number;
  rejected: number;
  /** Of what was not accepted, by reason. */
  readonly reasons: Map<string, number>;
}

const patienceMs = 120_000;

/** Sends events to `POST /v1/events` batch by batch, in their order. A platform that is busy or away is waited for; what it may have stored before an answer was lost is sent again, and answered `duplicate`. */
export class EventPoster {
  readonly counts: PostedCounts = { accepted: 0, duplicate: 0, quarantined: 0, rejected: 0, reasons: new Map() };

  constructor(
    private readonly api: string,
    private readonly writeKey: string,
    private readonly onWait: (words: string) => void = () => undefined,
  ) {}

  async post(events: readonly Record<string, unknown>[]): Promise<void> {
    if (events.length === 0) return;
    const body = JSON.stringify(events);
    const givesUpAt = performance.now() + patienceMs;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.try(body);
      if (outcome === 'stored') return;
      const waitMs = outcome.waitMs ?? Math.min(250 * 2 ** attempt, 5_000);
      if (performance.now() + waitMs > givesUpAt)
        throw new UsageError(
          `${this.api} took no events for two minutes (${outcome.why}): what was sent before is stored; run the same import again to go on.`,
        );
      this.onWait(outcome.why);
      await sleep(waitMs);
    }
  }

  private async try(body: string): Promise<'stored' | { why: string; waitMs?: number }> {
    let answer: Response;
    try {
      answer = await fetch(new URL('/v1/events', this.api), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.writeKey}` },
        body,
      });
    } catch (error) {
      return { why: `no answer: ${error instanceof Error ? String((error.cause as Error | undefined)?.message ?? error.message) : String(error)}` };
    }
    const text = await answer.text();
    // 400 with items: every one was refused, each with its reason.
    const result = text.startsWith('{') ? (JSON.parse(text) as Partial<AcceptResult> & { title?: string; detail?: string }) : {};
    if (result.items) {
      this.count(result as AcceptResult);
      return 'stored';
    }
    if (answer.status === 401)
      throw new UsageError('The write key was refused: is it the one of this installation? See .throughline/run.json or set THROUGHLINE_WRITE_KEY.');
    const why = [result.title, result.detail].filter(Boolean).join('. ') || `status ${answer.status}`;
    if (answer.status !== 429 && answer.status < 500) throw new UsageError(why);
    const retryAfter = Number(answer.headers.get('retry-after'));
    return { why, ...(retryAfter > 0 ? { waitMs: retryAfter * 1000 } : {}) };
  }

  private count(result: AcceptResult): void {
    for (const status of ['accepted', 'duplicate', 'quarantined', 'rejected'] as const) this.counts[status] += result[status];
    for (const { status, reason } of result.items)
      if (reason && (status === 'quarantined' || status === 'rejected')) this.counts.reasons.set(reason, (this.counts.reasons.get(reason) ?? 0) + 1);
  }
}
