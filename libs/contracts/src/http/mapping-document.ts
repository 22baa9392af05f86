import { z } from 'zod';

/**
 * A value to compute from a record. A text is a template: `{column}` stands for the column, `{agent.id}` and `{pages.0.id}` for a path into it (NDJSON, or a column that holds JSON), `{@line}` for the record's number; a template that is one
 * placeholder alone keeps the column's own type, and one whose placeholders are all empty is absent. Numbers, booleans and null stand for themselves. An object is one of
 * - `{ "of": template, "omit"?: [texts that mean absent], "map"?: name of a value map, "default"?: value, "as"?: "integer" | "number" | "boolean" | "json" | "text" | "lower" }`;
 *   a value that the map does not know is the default, or absent
 * - `{ "time": template, "format"?: "iso" | "unix" | "unixMs" | a pattern of yyyy yy MM dd H HH mm ss SSS, "zone"?: "UTC" or "+02:00", "omit"?: [texts], "after"?: value, "rollover"?: true }`;
 *   with `rollover`, a time of day more than twelve hours before `after` is meant to be on the next day
 * - `{ "plus": [time, milliseconds] }`, `{ "first": [values] }` (the first that is present), `{ "latest": [times] }`, `{ "digest": template }` (a short id of a long text)
 * or else a plain object or list of values. An element of `identifiers`, `contactLinks` and `issueKeys` without `value`, and of `intents` without `intent`, is left out.
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
    /** Of `csv` and `lines`. `lines` has no quoting. */
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
