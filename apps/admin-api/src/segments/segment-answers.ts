import { z } from 'zod';

const instant = z.int();
const rule = z.unknown();

/** How far a working out for everybody is; `finishedAt` null while it runs, `failure` where it could not be done. */
const runAnswer = z.object({
  version: z.int(),
  cause: z.enum(['published', 'time']),
  startedAt: instant,
  done: z.int(),
  total: z.int(),
  finishedAt: instant.nullable(),
  failure: z.string().nullable(),
});

/** A publication that waits for a second person. */
const waitingAnswer = z.object({
  revision: z.int(),
  by: z.string(),
  /** Whether it is the caller who asked: somebody else must agree. */
  isMine: z.boolean(),
  note: z.string(),
  reason: z.string(),
  sizeBefore: z.int(),
  sizeAfter: z.int(),
  at: instant,
});

const common = {
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  /** In force; null where nothing was published yet. */
  version: z.int().nullable(),
  /** People in it now. */
  size: z.int(),
  joined7d: z.int(),
  left7d: z.int(),
  /** The rule in force as a sentence, or that of the draft where none is. */
  sentence: z.string(),
  draft: z.object({ revision: z.int(), by: z.string(), at: instant, differs: z.boolean() }),
  waiting: waitingAnswer.nullable(),
  run: runAnswer.nullable(),
  retiredAt: instant.nullable(),
};
export const segmentEntry = z.object(common);
export const segmentsAnswer = z.object({
  segments: z.array(segmentEntry),
  /** Known customers, of whom each segment is a share. */
  customers: z.int(),
});
export const segmentAnswer = z.object({ ...common, rule, draftRule: rule, names: z.record(z.string(), z.string()), customers: z.int() });
export type SegmentEntry = z.infer<typeof segmentEntry>;
export type SegmentAnswer = z.infer<typeof segmentAnswer>;

export const savedAnswer = z.object({ id: z.uuid(), revision: z.int() });
export const publishedAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('published'), version: z.int(), size: z.int() }),
  z.object({ kind: z.literal('waits'), reason: z.string(), sizeBefore: z.int(), sizeAfter: z.int() }),
]);
export const previewAnswer = z.object({
  size: z.int(),
  low: z.int(),
  high: z.int(),
  sample: z.int(),
  of: z.int(),
  isExact: z.boolean(),
  leaves: z.array(z.object({ id: z.string(), held: z.int() })),
  ms: z.number(),
});

export const versionsAnswer = z.object({
  versions: z.array(
    z.object({
      version: z.int(),
      note: z.string(),
      publishedBy: z.string(),
      approvedBy: z.string().nullable(),
      publishedAt: instant,
      sizeBefore: z.int(),
      sizeAfter: z.int(),
      rule,
      sentence: z.string(),
      /** What changed from the version before, in words; empty of the first. */
      changes: z.array(z.string()),
    }),
  ),
});

/** `held` is null of what does not count. */
export interface ExplanationAnswer {
  readonly id: string;
  readonly kind: string;
  readonly held: boolean | null;
  readonly asks: string;
  readonly found: string | null;
  readonly of: readonly ExplanationAnswer[];
}
export const explanationAnswer: z.ZodType<ExplanationAnswer> = z.object({
  id: z.string(),
  kind: z.string(),
  held: z.boolean().nullable(),
  asks: z.string(),
  found: z.string().nullable(),
  get of(): z.ZodArray<z.ZodType<ExplanationAnswer>> {
    return z.array(explanationAnswer);
  },
});
export const whyAnswer = z.object({
  customerId: z.uuid(),
  /** Whether the customer is in it, as it was last worked out; the explanation is of this moment. */
  isMember: z.boolean(),
  since: instant.nullable(),
  asOf: instant,
  explanation: z.object({
    id: z.string(),
    kind: z.string(),
    held: z.boolean().nullable(),
    asks: z.string(),
    found: z.string().nullable(),
    of: z.array(z.unknown()),
  }),
});

export const membersAnswer = z.object({
  /** Those whom the caller may see. */
  /** `name`: the identifier by which people call the customer, masked without the right to reveal it. */
  members: z.array(z.object({ customerId: z.uuid(), name: z.string().nullable(), since: instant, version: z.int(), because: z.array(z.string()) })),
  total: z.int(),
  /** Whether everybody in it is within the caller's reach. */
  isWhole: z.boolean(),
});

/** What rules ask about one customer; the browser tells a rule by it with the very function the server uses. */
export const factsAnswer = z.object({ customerId: z.uuid(), asOf: instant, facts: z.unknown() });

export const valuesAnswer = z.object({ values: z.array(z.object({ value: z.string(), count: z.int() })) });
