import { z } from 'zod';
import { identifierKinds } from '../event/vocabulary';

/** An identifier as a person writes it in a decision; normalised like any other. */
export const identifierRef = z.object({ kind: z.enum(identifierKinds), namespace: z.string().max(100).default(''), value: z.string().min(1).max(500) });
export type IdentifierRef = z.infer<typeof identifierRef>;

/**
 * A person's word on identity, as a fact. On one pair the latest stands.
 * - `same`, `different`: the two values do, or do not, belong to one customer.
 * - `assign`: from `from` until `to` (absent = for good) the value is this customer's.
 * - `household`: the two belong together in one view; nothing is merged.
 */
export const decisionSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('same'), a: identifierRef, b: identifierRef }),
    z.object({ kind: z.literal('different'), a: identifierRef, b: identifierRef }),
    z.object({ kind: z.literal('assign'), value: identifierRef, to: identifierRef, from: z.int(), until: z.int().optional() }),
    z.object({ kind: z.literal('household'), a: identifierRef, b: identifierRef }),
  ])
  .and(z.object({ id: z.uuid(), at: z.int(), by: z.string().min(1).max(200), reason: z.string().max(1000).optional() }));
export type Decision = z.infer<typeof decisionSchema>;
