import type { AuditNote, CommandDefinition } from '@throughline/contracts';
import { currentTraceparent } from '@throughline/database';
import { headers, NoRespondersError } from '@nats-io/transport-node';
import { noteHeader, type CommandAnswer } from './command-server';
import type { JetStreamBus } from './jetstream-bus';

/** `invalid`: the owner refused the shape of the request. `unavailable`: nothing is known about whether it was done; ask again with the same id. */
export type CommandResult<Reply> = { kind: 'answered'; reply: Reply } | { kind: 'invalid'; message: string } | { kind: 'unavailable'; message: string };

const timeoutMs = 10_000;

/** Asks the owning service to do something and waits up to ten seconds for its answer. Never throws. `note` is what the audit says of the change: the owner adds it in its transaction. */
export class CommandClient {
  constructor(private readonly bus: JetStreamBus) {}

  async ask<Request, Reply>(definition: CommandDefinition<Request, Reply>, request: Request, note?: AuditNote): Promise<CommandResult<Reply>> {
    const owner = definition.name.split('.')[0]!;
    try {
      const nc = await this.bus.connection();
      const head = headers();
      const traceparent = currentTraceparent();
      if (traceparent) head.set('traceparent', traceparent);
      if (note) head.set(noteHeader, JSON.stringify(note));
      const message = await nc.request(definition.subject, JSON.stringify(request), { timeout: timeoutMs, headers: head });
      const answer = message.json<CommandAnswer>();
      if (answer.kind !== 'answered') return answer;
      const reply = definition.reply.safeParse(answer.reply);
      return reply.success
        ? { kind: 'answered', reply: reply.data }
        : { kind: 'unavailable', message: `${owner} gave an answer that this version does not understand` };
    } catch (error) {
      const nobody = error instanceof NoRespondersError || (error as Error).cause instanceof NoRespondersError;
      return { kind: 'unavailable', message: nobody ? `${owner} is not running` : `${owner} did not answer in time` };
    }
  }
}
