import { serviceSettings, wholeNumber } from '@throughline/service';
import type { z } from 'zod';

export const sessionizationSettings = serviceSettings.extend({
  /** Customers built in one transaction, at most. */
  BUILD_CUSTOMERS: wholeNumber.min(1).max(5_000).default(400),
  /** Events loaded in one transaction, at most; a customer with more goes alone. */
  BUILD_EVENTS: wholeNumber.min(1).max(1_000_000).default(20_000),
});
export type SessionizationSettings = z.infer<typeof sessionizationSettings>;
