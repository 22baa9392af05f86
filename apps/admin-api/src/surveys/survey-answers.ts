import { surveySettingsSchema } from '@throughline/contracts';
import { z } from 'zod';

const interval = z.tuple([z.number(), z.number()]);
/** A share with its 95 % interval (Wilson); null where there is nothing to divide by. */
export const share = z.object({ count: z.int(), of: z.int(), share: z.number().nullable(), interval: interval.nullable() });
export type Share = z.infer<typeof share>;

export const surveySettingsAnswer = z.object({
  version: z.int(),
  settings: surveySettingsSchema,
  activatedAt: z.int().nullable(),
  activatedBy: z.string(),
});
export type SurveySettingsAnswer = z.infer<typeof surveySettingsAnswer>;

export const empathyLine = z.object({
  key: z.string(),
  /** What people call it: an agent's name, the team's, or the system's. */
  name: z.string(),
  kind: z.enum(['agent', 'team', 'system']),
  n: z.int(),
  state: z.enum(['unknown', 'hidden', 'early', 'steady']),
  mean: z.number().nullable(),
  interval: interval.nullable(),
  own: z.number().nullable(),
  shrinkage: z.number().nullable(),
  topBox: z.number().nullable(),
  counts: z.array(z.int()).nullable(),
});

export const surveyResults = z.object({
  from: z.int(),
  until: z.int(),
  /** Respondents: surveys with at least one answer. */
  respondents: z.int(),
  response: z.array(z.object({ channel: z.string(), source: z.string(), answered: share })),
  empathy: z.array(empathyLine),
  /** Who was rated and is in no team, with their ratings: no team's line has them. */
  withoutTeam: z.object({ agents: z.int(), ratings: z.int() }),
  causes: z.array(z.object({ cause: z.enum(['people', 'process', 'technology']), count: z.int().nullable() })),
  shown: surveySettingsSchema.shape.shown,
});
export type SurveyResults = z.infer<typeof surveyResults>;

export const surveyComments = z.object({
  /** `tooFew`: fewer respondents than comments need, so that nobody can be told by their words. */
  state: z.enum(['shown', 'tooFew']),
  needed: z.int(),
  comments: z.array(
    z.object({ eventId: z.uuid(), customerId: z.uuid(), engagement: z.uuid().nullable(), at: z.int(), about: z.string().nullable(), text: z.string() }),
  ),
});
export type SurveyComments = z.infer<typeof surveyComments>;

export const surveyLink = z.object({ invitationId: z.uuid(), url: z.string() });

export const recoveryCase = z.object({
  anchor: z.uuid(),
  customerId: z.uuid(),
  /** The identifier by which people call the customer, masked without the right to reveal it. */
  customerName: z.string().nullable(),
  /** What the engagement is about; null where later events made it part of another. */
  intent: z.string().nullable(),
  family: z.string().nullable(),
  openedAt: z.int(),
  reasons: z.array(z.string()),
  agents: z.array(z.string()),
  state: z.enum(['open', 'owned', 'contacted', 'askedAgain', 'recovered', 'notRecovered']),
  owner: z.string().nullable(),
  clock: z.object({ next: z.enum(['firstContact', 'end']).nullable(), dueAt: z.int().nullable(), late: z.boolean() }),
  endedAt: z.int().nullable(),
  steps: z.array(z.object({ id: z.uuid(), kind: z.string(), at: z.int(), by: z.string(), owner: z.string().nullable(), note: z.string().nullable() })),
});
export const casesAnswer = z.object({ cases: z.array(recoveryCase), recovered: share });
export type CasesAnswer = z.infer<typeof casesAnswer>;

export const caseStepTaken = z.object({ kind: z.enum(['recorded', 'repeated']), id: z.uuid() });
