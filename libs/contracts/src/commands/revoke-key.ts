import { z } from 'zod';
import { withdrawReply } from './command-reply';
import { defineCommand } from './define-command';

/** Ends a write key at an instant, now or later. A key that ends already keeps the earlier of the two ends. */
export const revokeKey = defineCommand({
  name: 'ingestion.revokeKey',
  request: z.object({ keyId: z.uuid(), at: z.int(), by: z.string().min(1).max(200) }),
  reply: withdrawReply,
  example: { keyId: 'b5bb9d80-14a0-89b1-861e-21e796d78dcc', at: 1_767_225_600_000, by: 'Ada Admin' },
});
