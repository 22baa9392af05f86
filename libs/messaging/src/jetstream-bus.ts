import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  jetstream,
  jetstreamManager,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { connect, headers, nanos, NoRespondersError, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import type { MessageDefinition } from '@throughline/contracts';
import { TransientError } from '@throughline/database';
import { backoffMs, pause } from './backoff';
import { MessageBus, type BusLog, type ConsumeOptions, type Consumption, type Observation, type PublishOptions } from './message-bus';
import { largestBatch, PullConsumer } from './pull-consumer';
import { tell } from './tell';

export interface JetStreamOptions {
  readonly url: string;
  /** Shown in the broker's list of connections. */
  readonly name: string;
  readonly log?: BusLog;
  /** 3 on a cluster. */
  readonly replicas?: number;
  readonly maxBytes?: number;
}

const streamName = 'TL';
const canarySubject = 'tl.canary';
/** Commands (`tl.command.>`) are request and reply and must never be stored: so no `tl.>` here. */
const subjects = ['tl.event.>', 'tl.customer.>', 'tl.journey.>', 'tl.score.>', canarySubject];
const day = 24 * 60 * 60 * 1000;
/** Over all replicas of a consumer. One replica never holds more than a quarter (`largestBatch`), so that four can work. */
const maxAckPending = 4 * largestBatch;
const apiTimeoutMs = 5_000;
const canaryEveryMs = 3_000;
const canaryFreshMs = 10_000;

/**
 * The bus over NATS JetStream: one stream of doorbells, kept 24 hours at most and never more than its limit, since Postgres knows everything that counts.
 * Written to what nats-server 2.9 can do.
 */
export class JetStreamBus extends MessageBus {
  private nc: NatsConnection | undefined;
  private arrival: { promise: Promise<NatsConnection>; resolve: (nc: NatsConnection) => void };
  private readonly closing = new AbortController();
  private readonly consumptions = new Map<string, Consumption>();
  private readonly observers = new Set<(nc: NatsConnection) => void>();
  private interruption = new AbortController();
  private canaryAt = -Infinity;
  private ensuringStream: Promise<void> | undefined;

  private constructor(private readonly options: JetStreamOptions) {
    super();
    this.arrival = arrival();
  }

  /** Gives the bus at once; it connects, and reconnects, for ever. A broker that is away when the service starts is no reason not to start. */
  static open(options: JetStreamOptions): JetStreamBus {
    const bus = new JetStreamBus(options);
    void bus.keepConnected();
    void bus.keepCanary();
    return bus;
  }

  async send(subject: string, json: string, options: PublishOptions = {}): Promise<void> {
    const nc = await this.connection();
    const head = headers();
    if (options.traceparent) head.set('traceparent', options.traceparent);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const publishing = jetstream(nc).publish(subject, json, {
          headers: head,
          timeout: apiTimeoutMs,
          retries: 1,
          ...(options.id ? { msgID: options.id } : {}),
        });
        await this.unlessInterrupted(publishing);
        this.counts.published += 1;
        return;
      } catch (cause) {
        // Nobody answers on the subject of a stream that is not there.
        if (attempt === 1 && isMissing(cause)) {
          await this.ensureStream();
          continue;
        }
        throw new TransientError(`the broker did not store a message on ${subject}`, { cause });
      }
    }
  }

  async consume<Payload>(definition: MessageDefinition<Payload>, options: ConsumeOptions<Payload>): Promise<Consumption> {
    if (this.consumptions.has(options.durable)) throw new Error(`the consumer ${options.durable} is running already`);
    const consumer = new PullConsumer(definition, options, {
      stream: streamName,
      counts: this.counts,
      log: this.options.log,
      connection: () => this.connection(),
      interrupted: () => this.interruption.signal,
      ensureConsumer: () => this.unlessInterrupted(this.ensureConsumer(definition.subject, options.durable, options.ackWaitMs ?? 30_000)),
    });
    const consumption: Consumption = {
      stop: async (graceMs) => {
        await consumer.stop(graceMs);
        this.consumptions.delete(options.durable);
      },
    };
    this.consumptions.set(options.durable, consumption);
    return consumption;
  }

  observe<Payload>(definition: MessageDefinition<Payload>, hear: (payload: Payload) => void): Observation {
    let subscription: Subscription | undefined;
    const subscribe = (nc: NatsConnection): void => {
      subscription = nc.subscribe(definition.subject, {
        callback: (error, message) => {
          if (!error) tell(definition, message.string(), hear);
        },
      });
    };
    // The client renews subscriptions when it reconnects; a new connection starts without any.
    this.observers.add(subscribe);
    if (this.nc && !this.nc.isClosed()) subscribe(this.nc);
    return {
      stop: () => {
        this.observers.delete(subscribe);
        subscription?.unsubscribe();
      },
    };
  }

  ready(): boolean {
    return performance.now() - this.canaryAt < canaryFreshMs;
  }

  async lag(): Promise<Readonly<Record<string, number>>> {
    const manager = await this.manager();
    const lags = await Promise.all(
      [...this.consumptions.keys()].map(async (durable) => [durable, (await manager.consumers.info(streamName, durable)).num_pending] as const),
    );
    return Object.fromEntries(lags);
  }

  async oldestWaitingMs(durable: string): Promise<number> {
    const manager = await this.manager();
    const info = await manager.consumers.info(streamName, durable).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (!info || info.num_pending + info.num_ack_pending === 0) return 0;
    const oldest = { seq: info.ack_floor.stream_seq + 1, next_by_subj: info.config.filter_subject };
    const message = await manager.streams.getMessage(streamName, oldest);
    return message ? Math.max(0, Date.now() - message.time.getTime()) : 0;
  }

  async stopConsuming(graceMs: number): Promise<void> {
    await Promise.all([...this.consumptions.values()].map((consumption) => consumption.stop(graceMs)));
  }

  async drain(): Promise<void> {
    this.closing.abort();
    await this.stopConsuming(0);
    const nc = this.nc;
    if (!nc || nc.isClosed()) return;
    const late = new AbortController();
    await Promise.race([nc.drain().catch(() => undefined), pause(2_000, late.signal)]);
    late.abort();
    await nc.close().catch(() => undefined);
  }

  /** The connection, for request and reply. Waits a moment for one; throws a transient error when there is none. */
  async connection(): Promise<NatsConnection> {
    if (this.closing.signal.aborted) throw new TransientError('the connection to the broker is closed');
    if (this.nc && !this.nc.isClosed()) return this.nc;
    const late = new AbortController();
    const nc = await Promise.race([this.arrival.promise, pause(apiTimeoutMs, late.signal)]);
    late.abort();
    if (!nc) throw new TransientError('the broker is away');
    return nc;
  }

  private async keepConnected(): Promise<void> {
    for (let attempt = 1; !this.closing.signal.aborted; attempt += 1) {
      try {
        const nc = await connect({
          ...serversOf(this.options.url),
          name: this.options.name,
          timeout: apiTimeoutMs,
          maxReconnectAttempts: -1,
          reconnectTimeWait: 250,
          reconnectJitter: 250,
          // A half-open connection is noticed after two unanswered pings.
          pingInterval: 3_000,
          maxPingOut: 2,
        });
        this.nc = nc;
        this.arrival.resolve(nc);
        attempt = 0;
        this.options.log?.info({ server: nc.getServer() }, 'connected to the broker');
        void this.watch(nc);
        for (const subscribe of this.observers) subscribe(nc);
        const why = await nc.closed();
        this.arrival = arrival();
        if (why && !this.closing.signal.aborted) this.options.log?.warn({ err: why }, 'the broker closed the connection');
      } catch (error) {
        if (attempt % 20 === 1) this.options.log?.warn({ err: error, attempt }, 'the broker is away');
      }
      await pause(Math.min(backoffMs(attempt + 1), 2_000), this.closing.signal);
    }
  }

  /** An answer that was on its way when the connection broke never comes: better to ask again than to wait for the time-out. */
  private async unlessInterrupted<Result>(work: Promise<Result>): Promise<Result> {
    const { signal } = this.interruption;
    let onInterruption: () => void = () => undefined;
    const interrupted = new Promise<never>((_, reject) => {
      onInterruption = () => reject(new TransientError('the connection to the broker broke'));
      signal.addEventListener('abort', onInterruption);
    });
    try {
      return await Promise.race([work, interrupted]);
    } finally {
      signal.removeEventListener('abort', onInterruption);
      work.catch(() => undefined);
    }
  }

  /** A broken connection takes the open requests with it: whoever waits for one is told to ask again. */
  private async watch(nc: NatsConnection): Promise<void> {
    for await (const status of nc.status()) {
      if (status.type !== 'disconnect' && status.type !== 'reconnect') continue;
      this.options.log?.warn({ status: status.type }, 'the connection to the broker changed');
      const interrupted = this.interruption;
      this.interruption = new AbortController();
      interrupted.abort();
    }
  }

  private async keepCanary(): Promise<void> {
    while (!this.closing.signal.aborted) {
      try {
        await this.send(canarySubject, '{}');
        this.counts.published -= 1;
        this.canaryAt = performance.now();
        await pause(canaryEveryMs, this.closing.signal);
      } catch {
        await pause(500, this.closing.signal);
      }
    }
  }

  private async manager(): Promise<JetStreamManager> {
    return jetstreamManager(await this.connection(), { checkAPI: false, timeout: apiTimeoutMs });
  }

  /** One attempt at a time: all consumers of a process notice a lost stream together. */
  private async ensureStream(): Promise<void> {
    this.ensuringStream ??= this.unlessInterrupted(this.createOrRepairStream()).finally(() => (this.ensuringStream = undefined));
    await this.ensuringStream;
  }

  private async createOrRepairStream(): Promise<void> {
    const manager = await this.manager();
    const found = await manager.streams.info(streamName).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    const config = {
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      max_age: nanos(day),
      duplicate_window: nanos(120_000),
    };
    if (!found) {
      await manager.streams.add({
        name: streamName,
        subjects,
        storage: StorageType.File,
        num_replicas: this.options.replicas ?? 1,
        max_bytes: this.options.maxBytes ?? 1024 ** 3,
        ...config,
      });
      this.options.log?.info({ stream: streamName }, 'stream created');
      return;
    }
    const missing = subjects.filter((subject) => !found.config.subjects.includes(subject));
    const drifted = Object.entries(config).filter(([name, value]) => (found.config as unknown as Record<string, unknown>)[name] !== value);
    if (missing.length === 0 && drifted.length === 0) return;
    // Another version of the house may need further subjects: they stay.
    await manager.streams.update(streamName, { ...config, subjects: [...found.config.subjects, ...missing] });
    this.options.log?.warn({ stream: streamName, subjects: missing, settings: drifted.map(([name]) => name) }, 'stream repaired');
  }

  private async ensureConsumer(subject: string, durable: string, ackWaitMs: number): Promise<void> {
    await this.ensureStream();
    const manager = await this.manager();
    const wanted = { filter_subject: subject, ack_wait: nanos(ackWaitMs), max_deliver: -1, max_ack_pending: maxAckPending };
    const found = await manager.consumers.info(streamName, durable).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (found) {
      const config = found.config as unknown as Record<string, unknown>;
      const drifted = Object.entries(wanted).filter(([name, value]) => config[name] !== value);
      const fixed = config['ack_policy'] === AckPolicy.Explicit && !config['deliver_subject'];
      if (fixed && drifted.length === 0) return;
      this.options.log?.warn({ durable, settings: drifted.map(([name]) => name) }, 'consumer repaired');
      const updated =
        fixed &&
        (await manager.consumers.update(streamName, durable, wanted).then(
          () => true,
          () => false,
        ));
      if (updated) return;
      await manager.consumers.delete(streamName, durable);
    }
    await manager.consumers.add(streamName, { durable_name: durable, ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.All, ...wanted });
    this.options.log?.info({ durable }, 'consumer created');
  }
}

/** Where to connect and as whom: one or several addresses with commas, user and password in the first. The client itself does not read them there. */
function serversOf(url: string): { servers: string[]; user?: string; pass?: string; token?: string } {
  const urls = url.split(',').map((one) => new URL(one.includes('://') ? one.trim() : `nats://${one.trim()}`));
  const { username, password } = urls[0]!;
  const servers = urls.map((one) => one.host);
  if (username === '') return { servers };
  if (password === '') return { servers, token: decodeURIComponent(username) };
  return { servers, user: decodeURIComponent(username), pass: decodeURIComponent(password) };
}

function arrival(): { promise: Promise<NatsConnection>; resolve: (nc: NatsConnection) => void } {
  let resolve!: (nc: NatsConnection) => void;
  const promise = new Promise<NatsConnection>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** The stream or the consumer is not there: a broker without its store, or somebody deleted it. The client wraps "nobody answers on this subject" several times. */
function isMissing(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.status === 404 || error.apiError().code === 404;
  if (!(error instanceof Error)) return false;
  return error instanceof NoRespondersError || isMissing(error.cause);
}
