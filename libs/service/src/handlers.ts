import type { Provider, Type } from '@nestjs/common';
import type { AuditNote, CommandDefinition, MessageDefinition } from '@throughline/contracts';
import type { Received } from '@throughline/messaging';

/** Hears one kind of message; one file `on-<message>.ts` each. */
export interface Consumer<Payload = unknown> {
  readonly message: MessageDefinition<Payload>;
  /** `<service>--<message>`, e.g. `identity--event-accepted`. */
  readonly durable: string;
  readonly maxBatch?: number;
  /** As in `ConsumeOptions`. */
  readonly restShare?: number;
  /** As in `ConsumeOptions`. */
  readonly giveWayWhile?: () => Promise<boolean>;
  readonly maxWaitMs?: number;
  readonly ackWaitMs?: number;
  handle(batch: readonly Received<Payload>[]): Promise<void>;
}

/** Does one thing that it is asked to do. Its answer means: committed. What changes something adds `note` to the audit in the transaction of the change (`recordChange`). */
export interface CommandHandler<Request = unknown, Reply = unknown> {
  readonly command: CommandDefinition<Request, Reply>;
  answer(request: Request, note?: AuditNote): Promise<Reply>;
}

/** Does what is due because time passed; one runner at a time over all replicas. */
export interface Sweep {
  readonly name: string;
  readonly everyMs: number;
  run(signal: AbortSignal): Promise<void>;
}

export const consumersToken = Symbol('consumers');
export const commandsToken = Symbol('commands');
export const sweepsToken = Symbol('sweeps');

/** What a module hears: `providers: [...consumers(OnEventAccepted)]`, once in a service. */
export const consumers = (...classes: Type<Consumer>[]): Provider[] => gathered(consumersToken, classes);

/** What a module is asked to do: `providers: [...commands(Decide, Withdraw)]`, once in a service. */
export const commands = (...classes: Type<CommandHandler>[]): Provider[] => gathered(commandsToken, classes);

/** What a module does in time: `providers: [...sweeps(CloseIdleEngagements)]`, once in a service. */
export const sweeps = (...classes: Type<Sweep>[]): Provider[] => gathered(sweepsToken, classes);

function gathered(token: symbol, classes: Type<unknown>[]): Provider[] {
  return [...classes, { provide: token, useFactory: (...instances: unknown[]) => instances, inject: classes }];
}
