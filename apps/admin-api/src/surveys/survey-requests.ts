import { surveySettingsSchema } from '@throughline/contracts';
import { z } from 'zod';

/** Days of answers that are looked at, back from the newest. */
export const resultsQuery = z.object({ days: z.coerce.number().int().min(1).max(400).default(90) });

export const setSurveyBody = z.strictObject({ version: z.int().min(0), settings: surveySettingsSchema });

export const linkBody = z.strictObject({ eventId: z.uuid() });

export const casesQuery = z.object({ state: z.enum(['open', 'over', 'all']).default('open') });

export const caseStepBody = z.strictObject({
  /** Given by a client that may have to ask twice. */
  id: z.uuid().optional(),
  kind: z.enum(['assigned', 'tried', 'contacted', 'gesture', 'askedAgain', 'recovered', 'notRecovered', 'reopened']),
  owner: z.string().trim().min(1).max(200).optional(),
  note: z.string().trim().max(2_000).optional(),
});
