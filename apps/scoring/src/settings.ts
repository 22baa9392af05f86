import { serviceSettings, wholeNumber } from '@throughline/service';
import { z } from 'zod';

export const scoringServiceSettings = serviceSettings.extend({
  /** Each sweep holds a connection while it runs and works on another. */
  POOL_SIZE: wholeNumber.min(2).max(200).default(16),
  /** Customers scored in one transaction, at most. */
  SCORE_CUSTOMERS: wholeNumber.min(1).max(5_000).default(200),
  /** How much less of the processor this process takes than those of the spine when they compete (0: as much, 19: least). */
  SCORE_NICENESS: wholeNumber.min(0).max(19).default(10),
  /** Postgres as `tl_rules`: the role under which the rules of segments run. */
  RULES_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  RULES_TIMEOUT_MS: wholeNumber.min(100).max(60_000).default(5_000),
  RULES_COST_LIMIT: wholeNumber.min(1_000).max(1_000_000_000).default(5_000_000),
});
export type ScoringServiceSettings = z.infer<typeof scoringServiceSettings>;
