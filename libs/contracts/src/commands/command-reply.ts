import { z } from 'zod';

/** `repeated`: the same fact was already recorded. `refused`: an expected "no", in words a user can act on. */
export const recordReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('recorded'), id: z.uuid() }),
  z.object({ kind: z.literal('repeated'), id: z.uuid() }),
  z.object({ kind: z.literal('refused'), reason: z.string() }),
]);
export type RecordReply = z.infer<typeof recordReply>;

/** `repeated`: it was already withdrawn. */
export const withdrawReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('withdrawn'), id: z.uuid() }),
  z.object({ kind: z.literal('repeated'), id: z.uuid() }),
  z.object({ kind: z.literal('notFound') }),
]);
export type WithdrawReply = z.infer<typeof withdrawReply>;
