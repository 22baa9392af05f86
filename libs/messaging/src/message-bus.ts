import type { MessageDefinition } from '@throughline/contracts';

/** One message as a handler sees it. */
export interface Received<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** How often it was delivered, this time included. Not evidence of anything: a broker that was restarted counts anew. */
  readonly deliveries: number;
  readonly traceparent: string | undefined;
}

export interface PublishOptions {
  /** The broker drops a second message of the same id within two minutes. */
  readonly id?: string;
  readonly traceparent?: string | undefined;
}

export interface ConsumeOptions<Payload> {
  /** `<service>--<message>`: replicas of a service share it and compete. */
  readonly durable: string;
  /** Messages in one call of the handler, at most. */
  readonly maxBatch?: number;
  /** How long the first message of an idle consumer waits for company. */
  readonly maxWaitMs?: number;
  /**
   * After a batch a busy consumer rests this share of the time that the batch took, 0.4 s at most: what changes several times meanwhile is then handled once,
   * and the more is waiting the less each message costs. For handlers whose work is per thing and not per message. 0 unless told.
   */
  readonly restShare?: number;
  /**
   * Says whether other work comes first now; asked before every pull. While it does, this consumer handles one message at a time and rests long between; so it keeps moving,
   * and takes the rest when the others have caught up.
   */
  readonly giveWayWhile?: () => Promise<boolean>;
  readonly ackWaitMs?: number;
  /**
   * Called with what is waiting, one call at a time. When it returns, its work is committed and the messages are acknowledged. When it throws, all of them come again
   * later, for ever: a handler keeps poison small by itself (`bisect`). It must stand being called twice, late and out of order.
   */
  handle(batch: readonly Received<Payload>[]): Promise<void>;
}

/** A running consumer. */
export interface Consumption {
  /** Pulls no more; resolves when the running call of the handler is done, or after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** A running observation. */
export interface Observation {
  stop(): void;
}

/** What the bus has done so far, for metrics. */
export interface BusCounts {
  published: number;
  handled: number;
  redelivered: number;
  failedBatches: number;
  /** Messages that no version of their schema could read: terminated. */
  undecodable: number;
}

/** Where the bus says what happened. Ids and durations only. */
export interface BusLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const behindMs = 500;

/** Facts between services, at least once and in any order: messages say what changed, Postgres says what is. Also the token by which Nest injects it. */
export abstract class MessageBus {
  readonly counts: BusCounts = { published: 0, handled: 0, redelivered: 0, failedBatches: 0, undecodable: 0 };

  /** Publishes and waits until the broker has stored it. Throws a transient error when it has not. A service publishes through `tx.publish`; this is for what needs no commit. */
  async publish<Payload>(definition: MessageDefinition<Payload>, payload: Payload, options: PublishOptions = {}): Promise<void> {
    await this.send(definition.subject, JSON.stringify(payload), options);
  }

  /** As `publish`, for a payload that is JSON text already: the way of the outbox relay. */
  abstract send(subject: string, json: string, options?: PublishOptions): Promise<void>;

  /** Starts to consume one kind of message. What stream or consumer the broker lacks, now or later, is created. */
  abstract consume<Payload>(definition: MessageDefinition<Payload>, options: ConsumeOptions<Payload>): Promise<Consumption>;

  /**
   * Hears every message of one kind from now on, in every process that observes: once, or not at all when the connection is broken just then. For what only has to be timely, such as
   * telling an open page to read again; whatever must not be lost is consumed.
   */
  abstract observe<Payload>(definition: MessageDefinition<Payload>, hear: (payload: Payload) => void): Observation;

  /** Whether the broker stored a message in the last ten seconds: its own health page says "ok" on a full disk. */
  abstract ready(): boolean;

  /** Waiting messages of each consumer that was started here. */
  abstract lag(): Promise<Readonly<Record<string, number>>>;

  /** The age in milliseconds of the oldest message that a consumer, of whatever service, has not acknowledged. 0 when there is none, or no such consumer. */
  abstract oldestWaitingMs(durable: string): Promise<number>;

  /** Whether one of these consumers has let a message wait for more than half a second: for work that can wait itself. */
  async isBehind(durables: readonly string[]): Promise<boolean> {
    for (const durable of durables) if ((await this.oldestWaitingMs(durable)) > behindMs) return true;
    return false;
  }

  /** Stops all consumers; each finishes its running batch within `graceMs`. */
  abstract stopConsuming(graceMs: number): Promise<void>;

  /** Sends what is buffered and closes the connection. Nothing works afterwards. */
  abstract drain(): Promise<void>;
}
