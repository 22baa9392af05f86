import { z } from 'zod';
import { identifierKinds } from '../event/vocabulary';

/** What the house knows of one configured system that sends events. Every field has a default; `name` alone is a valid source. */
export const sourceSettingsSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dot, dash and underscore; at most 64'),
  /** Menu nodes whose keys may be kept. `*` = every prompt of this source is a menu. All other keyed digits are masked. */
  menuNodes: z.array(z.string().max(200)).default([]),
  /**
   * What a Segment-like `userId`, a PostHog `distinct_id` or a CloudEvents `subject` names. Default `login` in the common namespace: it links the person across
   * sources that use the same ids, ties an anonymous id to the user through the cookie alone, so that two users of one browser stay apart, and leaves the customer
   * number, of which a customer may have one only, to sources that say so.
   */
  userId: z
    .strictObject({ kind: z.enum(identifierKinds).default('login'), namespace: z.string().max(100).default('') })
    .default({ kind: 'login', namespace: '' }),
  /** A record that ends before it starts: keep it aside, or drop the end and say so in `attributes.repaired`. */
  negativeSpan: z.enum(['quarantine', 'repair']).default('quarantine'),
  /** An older event is quarantined `too_old`: its key may have been trimmed, so it could be accepted twice. */
  horizonDays: z.int().min(1).max(36_525).default(14_610),
  /** Segment clients expect `lenient` (200 with `success`); `honest` answers 400 where an item was refused. */
  answers: z.enum(['lenient', 'honest']).default('lenient'),
  /** Events a second, and the burst above it. */
  ratePerSecond: z.int().min(1).default(500),
  burst: z.int().min(1).default(5_000),
});
export type SourceSettings = z.infer<typeof sourceSettingsSchema>;

/** One entry of the setting `BOOTSTRAP_SOURCES`: a source and the SHA-256 (hex) of its write keys. Keys themselves are never stored. */
export const bootstrapSourceSchema = sourceSettingsSchema.extend({
  writeKeys: z.array(z.strictObject({ prefix: z.string().min(4).max(16), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).default([]),
});
export type BootstrapSource = z.infer<typeof bootstrapSourceSchema>;
