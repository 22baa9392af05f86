import { dimensions, maturityLevels } from '@throughline/domain-maturity';
import { z } from 'zod';

const dimension = z.enum(dimensions);
const level = z.enum(maturityLevels);
const perDimension = <Value extends z.ZodType>(value: Value) => z.object({ integration: value, insights: value, operations: value });

export const judgedCriterion = z.object({
  id: z.string(),
  dimension,
  level,
  title: z.string(),
  kind: z.enum(['share', 'count', 'attested']),
  standing: z.enum(['met', 'notMet', 'unknown']),
  /** What proves it or what is missing. */
  words: z.string(),
  asOf: z.int().nullable(),
  attestation: z.object({ holds: z.boolean(), by: z.string(), at: z.int(), expiresAt: z.int(), comment: z.string() }).nullable(),
  next: z.string(),
  effort: z.int(),
  effect: z.int(),
});
export const maturityAnswer = z.object({
  asOf: z.int(),
  cells: z.array(z.object({ dimension, level, complete: z.boolean(), reached: z.boolean(), criteria: z.array(judgedCriterion) })),
  reached: perDimension(level.nullable()),
  overall: level.nullable(),
  claimed: perDimension(level.nullable()),
  target: perDimension(level.nullable()),
  contradictions: z.array(z.object({ dimension, claim: z.string(), evidence: z.string() })),
  nextSteps: z.array(judgedCriterion),
  computed: z.int(),
  attested: z.int(),
});
export type MaturityAnswer = z.infer<typeof maturityAnswer>;

export const snapshotAnswer = z.object({
  id: z.uuid(),
  at: z.int(),
  by: z.string(),
  overall: level.nullable(),
  reached: perDimension(level.nullable()),
  met: z.int(),
});
export const snapshotsAnswer = z.object({ snapshots: z.array(snapshotAnswer) });
export type SnapshotsAnswer = z.infer<typeof snapshotsAnswer>;
