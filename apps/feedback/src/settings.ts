import { serviceSettings, wholeNumber } from '@throughline/service';
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
  /** Addresses of proxies whose `X-Forwarded-For` is believed, separated by commas. */
  TRUSTED_PROXIES: z
    .string()
    .default('127.0.0.1,::1,::ffff:127.0.0.1')
    .transform((text) => text.split(',').map((address) => address.trim())),
});
export type FeedbackSettings = z.infer<typeof feedbackSettings>;
