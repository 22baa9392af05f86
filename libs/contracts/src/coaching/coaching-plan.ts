import { z } from 'zod';

/** What coaching can be measured by: metrics of the registry (`libs/domain/metrics`) whose rows know the agent. */
export const coachingMetrics = ['empathy', 'empathy.topBox', 'csat', 'contact.repeat', 'frustration'] as const;
export type CoachingMetric = (typeof coachingMetrics)[number];

/** How a plan ended. The first four are what the effect says; only `withdrawn` is a person's choice. */
export const planResults = ['worked', 'worse', 'noClearEffect', 'tooFew', 'withdrawn'] as const;
export type PlanResult = (typeof planResults)[number];

const text = (most: number) => z.string().trim().min(1).max(most);

/** One behaviour, and the number that should move with it. */
export const planGoalSchema = z.strictObject({
  behaviour: text(300),
  metric: z.enum(coachingMetrics),
  /** The agent's value when the plan was written, in the metric's unit; null where nothing was rated yet. */
  baseline: z.number().nullable(),
  target: z.number(),
});
export type PlanGoal = z.infer<typeof planGoalSchema>;

/** A contact that shows the behaviour: the anchor event of its interaction. */
export const planEvidenceSchema = z.strictObject({ contact: z.uuid(), note: z.string().trim().max(500).default('') });
export type PlanEvidence = z.infer<typeof planEvidenceSchema>;

export const planExerciseSchema = z.strictObject({ id: text(40), text: text(500) });
export type PlanExercise = z.infer<typeof planExerciseSchema>;

/** Whom the coached are compared with: agents like them, or those who wait for the same coaching, drawn by lot. */
export const comparisonSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('matched') }),
  z.strictObject({ kind: z.literal('waitingList'), waiting: z.array(text(200)).min(3).max(200) }),
]);
export type Comparison = z.infer<typeof comparisonSchema>;

const draft = {
  goal: planGoalSchema,
  evidence: z.array(planEvidenceSchema).max(20),
  exercises: z.array(planExerciseSchema).max(20),
  remeasureAt: z.int(),
};

/** What the verdict on a plan rested on when it was closed. In the metric's unit; null where there were too few contacts. */
export const planEffectSchema = z.strictObject({
  verdict: z.enum(['worked', 'worse', 'noClearEffect', 'tooFew']),
  effect: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  naiveChange: z.number().nullable(),
  coachedAgents: z.int().min(0),
  controlAgents: z.int().min(0),
  contacts: z.int().min(0),
  measuredAt: z.int(),
});
export type PlanEffect = z.infer<typeof planEffectSchema>;

/** What happens to a plan. A plan is the fold of its steps, and nothing else. */
export const planDeedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('drafted'),
    agent: text(200),
    coach: text(200),
    /** Plans with one group name are measured together; null: alone. The agent does not see it. */
    group: text(100).nullable(),
    /** The agent was chosen because the number was low: what is low by chance rises by itself. */
    pickedBecauseLow: z.boolean(),
    comparison: comparisonSchema,
    /** When the practice began, where it did before anybody wrote it down here; null: it begins when it is started. */
    since: z.int().nullable().default(null),
    ...draft,
  }),
  z.strictObject({ kind: z.literal('changed'), ...draft }),
  z.strictObject({ kind: z.literal('agreed') }),
  z.strictObject({ kind: z.literal('started') }),
  z.strictObject({ kind: z.literal('practised'), exercise: text(40), note: z.string().trim().max(1000).default('') }),
  z.strictObject({ kind: z.literal('noted'), note: text(2000) }),
  z.strictObject({ kind: z.literal('postponed'), remeasureAt: z.int(), reason: text(500) }),
  z.strictObject({ kind: z.literal('reassigned'), coach: text(200) }),
  z.strictObject({ kind: z.literal('closed'), effect: planEffectSchema, note: z.string().trim().max(2000).default('') }),
  z.strictObject({ kind: z.literal('withdrawn'), reason: text(500) }),
  z.strictObject({ kind: z.literal('reopened'), reason: text(500), remeasureAt: z.int() }),
]);
export type PlanDeed = z.infer<typeof planDeedSchema>;

/** A step: a deed with its author and instant. `id` makes it safe to ask twice. */
export const planStepSchema = z.strictObject({ id: z.uuid(), at: z.int(), by: text(200), deed: planDeedSchema });
export type PlanStep = z.infer<typeof planStepSchema>;
