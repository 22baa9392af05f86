import { limits, things } from '@throughline/domain-segments';
import { z } from 'zod';

/** A rule is read by `libs/domain/segments`, here and at its owner: the schema of the document says its form, these only that there is one. */
const rule = z.looseObject({ version: z.literal(1) });
const name = z.string().trim().min(1).max(120);
const description = z.string().trim().max(2_000).default('');
/** The revision that was changed; the header If-Match says the same. */
const basedOn = z.int().min(1).optional();

export const newSegmentBody = z.strictObject({ id: z.uuid().optional(), name, description, rule });
export const draftBody = z.strictObject({ name, description, rule, basedOn });
export const publishBody = z.strictObject({ note: z.string().trim().min(3).max(1_000), basedOn });
export const restoreBody = z.strictObject({ version: z.int().min(1), basedOn });
export const retireBody = z.strictObject({ retired: z.boolean() });
export const previewBody = z.strictObject({ segmentId: z.uuid().optional(), rule, exact: z.boolean().default(false) });

export const listQuery = z.object({ retired: z.stringbool().default(false) });
export const membersQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export const valuesQuery = z.object({
  thing: z.enum(['customer', ...things]),
  field: z.string().min(1).max(40),
  search: z.string().max(limits.text).default(''),
});
