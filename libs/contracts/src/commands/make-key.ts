import { z } from 'zod';
import { recordReply } from './command-reply';
import { defineCommand } from './define-command';

/** Lets a write key send events for one source. The owner learns the key's hash, never the key; the id in the reply is derived from it, so asking again changes nothing more. */
export const makeKey = defineCommand({
  name: 'ingestion.makeKey',
  request: z.object({
    source: z.string().min(1).max(100),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    prefix: z.string().min(1).max(20),
    label: z.string().min(1).max(120),
    by: z.string().min(1).max(200),
    at: z.int(),
  }),
  reply: recordReply,
  example: {
    source: 'ivr',
    sha256: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
    prefix: 'wk_4f9Qa',
    label: 'made by hand',
    by: 'Ada Admin',
    at: 1_767_225_600_000,
  },
});
