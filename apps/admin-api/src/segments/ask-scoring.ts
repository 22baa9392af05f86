import { Injectable } from '@nestjs/common';
import type { AuditNote, CommandDefinition, SegmentDraft } from '@throughline/contracts';
import { CommandClient } from '@throughline/messaging';
import { Problem } from '@throughline/service';

type Reply =
  | { readonly kind: 'refused'; readonly reason: string; readonly problems?: readonly { readonly nodeId: string | null; readonly words: string }[] | undefined }
  | { readonly kind: 'conflict'; readonly theirs: SegmentDraft }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'busy' }
  | { readonly kind: string };

/** What remains once every expected "no" has been answered. */
export type Agreed<Given extends { readonly kind: string }> = Exclude<Given, { kind: 'refused' | 'conflict' | 'notFound' | 'busy' }>;

/** Asks scoring, which owns segments. An expected "no" becomes a problem that says what to do; a conflict carries the other side's draft. */
@Injectable()
export class AskScoring {
  constructor(private readonly commands: CommandClient) {}

  async ask<Request, Given extends Reply>(definition: CommandDefinition<Request, Given>, request: Request, note?: AuditNote): Promise<Agreed<Given>> {
    const result = await this.commands.ask(definition, request, note);
    if (result.kind === 'invalid') throw new Problem(400, 'The request is not as it should be', result.message);
    if (result.kind === 'unavailable') throw new Problem(503, 'Not available at the moment', result.message, { retryAfterSeconds: 2 });
    const reply: Reply = result.reply;
    if (isOf(reply, 'refused')) {
      const errors = (reply.problems ?? []).map(({ nodeId, words }) => ({ pointer: nodeId ?? '', detail: words }));
      throw new Problem(409, 'That is not possible', reply.reason, errors.length === 0 ? {} : { errors });
    }
    if (isOf(reply, 'conflict')) {
      const { by, revision } = reply.theirs;
      throw new Problem(409, 'Somebody else has changed it meanwhile', `Revision ${revision} is by ${by}. Nothing of yours was saved.`, {
        errors: [{ pointer: 'theirs', detail: `Revision ${revision} by ${by}`, theirs: reply.theirs }],
      });
    }
    if (reply.kind === 'notFound') throw new Problem(404, 'There is no such segment');
    if (reply.kind === 'busy') throw new Problem(429, 'Four counts are running', 'Please ask again in a moment.', { retryAfterSeconds: 1 });
    return result.reply as Agreed<Given>;
  }
}

const isOf = <Kind extends 'refused' | 'conflict'>(reply: Reply, kind: Kind): reply is Extract<Reply, { kind: Kind }> => reply.kind === kind;
