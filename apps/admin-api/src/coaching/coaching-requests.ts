import { coachingMetrics, comparisonSchema, planDeedSchema, planEvidenceSchema, planExerciseSchema, planGoalSchema } from '@throughline/contracts';
import { z } from 'zod';

export const opportunitiesQuery = z.object({
  /** Days of contacts that are looked at, back from the newest. */
  days: z.coerce.number().int().min(7).max(400).default(90),
});

export const plansQuery = z.object({
  state: z.enum(['draft', 'agreed', 'practising', 'remeasureDue', 'closed']).optional(),
  agent: z.string().max(200).optional(),
});

export const evidenceQuery = z.object({ metric: z.enum(coachingMetrics), days: z.coerce.number().int().min(7).max(400).default(90) });

/** A draft as people write it: who coaches, and where the agent stands, the server knows. */
export const draftBody = z.strictObject({
  /** Given by a client that may have to ask twice. */
  id: z.uuid().optional(),
  agent: z.string().trim().min(1).max(200),
  group: z.string().trim().min(1).max(100).nullable().default(null),
  pickedBecauseLow: z.boolean().default(false),
  comparison: comparisonSchema.default({ kind: 'matched' }),
  since: z.int().nullable().default(null),
  goal: planGoalSchema.omit({ baseline: true }),
  evidence: z.array(planEvidenceSchema).max(20).default([]),
  exercises: z.array(planExerciseSchema).max(20).default([]),
  remeasureAt: z.int(),
});

const deeds = planDeedSchema.options.filter(({ shape }) => !['drafted', 'closed'].includes(shape.kind.value));
/** Of a closing only the note is asked: the verdict is computed. */
const closing = z.strictObject({ kind: z.literal('closed'), note: z.string().trim().max(2000).default('') });

export const stepBody = z.strictObject({
  id: z.uuid().optional(),
  /** How many steps of the plan the author had seen. */
  after: z.int().min(1),
  deed: z.discriminatedUnion('kind', [closing, ...deeds]),
});

export const drawBody = z.strictObject({ agents: z.array(z.string().trim().min(1).max(200)).min(4).max(200), now: z.int().min(1) });
