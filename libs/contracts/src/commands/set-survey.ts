import { z } from 'zod';
import { defaultSurveySettings, surveySettingsSchema } from '../settings/survey-settings';
import { defineCommand } from './define-command';

/** Makes a new version of the survey's settings that holds from now on. `version` is the one the author had seen: when another came in between, the answer is `conflict`. Forms that were sent stay as they were. */
export const setSurvey = defineCommand({
  name: 'feedback.setSurvey',
  request: z.strictObject({ version: z.int().min(0), settings: surveySettingsSchema, by: z.string().min(1).max(200) }),
  reply: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('set'), version: z.int() }),
    z.object({ kind: z.literal('repeated'), version: z.int() }),
    z.object({ kind: z.literal('conflict'), version: z.int() }),
    z.object({ kind: z.literal('refused'), reason: z.string() }),
  ]),
  example: {
    version: 1,
    by: 'ci-analyst',
    settings: defaultSurveySettings,
  },
});
