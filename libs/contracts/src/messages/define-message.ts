import { z } from 'zod';

export interface MessageDefinition<Payload> {
  /** Noun and past participle, e.g. `customer.changed`. */
  readonly name: string;
  readonly version: number;
  /** The one service that publishes it. */
  readonly owner: string;
  /** `tl.<name>`, with `.v<version>` from version 2 on. Nobody else writes a subject. */
  readonly subject: string;
  readonly payload: z.ZodType<Payload>;
  readonly example: Payload;
}

/** Defines a message once. Payloads carry ids only: no rows, names, addresses or text. */
export function defineMessage<Payload>(message: {
  name: string;
  version: number;
  owner: string;
  payload: z.ZodType<Payload>;
  example: Payload;
}): MessageDefinition<Payload> {
  const subject = `tl.${message.name}${message.version > 1 ? `.v${message.version}` : ''}`;
  return { ...message, subject };
}
