import { bootstrapSourceSchema } from '@throughline/contracts';
import { parseSettings, proxiesHere, serviceSettings, trustedProxies, wholeNumber } from '@throughline/service';
import { z } from 'zod';

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'it is not valid JSON' });
    return z.NEVER;
  }
});

export const ingestionSettings = serviceSettings.extend({
  PORT: wholeNumber.min(0).max(65_535).default(7700),
  /** SHA-256 (hex) of the bearer token for quarantine and replay. Without it those routes answer 401 to everybody. */
  ADMIN_TOKEN_HASH: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** JSON list of sources with the hashes of their write keys, made or updated at each start. */
  BOOTSTRAP_SOURCES: json.pipe(z.array(bootstrapSourceSchema)).default([]),
  /** Where admin-api answers: its paths are forwarded, so that one address serves both. */
  ADMIN_API_URL: z.url().optional(),
  /** Where feedback answers: the public survey pages are forwarded to it. */
  FEEDBACK_URL: z.url().optional(),
  /** Of the proxies in front: whose `X-Forwarded-For` is believed. Feedback's limits count by the address that it is told. */
  TRUSTED_PROXIES: trustedProxies.prefault(proxiesHere),
  /** Transactions at a time on the accept path. */
  ACCEPT_WRITERS: wholeNumber.min(1).max(16).default(2),
  /** New events are refused with 503 while a message has waited this long for the broker. */
  SHED_OUTBOX_SECONDS: wholeNumber.min(5).default(60),
  /** New events are refused with 503 while an event has waited this long for its owner, or a customer for the hierarchy. */
  SHED_BACKLOG_SECONDS: wholeNumber.min(5).default(600),
  /** The folder of Postgres' data, where it is on this machine: new events are refused with 503 while its disk has less than 15 % and less than 5 GiB of room. */
  DATA_DIR: z.string().optional(),
});
export type IngestionSettings = z.infer<typeof ingestionSettings>;

export const readSettings = (): IngestionSettings => parseSettings(ingestionSettings);
