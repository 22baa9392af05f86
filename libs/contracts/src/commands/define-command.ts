import { z } from 'zod';

export interface CommandDefinition<Request, Reply> {
  /** A verb: what the owner is asked to do. */
  readonly name: string;
  /** The one service that answers. */
  readonly owner: string;
  /** `tl.command.<owner>.<name>`: the pattern of Nest's request/reply over core NATS. Nobody else writes it. */
  readonly pattern: string;
  readonly request: z.ZodType<Request>;
  readonly reply: z.ZodType<Reply>;
}

/** Defines a command once. It is answered when its effect is committed; asking again with the same id changes nothing more. */
export function defineCommand<Request, Reply>(command: {
  name: string;
  owner: string;
  request: z.ZodType<Request>;
  reply: z.ZodType<Reply>;
}): CommandDefinition<Request, Reply> {
  return { ...command, pattern: `tl.command.${command.owner}.${command.name}` };
}
