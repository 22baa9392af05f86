import { z } from 'zod';

/**
 * A value to compute from a record. A string is a template: `{column}` stands for the column (or, in NDJSON, the dotted path), `{@line}` for the record's number;
 * a template that is one placeholder alone keeps the column's own type. Numbers, booleans and null stand for themselves. An object is one of
 * - `{ "of": template, "map"?: name of a value map, "default"?: value, "omit"?: [values that mean absent], "as"?: "integer" | "number" | "boolean" | "json" | "lower" }`
 * - `{ "time": template, "format"?: "yyMMdd H:mm:ss", "zone"?: "UTC" | "+02:00", "omit"?: [..], "after"?: value, "rollover"?: true }`: with `rollover` a time more than
 *   12 hours before `after` is meant to be the next day
 * - `{ "first": [values] }`: the first that is present · `{ "latest": [times] }`: the latest that is present
 * or a plain object or array of values; an element of `identifiers`, `contactLinks`, `issueKeys` or `intents` whose `value` (or `intent`) is absent is left out.
 */
export type MappingValue = string | number | boolean | null | readonly MappingValue[] | { readonly [field: string]: MappingValue };

const value: z.ZodType<MappingValue> = z.lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(value), z.record(z.string(), value)]));

const condition = z.strictObject({
  of: z.string(),
  is: z.array(z.string()).optional(),
  isNot: z.array(z.string()).optional(),
});

/** A small document that turns the records of a file into posted events, without code. */
export const mappingDocumentSchema = z.strictObject({
  name: z.string().min(1).max(100),
  description: z.string().optional(),
  format: z.strictObject({
    kind: z.enum(['csv', 'ndjson', 'lines']),
    delimiter: z.string().length(1).default(','),
    /** Of files without a header line. */
    columns: z.array(z.string()).optional(),
  }),
  /** Zone of local times without one: `UTC` or an offset such as `+02:00`. */
  zone: z
    .string()
    .regex(/^(UTC|[+-]\d\d:\d\d)$/)
    .default('UTC'),
  maps: z.record(z.string(), z.record(z.string(), value)).default({}),
  /** A record that ends before it starts: leave the end out and say so in `attributes.repaired`, or post it as it is, for the source to judge. */
  negativeSpan: z.enum(['repair', 'post']).default('post'),
  events: z
    .array(
      z.strictObject({
        /** All must hold for the record to give this event. `is`: one of these; `isNot`: none of these. */
        when: z.array(condition).default([]),
        fields: z.record(z.string(), value),
      }),
    )
    .min(1),
});
export type MappingDocument = z.infer<typeof mappingDocumentSchema>;
