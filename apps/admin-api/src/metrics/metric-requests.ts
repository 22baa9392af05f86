import { compares, dimensions, isDay, isZone, readRange, type Dimension } from '@throughline/domain-metrics';
import { z } from 'zod';
import type { RowFilters } from './row-conditions';

/** `~` chooses the rows that do not know the dimension. */
const unknown = '~';

/** Values with commas between them, each percent-encoded; a comma in a name is `%2C`. */
const list = z
  .string()
  .min(1)
  .max(4_000)
  .transform((text, context) => {
    try {
      return text.split(',').map(decodeURIComponent);
    } catch {
      context.addIssue({ code: 'custom', message: 'is no list of percent-encoded values' });
      return z.NEVER;
    }
  });
const filter = z
  .union([list, z.array(list).min(1).max(100)])
  .transform((chosen) => chosen.flat())
  .refine(
    (chosen) => chosen.length <= 100 && chosen.every((value) => value !== '' && value.length <= 200 && !value.includes('\u0000')),
    'has at most 100 values of at most 200 characters',
  )
  .optional();
const filters = {
  'f.queue': filter,
  'f.channel': filter,
  'f.intent': filter,
  'f.family': filter,
  'f.agent': filter,
  'f.team': filter,
  'f.site': filter,
  'f.segment': filter,
};

const period = {
  /** `28d`, or two days `2026-10-26..2026-11-22`, both inclusive. */
  range: z
    .string()
    .max(40)
    .refine((text) => readRange(text, '2026-01-01') !== undefined, 'is a number of days such as 28d, or two days such as 2026-10-26..2026-11-22')
    .default('28d'),
  /** The last day of a range that is a number of days. Without it: today, or the last day with contacts where the last weeks have almost none. */
  until: z.string().refine(isDay, 'is a day such as 2026-11-22').optional(),
  compare: z.enum(compares).default('prev'),
  zone: z.string().max(60).refine(isZone, 'is no time zone of the IANA database, such as Europe/Berlin').default('UTC'),
};

export const overviewQuery = z.object({ ...period, ...filters });
export type OverviewQuery = z.infer<typeof overviewQuery>;

export const seriesQuery = overviewQuery;

const by = z.enum(dimensions);
export const breakdownQuery = z.object({
  ...overviewQuery.shape,
  by,
  /** Further metrics for the same slices. */
  with: z
    .string()
    .max(200)
    .default('')
    .transform((text) => (text === '' ? [] : text.split(',')))
    .refine((ids) => ids.length <= 4, 'names at most four metrics'),
});

export const movedQuery = z.object({ ...overviewQuery.shape, by });

const rows = {
  ...overviewQuery.shape,
  /** Only the rows that add to the numerator, or only the others. */
  only: z.enum(['numerator', 'rest']).optional(),
  /** Only the rows of the time bucket that begins at this instant (UTC milliseconds). */
  bucket: z.coerce.number().int().min(0).optional(),
};
/** By `page` for people, or by `cursor` for programs that read all pages. */
export const rowsQuery = z.object({
  ...rows,
  limit: z.coerce.number().int().min(1).max(500).default(50),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  cursor: z.string().max(120).optional(),
});
export const csvQuery = z.object(rows);
export type RowsQuery = z.infer<typeof csvQuery>;

/** The filters of a query in the form that all statements are made from. */
export function filtersOf(query: OverviewQuery): RowFilters {
  return Object.fromEntries(
    dimensions.flatMap((dimension: Dimension) => {
      const list = query[`f.${dimension}`];
      return list === undefined ? [] : [[dimension, list.map((value) => (value === unknown ? null : value))]];
    }),
  );
}
