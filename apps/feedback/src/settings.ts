import { proxiesHere, serviceSettings, trustedProxies, wholeNumber } from '@throughline/service';
import { z } from 'zod';

export const feedbackSettings = serviceSettings.extend({
  /** Where the public survey page answers. */
  PORT: wholeNumber.min(0).max(65_535),
  /** What customers' browsers reach: the first part of a survey's link. */
  PUBLIC_URL: z.url(),
  /** Where events are posted, and the write key of the source `throughline-survey`. */
  INGEST_URL: z.url(),
  SURVEY_WRITE_KEY: z.string().min(16),
  /** `smtp://user:password@host:port` or `smtps://…`. Without it no invitation is sent by mail; links can still be handed out. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.email().default('feedback@localhost.localdomain'),
  /** Whose `X-Forwarded-For` is believed: that of ingestion, which forwards the survey pages. */
  TRUSTED_PROXIES: trustedProxies.prefault(proxiesHere),
});
export type FeedbackSettings = z.infer<typeof feedbackSettings>;
