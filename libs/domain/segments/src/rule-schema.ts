import { z } from 'zod';
import { limits, measures, operators, things, type RuleNode, type SegmentRule } from './rule';

/** Postgres takes no NUL, and half a surrogate pair is no text anywhere. */
const storable = /^[^\0\p{Surrogate}]*$/u;
const text = z.string().max(limits.text).regex(storable, 'has a character that cannot be stored');
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, 'is no name');
const number = z.number().min(-limits.number).max(limits.number);
const days = z.int().min(1).max(limits.days);

export const conditionSchema = z.strictObject({
  field: name,
  is: z.enum(operators),
  value: z.union([text, number, z.tuple([number, number]), z.array(text).max(limits.list)]).optional(),
});
const conditions = z.array(conditionSchema).max(limits.nodes);

const common = { id: name, muted: z.literal(true).optional() };
const [, ...ofField] = measures;

const behaviourSchema = z.strictObject({
  ...common,
  kind: z.literal('behaviour'),
  thing: z.enum(things),
  where: conditions,
  lastDays: days.nullable(),
  measure: z.union([z.strictObject({ take: z.literal('count') }), z.strictObject({ take: z.enum(ofField), field: name })]),
  test: z.union([
    z.strictObject({ is: z.enum(['atLeast', 'atMost', 'moreThan', 'lessThan', 'equals']), value: number }),
    z.strictObject({ is: z.literal('between'), value: z.tuple([number, number]) }),
  ]),
  none: conditions,
});

const groupSchema = z.strictObject({
  ...common,
  kind: z.literal('group'),
  join: z.enum(['all', 'any', 'none']),
  get of(): z.ZodArray<z.ZodType<RuleNode>> {
    return z.array(nodeSchema).max(limits.nodes);
  },
});

export const nodeSchema: z.ZodType<RuleNode> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    groupSchema,
    conditionSchema.extend({ ...common, kind: z.literal('customer') }),
    behaviourSchema,
    z.strictObject({
      ...common,
      kind: z.literal('sequence'),
      first: conditions,
      then: conditions,
      withinMinutes: z.int().min(1).max(limits.minutes),
      lastDays: days.nullable(),
    }),
    z.strictObject({ ...common, kind: z.literal('membership'), segmentId: z.uuid().toLowerCase(), member: z.boolean() }),
  ]),
);

/** The form of a rule document. Whether its fields exist and its values fit them is `checkRule`'s to say; a document from outside goes through `readRule` first. */
export const segmentRuleSchema: z.ZodType<SegmentRule> = z.strictObject({ version: z.literal(1), root: groupSchema });
