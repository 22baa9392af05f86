import type { MessageDefinition } from '@throughline/contracts';
import { createInbox, nanos, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { backoffMs, pause } from './backoff';
import { GiveWay } from './give-way';
import { handleBatch, type Delivery } from './handle-batch';
import type { BusCounts, BusLog, ConsumeOptions, Consumption } from './message-bus';

/** What the pull loop needs of the bus. */
export interface PullContext {
  readonly stream: string;
  readonly counts: BusCounts;
  readonly log: BusLog | undefined;
  connection(): Promise<NatsConnection>;
  /** Aborted when the connection of now breaks or comes back: open requests are lost with it. */
  interrupted(): AbortSignal;
  /** Creates or repairs stream and consumer. */
  ensureConsumer(): Promise<void>;
}

interface Pulled {
  readonly messages: Msg[];
  /** The status with which the broker ended the request, when it did: 404 none waiting, 408 time over, 409 consumer gone, 503 nobody answers. */
  readonly status: number | undefined;
  readonly description: string;
}

const idleWaitMs = 5_000;

/** More messages at once are not pulled, whatever a consumer asks for. */
export const largestBatch = 256;

/** A batch that took less is no load, and is followed by the next at once. */
const noLoadMs = 60;
const longestRestMs = 400;

/** A broker that has sent something and then says nothing, not even that there is no more, is at its limit of unacknowledged messages: work with what is here. */
const lullMs = 50;

/**
 * Pulls what is waiting, hands it over in batches and starts again: first whatever is there, without waiting; when nothing is, one message with patience, then a few
 * milliseconds later its company. So a busy consumer gets large batches, an idle one answers at once, and no message lies in a buffer while its time runs out.
 */
export class PullConsumer<Payload> implements Consumption {
  private readonly stopping = new AbortController();
  private readonly finished: Promise<void>;
  private failures = 0;
  private readonly way: GiveWay;

  constructor(
    private readonly definition: MessageDefinition<Payload>,
    private readonly options: ConsumeOptions<Payload>,
    private readonly context: PullContext,
  ) {
    this.way = new GiveWay(Math.min(options.maxBatch ?? 64, largestBatch), options.giveWayWhile);
    this.finished = this.run();
  }

  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    const late = new AbortController();
    await Promise.race([this.finished, pause(graceMs, late.signal)]);
    late.abort();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    let prepared = false;
    for (let outages = 0; !signal.aborted;) {
      try {
        if (!prepared) {
          await this.context.ensureConsumer();
          prepared = true;
        }
        const batch = await this.nextBatch(await this.way.mayTake(signal));
        if (batch === 'gone') {
          prepared = false;
          outages += 1;
          if (outages > 1) await pause(backoffMs(Math.min(outages, 4)), signal);
          continue;
        }
        outages = 0;
        if (batch.length > 0) await this.handle(batch);
      } catch (error) {
        outages += 1;
        prepared = false;
        if (outages === 1 || outages % 20 === 0)
          this.context.log?.warn({ durable: this.options.durable, err: error, outages }, 'the consumer does not get at its messages and tries again');
        await pause(backoffMs(Math.min(outages, 5)), signal);
      }
    }
  }

  private async nextBatch(maxBatch: number): Promise<Msg[] | 'gone'> {
    if (this.stopping.signal.aborted) return [];
    const waiting = await this.pull(maxBatch, 0);
    if (waiting.messages.length > 0) return waiting.messages;
    if (this.isGone(waiting)) return 'gone';
    if (this.stopping.signal.aborted) return [];
    const first = await this.pull(1, idleWaitMs);
    if (first.messages.length === 0) return this.isGone(first) ? 'gone' : [];
    if (maxBatch === 1) return first.messages;
    await pause(this.options.maxWaitMs ?? 5);
    const company = await this.pull(maxBatch - 1, 0);
    return [...first.messages, ...company.messages];
  }

  private isGone(pulled: Pulled): boolean {
    return pulled.status === 503 || (pulled.status === 409 && /deleted|shutdown|leadership/i.test(pulled.description)) || pulled.status === -1;
  }

  /** One pull request, until the broker says that it is over. `expiresMs` 0 means: what is there now. */
  private async pull(batch: number, expiresMs: number): Promise<Pulled> {
    const nc = await this.context.connection();
    const interrupted = this.context.interrupted();
    const inbox = createInbox();
    const messages: Msg[] = [];
    return new Promise((resolve) => {
      let settled = false;
      const settle = (status: number | undefined, description = ''): void => {
        if (settled) return;
        settled = true;
        clearTimeout(silence);
        clearTimeout(lull);
        if (status === undefined && messages.length < batch) abandon();
        this.stopping.signal.removeEventListener('abort', onStop);
        interrupted.removeEventListener('abort', onInterruption);
        if (status !== undefined || messages.length >= batch) subscription.unsubscribe();
        resolve({ messages, status, description });
      };
      // The request stays open at the broker for a while after a stop: what it still sends goes straight back.
      const abandon = (): void => void setTimeout(() => subscription.unsubscribe(), idleWaitMs + 1_000).unref();
      let lull: NodeJS.Timeout | undefined;
      const onStop = (): void => settle(undefined);
      const onInterruption = (): void => settle(-1, 'interrupted');
      interrupted.addEventListener('abort', onInterruption);
      const silence = setTimeout(() => settle(-1, 'silence'), expiresMs + 3_000);
      const subscription = nc.subscribe(inbox, {
        callback: (error, message) => {
          if (error) return settle(-1, error.message);
          const status = message.headers?.code ?? 0;
          if (status === 100) return;
          if (status >= 400) return settle(status, message.headers?.description ?? '');
          if (settled) return void message.respond('-NAK');
          messages.push(message);
          if (messages.length >= batch) return settle(undefined);
          clearTimeout(lull);
          lull = setTimeout(() => settle(undefined), lullMs);
        },
      });
      void subscription.closed.then(() => settle(-1, 'closed'));
      if (expiresMs > 0) this.stopping.signal.addEventListener('abort', onStop);
      const request = expiresMs > 0 ? { batch, expires: nanos(expiresMs) } : { batch, no_wait: true };
      nc.publish(`$JS.API.CONSUMER.MSG.NEXT.${this.context.stream}.${this.options.durable}`, JSON.stringify(request), { reply: inbox });
    });
  }

  private async handle(messages: readonly Msg[]): Promise<void> {
    const startedAt = performance.now();
    const heartbeat = setInterval(
      () => {
        for (const message of messages) message.respond('+WPI');
      },
      (this.options.ackWaitMs ?? 30_000) / 3,
    );
    try {
      const error = await handleBatch(this.definition, this.options, messages.map(toDelivery), {
        counts: this.context.counts,
        log: this.context.log,
        retryDelayMs: () => backoffMs(this.failures + 1),
      });
      this.failures = error === undefined ? 0 : this.failures + 1;
    } finally {
      clearInterval(heartbeat);
    }
    if (this.failures > 0) return pause(backoffMs(this.failures), this.stopping.signal);
    const tookMs = performance.now() - startedAt;
    this.way.handled(tookMs);
    if (this.options.restShare && tookMs > noLoadMs) await pause(Math.min(longestRestMs, tookMs * this.options.restShare), this.stopping.signal);
  }
}

function toDelivery(message: Msg): Delivery {
  return {
    id: message.headers?.get('Nats-Msg-Id') ?? '',
    json: message.string(),
    deliveries: deliveriesOf(message.reply ?? ''),
    traceparent: message.headers?.get('traceparent') || undefined,
    ack: () => void message.respond('+ACK'),
    retryAfter: (delayMs) => void message.respond(`-NAK ${JSON.stringify({ delay: nanos(Math.max(1, Math.round(delayMs))) })}`),
    // Without a reason: nats-server 2.9 ignores one that has it and delivers again.
    terminate: () => void message.respond('+TERM'),
  };
}

/** The delivery count in an acknowledgement subject of either form: `$JS.ACK.stream.consumer.n.…` or, with domain and account first, `$JS.ACK.d.a.stream.consumer.n.…`. */
function deliveriesOf(reply: string): number {
  const tokens = reply.split('.');
  const count = Number(tokens[tokens.length === 9 ? 4 : 6]);
  return Number.isFinite(count) ? count : 1;
}
