import { z } from 'zod';

export interface CommandDefinition<Request, Reply> {
  /** `<owner>.<verb>`: who answers, and what it is asked to do. */
  readonly name: string;
  /** `tl.command.<name>`: the subject of the request/reply over core NATS. Nobody else writes it. */
  readonly subject: string;
  readonly request: z.ZodType<Request>;
  readonly reply: z.ZodType<Reply>;
  readonly example: Request;
}

/** Defines a command once. It is answered when its effect is committed; asking again with the same id changes nothing more. */
export function defineCommand<Request, Reply>(command: {
  name: string;
  request: z.ZodType<Request>;
  reply: z.ZodType<Reply>;
  example: Request;
}): CommandDefinition<Request, Reply> {
  return { ...command, subject: `tl.command.${command.name}` };
}
