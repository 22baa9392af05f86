import { z } from 'zod';
import { channels, families, systems } from '../event/vocabulary';
import type { HierarchySettings } from './hierarchy-settings';

const day = 86_400_000;
const span = z
  .int()
  .min(0)
  .max(4000 * day);

/** Checks hierarchy settings as a person posts them; times in milliseconds. */
export const hierarchySettingsSchema: z.ZodType<HierarchySettings> = z.strictObject({
  version: z.int().min(1).max(1_000_000_000),
  keyReuseMs: span,
  transactionGapMs: z.record(z.enum(systems), span),
  openForMs: span,
  interactionGapMs: z.strictObject({ standard: span, withAsynchronous: span, betweenMessaging: span, asynchronous: z.array(z.enum(channels)) }),
  agentItemMs: span,
  minimumIntentConfidence: z.int().min(0).max(1000),
  borrowMs: span,
  repeatAfterFailureMs: span,
  keySilenceMs: span,
  families: z.record(z.enum(families), z.strictObject({ windowMs: span, reopenMs: span, differentKeys: z.enum(['together', 'separate']) })),
});
