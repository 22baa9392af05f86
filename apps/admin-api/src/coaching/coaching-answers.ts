import { coachingMetrics, comparisonSchema, planEffectSchema, planEvidenceSchema, planGoalSchema, planResults } from '@throughline/contracts';
import { inks, units } from '@throughline/domain-metrics';
import { z } from 'zod';

const metric = z.enum(coachingMetrics);
const state = z.enum(['draft', 'agreed', 'practising', 'remeasureDue', 'closed']);

export const metricReading = z.object({
  metric,
  title: z.string(),
  unit: z.enum(units),
  of: z.string(),
  ink: z.enum(inks),
  better: z.enum(['higher', 'lower']),
});
const agentName = z.object({ agent: z.string(), name: z.string(), team: z.string().nullable() });

export const opportunity = z.object({
  agent: z.string(),
  metric,
  n: z.int(),
  own: z.number().nullable(),
  pooled: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  gap: z.number(),
  weight: z.number(),
  hollow: z.boolean(),
  clear: z.boolean(),
});
export const opportunitiesAnswer = z.object({
  from: z.int(),
  until: z.int(),
  /** Fewer contacts than this are drawn hollow. */
  least: z.int(),
  metrics: z.array(metricReading),
  agents: z.array(agentName),
  /** The clearest and heaviest first. */
  opportunities: z.array(opportunity),
});
export type OpportunitiesAnswer = z.infer<typeof opportunitiesAnswer>;

export const evidenceContact = z.object({
  /** An event of the contact: the anchor, or what the answer was about. */
  contact: z.uuid(),
  customerId: z.uuid(),
  at: z.int(),
  /** In the metric's unit. */
  value: z.number(),
  intent: z.string(),
  channel: z.string().nullable(),
});
export const evidenceAnswer = z.object({ contacts: z.array(evidenceContact) });
export type EvidenceAnswer = z.infer<typeof evidenceAnswer>;

export const planRow = z.object({
  id: z.uuid(),
  agent: z.string(),
  agentName: z.string(),
  team: z.string().nullable(),
  coach: z.string(),
  state,
  result: z.enum(planResults).nullable(),
  goal: planGoalSchema,
  /** Null to the coached agent. */
  group: z.string().nullable(),
  startedAt: z.int().nullable(),
  remeasureAt: z.int(),
  closedAt: z.int().nullable(),
  exercisesDone: z.int(),
  exercises: z.int(),
});
export const plansAnswer = z.object({ plans: z.array(planRow), metrics: z.array(metricReading) });
export type PlansAnswer = z.infer<typeof plansAnswer>;

export const planAnswer = planRow.omit({ exercises: true }).extend({
  metric: metricReading,
  exercises: z.array(z.object({ id: z.string(), text: z.string(), doneAt: z.int().nullable() })),
  /** With what is known of each contact now; null where later events made it part of another. */
  evidence: z.array(planEvidenceSchema.extend({ at: z.int().nullable(), intent: z.string().nullable(), channel: z.string().nullable() })),
  draftedAt: z.int(),
  since: z.int().nullable(),
  effect: planEffectSchema.nullable(),
  /** How many steps the plan has: the next one names this number. */
  steps: z.int(),
  /** The caller is the coached agent, who does not see what follows. */
  own: z.boolean(),
  pickedBecauseLow: z.boolean().nullable(),
  comparison: comparisonSchema.nullable(),
  history: z.array(z.object({ id: z.uuid(), at: z.int(), by: z.string(), kind: z.string(), words: z.string() })),
});
export type PlanAnswer = z.infer<typeof planAnswer>;

const span = z.object({ from: z.int(), to: z.int() });
const cell = z.object({ mean: z.number(), error: z.number() });
const cells = [
  'coachedBefore',
  'coachedAfter',
  'othersBefore',
  'othersAfter',
  'differenceBefore',
  'differenceAfter',
  'changeCoached',
  'changeOthers',
  'changeMore',
] as const;

export const effectAnswer = z.object({
  metric: metricReading,
  group: z.string().nullable(),
  plans: z.array(z.object({ id: z.uuid(), agent: z.string(), agentName: z.string() })),
  comparison: z.enum(['matched', 'waitingList']),
  periods: z.object({ before: span, after: span }),
  recordedAfterwards: z.boolean(),
  pickedBecauseLow: z.boolean(),
  estimate: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('measured'),
      verdict: z.enum(['worked', 'worse', 'noClearEffect']),
      effect: z.number(),
      low: z.number(),
      high: z.number(),
      freedom: z.int(),
      coachedAgents: z.int(),
      controlAgents: z.int(),
      contacts: z.int(),
      naive: z.object({ change: z.number(), low: z.number(), high: z.number() }),
      expectedReturn: z.number(),
      table: z.object(Object.fromEntries(cells.map((name) => [name, cell])) as Record<(typeof cells)[number], typeof cell>),
      warnings: z.array(z.enum(['regressionToTheMean', 'fewAgents'])),
    }),
    z.object({
      kind: z.literal('tooFew'),
      why: z.enum(['contactsBefore', 'contactsAfter', 'controls']),
      remeasureAt: z.int().nullable(),
      fewest: z.int(),
      least: z.int(),
      coachedAgents: z.int(),
      controlAgents: z.int(),
    }),
  ]),
});
export type EffectAnswer = z.infer<typeof effectAnswer>;

export const stepTaken = z.object({ kind: z.enum(['taken', 'repeated']), planId: z.uuid(), steps: z.int() });
export const drawAnswer = z.object({ drawId: z.uuid(), coached: z.array(z.string()), waiting: z.array(z.string()) });
