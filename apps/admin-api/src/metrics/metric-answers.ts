import { buckets, dimensions, directions, inks, rowKinds, units } from '@throughline/domain-metrics';
import { z } from 'zod';

/** A number as people read it: percent and NPS in points, means in their own unit. */
export const figure = z.object({
  /** Null where nothing counts, where too few answers stand behind it, or where the metric cannot be asked so. */
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** How many decimals the interval supports. */
  decimals: z.int(),
  numerator: z.number().nullable(),
  n: z.int(),
  customers: z.int(),
  /** Fewer than thirty rows. */
  isSmall: z.boolean(),
  /** Fewer answers than may be shown when cut or filtered. */
  isSuppressed: z.boolean(),
  /** Why there is no number, in words. */
  absent: z.string().nullable(),
});
export type Figure = z.infer<typeof figure>;

export const change = z.object({
  direction: z.enum(directions),
  words: z.string(),
  difference: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
});

const period = z.object({ from: z.int(), until: z.int(), firstDay: z.string(), lastDay: z.string(), days: z.int() });

/** What was asked, resolved: the same for every answer of one question. */
export const asked = z.object({
  range: z.string(),
  period,
  compared: z.object({ ...period.shape, words: z.string() }).nullable(),
  zone: z.string(),
  filters: z.record(z.string(), z.array(z.string().nullable())),
  /** What the chosen agents, teams and segments are called: by dimension, then by id. An id that has no name stands for itself. */
  names: z.record(z.string(), z.record(z.string(), z.string())),
  /** The agents whose rows are counted; null for all. */
  agents: z.int().nullable(),
  asOf: z.int(),
});
export type AskedAnswer = z.infer<typeof asked>;

export const definition = z.object({
  id: z.string(),
  version: z.int(),
  title: z.string(),
  unit: z.enum(units),
  of: z.string(),
  ink: z.enum(inks),
  better: z.enum(['higher', 'lower']),
  row: z.enum(rowKinds),
  formula: z.string(),
  numerator: z.string(),
  denominator: z.string(),
  exclusions: z.array(z.string()),
  minimumN: z.int(),
  notBy: z.array(z.enum(dimensions)),
});
export const registryAnswer = z.object({ metrics: z.array(definition), tiles: z.array(z.string()), dimensions: z.array(z.enum(dimensions)) });

export const freshness = z.object({
  /** Everything that was accepted before this instant is counted. */
  completeThrough: z.int(),
  /** Customers whose newest events are not counted yet. */
  behind: z.int(),
  /** When the newest contact began; null where there is none. */
  newestContactAt: z.int().nullable(),
});

const bar = z.object({ start: z.int(), until: z.int(), figure, isComplete: z.boolean() });
const sparkPoint = z.object({ start: z.int(), value: z.number().nullable(), n: z.int() });

export const tile = z.object({
  metric: z.string(),
  now: figure,
  before: figure.nullable(),
  change: change.nullable(),
  spark: z.object({ bucket: z.enum(buckets), points: z.array(sparkPoint) }),
});
export const overviewAnswer = z.object({ asked, freshness, tiles: z.array(tile) });
export type OverviewAnswer = z.infer<typeof overviewAnswer>;

export const seriesAnswer = z.object({ asked, metric: z.string(), bucket: z.enum(buckets), now: z.array(bar), before: z.array(bar) });
export type SeriesAnswer = z.infer<typeof seriesAnswer>;

const slice = z.object({
  /** The value to filter by; null for the rows that do not know. */
  slice: z.string().nullable(),
  label: z.string(),
  figure,
  before: figure.nullable(),
  change: change.nullable(),
  with: z.record(z.string(), figure),
});
export const breakdownAnswer = z.object({
  asked,
  metric: z.string(),
  by: z.enum(dimensions),
  total: figure,
  slices: z.array(slice),
  /** Slices beyond the two hundred with most rows. */
  leftOut: z.int(),
});
export type BreakdownAnswer = z.infer<typeof breakdownAnswer>;

const contribution = z.object({ slice: z.string().nullable(), label: z.string(), mix: z.number(), rate: z.number(), total: z.number(), n: z.int() });
export const movedAnswer = z.object({
  asked,
  metric: z.string(),
  by: z.enum(dimensions),
  /** In points or in the metric's unit: mix + rate; null where one of the periods has no rows. */
  change: z.number().nullable(),
  mix: z.number(),
  rate: z.number(),
  slices: z.array(contribution),
});
export type MovedAnswer = z.infer<typeof movedAnswer>;

export const countedRow = z.object({
  customerId: z.uuid(),
  /** The node or event that the row is; null for a customer. */
  node: z.string().nullable(),
  at: z.int(),
  /** What it adds to the numerator. */
  value: z.number(),
  queue: z.string().nullable(),
  channel: z.string().nullable(),
  intent: z.string().nullable(),
  family: z.string().nullable(),
  agent: z.string().nullable(),
  site: z.string().nullable(),
});
export type CountedRow = z.infer<typeof countedRow>;
export const rowsAnswer = z.object({
  asked,
  metric: z.string(),
  total: z.int(),
  sum: z.number(),
  rows: z.array(countedRow),
  /** The names of their agents, by id, where the directory has them. */
  agents: z.record(z.string(), z.string()),
  /** Where the next page goes on; null on the last. */
  cursor: z.string().nullable(),
  /** The answers are too few to be shown one by one. */
  isSuppressed: z.boolean(),
});
export type RowsAnswer = z.infer<typeof rowsAnswer>;
