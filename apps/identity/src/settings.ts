import { serviceSettings, wholeNumber } from '@throughline/service';
import { z } from 'zod';

export const identitySettings = serviceSettings.extend({
  /** Events resolved in one transaction, at most. */
  RESOLVE_EVENTS: wholeNumber.min(1).max(20_000).default(2_000),
  /** Events after which sightings and carriers are written together. */
  FLUSH_EVENTS: wholeNumber.min(1).max(1_000_000).default(20_000),
  /** How long a worker that fell silent keeps the others out. */
  LEASE_MS: wholeNumber.min(1_000).max(300_000).default(10_000),
  /** Region that completes phones without country code (ISO 3166-1 alpha-2). */
  DEFAULT_REGION: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US'),
});
export type IdentityServiceSettings = z.infer<typeof identitySettings>;
