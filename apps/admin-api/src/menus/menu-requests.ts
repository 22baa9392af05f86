import { optOutReasons } from '@throughline/contracts';
import { z } from 'zod';
import { overviewQuery } from '../metrics/metric-requests';

/** Asked as the numbers are: the same range, zone and filters count the same contacts. */
export const menusQuery = overviewQuery;

export const optOutsQuery = z.object({
  ...overviewQuery.shape,
  /** As the events name it. */
  node: z.string().min(1).max(200),
  /** Only those who left for this reason. */
  reason: z.enum(optOutReasons).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(25),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
