import type { MessageDefinition } from '@throughline/contracts';
import { backoffMs, pause } from './backoff';
import { GiveWay } from './give-way';
import { handleBatch, type Delivery } from './handle-batch';
import { MessageBus, type ConsumeOptions, type Consumption, type Observation, type PublishOptions } from './message-bus';
import { tell } from './tell';

interface StoredMessage {
  readonly sequence: number;
  readonly storedAt: number;
  readonly subject: string;
  readonly id: string;
  readonly json: string;
  readonly traceparent: string | undefined;
}

interface Due {
  readonly message: StoredMessage;
  readonly notBefore: number;
  readonly deliveries: number;
}

export interface MemoryBusOptions {
  /** Makes duplicates and order repeatable. */
  readonly seed?: number;
  /** The share of messages that are delivered twice, 0 to 1. */
  readonly duplicates?: number;
  /** Delivers in a shuffled order. */
  readonly reorder?: boolean;
  /** Divides every back-off, so that tests of failing handlers are quick. */
  readonly hurry?: number;
}

/**
 * The bus in memory, for tests: it promises as little as the broker does. Messages come at least once and, when asked, twice or out of order; `crash` forgets what was
 * being handled and brings it again; `replay` brings everything again.
 */
export class MemoryBus extends MessageBus {
  private readonly stored: StoredMessage[] = [];
  private readonly consumers = new Map<string, MemoryConsumer>();
  private readonly observers = new Set<(subject: string, json: string) => void>();
  private readonly random: () => number;
  private isAway = false;

  constructor(private readonly options: MemoryBusOptions = {}) {
    super();
    this.random = mulberry(options.seed ?? 1);
  }

  async send(subject: string, json: string, options: PublishOptions = {}): Promise<void> {
    await Promise.resolve();
    if (this.isAway) throw Object.assign(new Error('the broker is away'), { code: 'ECONNREFUSED' });
    this.counts.published += 1;
    const id = options.id ?? '';
    if (id !== '' && this.stored.some((message) => message.id === id)) return;
    const message: StoredMessage = { sequence: this.stored.length + 1, storedAt: performance.now(), subject, id, json, traceparent: options.traceparent };
    this.stored.push(message);
    for (const consumer of this.consumers.values()) consumer.offer(message);
    for (const observer of this.observers) observer(subject, json);
  }

  observe<Payload>(definition: MessageDefinition<Payload>, hear: (payload: Payload) => void): Observation {
    const observer = (subject: string, json: string): void => {
      if (subject === definition.subject) tell(definition, json, hear);
    };
    this.observers.add(observer);
    return { stop: () => void this.observers.delete(observer) };
  }

  async consume<Payload>(definition: MessageDefinition<Payload>, options: ConsumeOptions<Payload>): Promise<Consumption> {
    await Promise.resolve();
    const known = this.consumers.get(options.durable);
    const consumer = new MemoryConsumer(definition as MessageDefinition<unknown>, options as ConsumeOptions<unknown>, {
      counts: this.counts,
      log: undefined,
      retryDelayMs: () => backoffMs(1) / (this.options.hurry ?? 1),
      random: this.random,
      duplicates: this.options.duplicates ?? 0,
      reorder: this.options.reorder ?? false,
    });
    // A durable consumer remembers: its next process goes on where the last one stopped.
    if (known) consumer.inherit(known);
    else for (const message of this.stored) consumer.offer(message);
    this.consumers.set(options.durable, consumer);
    return consumer;
  }

  ready(): boolean {
    return !this.isAway;
  }

  async lag(): Promise<Readonly<Record<string, number>>> {
    await Promise.resolve();
    return Object.fromEntries([...this.consumers].map(([durable, consumer]) => [durable, consumer.waiting]));
  }

  async oldestWaitingMs(durable: string): Promise<number> {
    await Promise.resolve();
    return this.consumers.get(durable)?.oldestWaitingMs ?? 0;
  }

  async stopConsuming(graceMs: number): Promise<void> {
    await Promise.all([...this.consumers.values()].map((consumer) => consumer.stop(graceMs)));
  }

  async drain(): Promise<void> {
    await this.stopConsuming(0);
  }

  /** The broker goes away (`true`) or comes back. */
  setAway(away: boolean): void {
    this.isAway = away;
  }

  /** What a killed process leaves: batches that are being handled are not acknowledged and come again. */
  crash(): void {
    for (const consumer of this.consumers.values()) consumer.crash();
  }

  /** Delivers every stored message again, as a broker does that lost the state of its consumers. */
  replay(): void {
    for (const consumer of this.consumers.values()) for (const message of this.stored) consumer.offer(message);
  }

  /** Resolves when nothing waits and nothing is being handled. */
  async idle(): Promise<void> {
    while ([...this.consumers.values()].some((consumer) => !consumer.isIdle)) await pause(2);
  }
}

class MemoryConsumer implements Consumption {
  private due: Due[] = [];
  private handling: Due[] = [];
  private epoch = 0;
  private wake: () => void = () => undefined;
  private readonly stopping = new AbortController();
  private readonly way: GiveWay;
  private readonly finished: Promise<void>;

  constructor(
    private readonly definition: MessageDefinition<unknown>,
    private readonly options: ConsumeOptions<unknown>,
    private readonly context: Parameters<typeof handleBatch>[3] & {
      random: () => number;
      duplicates: number;
      reorder: boolean;
    },
  ) {
    this.way = new GiveWay(options.maxBatch ?? 64, options.giveWayWhile);
    this.finished = this.run();
  }

  get waiting(): number {
    return this.due.length;
  }

  get oldestWaitingMs(): number {
    const waiting = [...this.due, ...this.handling].map(({ message }) => message.storedAt);
    return waiting.length === 0 ? 0 : performance.now() - Math.min(...waiting);
  }

  get isIdle(): boolean {
    return this.stopping.signal.aborted || (this.due.length === 0 && this.handling.length === 0);
  }

  offer(message: StoredMessage): void {
    if (message.subject !== this.definition.subject) return;
    const copies = this.context.random() < this.context.duplicates ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) this.add({ message, notBefore: 0, deliveries: copy + 1 });
  }

  inherit(other: MemoryConsumer): void {
    for (const due of [...other.due, ...other.handling]) this.add({ ...due, deliveries: due.deliveries + 1 });
    other.due = [];
  }

  crash(): void {
    this.epoch += 1;
    for (const due of this.handling) this.add({ ...due, deliveries: due.deliveries + 1 });
  }

  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    this.wake();
    const late = new AbortController();
    await Promise.race([this.finished, pause(graceMs, late.signal)]);
    late.abort();
  }

  private add(due: Due): void {
    const at = this.context.reorder ? Math.floor(this.context.random() * (this.due.length + 1)) : this.due.length;
    this.due.splice(at, 0, due);
    this.wake();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const most = await this.way.mayTake(signal);
      const now = performance.now();
      const batch = this.due.filter(({ notBefore }) => notBefore <= now).slice(0, most);
      if (batch.length === 0) {
        const next = Math.min(...this.due.map(({ notBefore }) => notBefore - now), 1_000);
        await Promise.race([pause(Math.max(1, next), signal), new Promise<void>((resolve) => (this.wake = resolve))]);
        continue;
      }
      await pause(0);
      this.due = this.due.filter((due) => !batch.includes(due));
      this.handling = batch;
      const { epoch } = this;
      await handleBatch(
        this.definition,
        this.options,
        batch.map((due) => this.toDelivery(due, epoch)),
        this.context,
      );
      this.way.handled(performance.now() - now);
      this.handling = [];
    }
  }

  private toDelivery(due: Due, epoch: number): Delivery {
    return {
      ...due.message,
      deliveries: due.deliveries,
      ack: () => undefined,
      terminate: () => undefined,
      retryAfter: (delayMs) => {
        if (epoch === this.epoch) this.add({ message: due.message, notBefore: performance.now() + delayMs, deliveries: due.deliveries + 1 });
      },
    };
  }
}

/** A small repeatable random number generator (mulberry32). */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
