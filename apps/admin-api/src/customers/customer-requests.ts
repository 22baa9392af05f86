import { vocabulary } from '@throughline/contracts';
import { z } from 'zod';

const paging = {
  /** Transactions in the answer, the newest first. */
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  cursor: z.string().max(80).optional(),
  /** States are told as of this instant (UTC milliseconds); now where it is absent. */
  asOf: z.coerce.number().int().min(0).optional(),
};

/** What cannot be stored is looked for as it was stored: ingestion puts U+FFFD for NUL. */
const identifierText = z
  .string()
  .min(1)
  .max(500)
  .overwrite((text) => text.replaceAll('\u0000', '\ufffd'));

export const treeQuery = z.object(paging);
export type TreeQuery = z.infer<typeof treeQuery>;

/** By POST, so that no identifier stands in a URL. A text alone is tried as every kind of identifier. */
export const lookupBody = z.strictObject({
  identifier: z.union([
    identifierText.overwrite((text) => text.trim()).refine((text) => text !== '', 'is empty'),
    z.strictObject({ kind: z.enum(vocabulary.identifierKinds), namespace: z.string().max(100).default(''), value: identifierText }),
  ]),
  ...paging,
});

export const recentQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) });

export const recentCustomer = z.object({
  id: z.uuid(),
  /** The one by which people call them, masked where the caller may not see it. */
  identifier: z.object({ kind: z.string(), value: z.string() }).nullable(),
  /** Of the latest contact, with what it was about. */
  at: z.int(),
  channel: z.string().nullable(),
  intent: z.string(),
  family: z.string(),
  frustration: z.int(),
});
export type RecentCustomer = z.infer<typeof recentCustomer>;
