import type { AuditNote, CommandDefinition } from '@throughline/contracts';
import type { CommandClient } from '@throughline/messaging';
import { Problem } from '@throughline/service';

type Refusable = { readonly kind: string; readonly reason?: string };

/** Forwards a command to the service that owns it. An expected "no" is 409, an unknown fact 404, an owner that is away 503: the same request, with the same id, may be sent again. */
export async function askOwner<Request, Reply extends Refusable>(
  commands: CommandClient,
  definition: CommandDefinition<Request, Reply>,
  request: Request,
  note?: AuditNote,
): Promise<Reply> {
  const result = await commands.ask(definition, request, note);
  if (result.kind === 'invalid') throw new Problem(400, 'The request is not as it should be', result.message);
  if (result.kind === 'unavailable') throw new Problem(503, 'Not available at the moment', result.message, { retryAfterSeconds: 2 });
  const { reply } = result;
  if (reply.kind === 'refused') throw new Problem(409, 'That is not possible', reply.reason);
  if (reply.kind === 'notFound') throw new Problem(404, 'There is nothing with this id', 'It may have been withdrawn by another id, or never recorded.');
  return reply;
}
