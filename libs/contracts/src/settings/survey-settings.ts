import { z } from 'zod';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const engagementEndings = ['resolved', 'sold', 'lost', 'cancelled', 'abandoned'] as const;
export type EngagementEnding = (typeof engagementEndings)[number];

const minuteOfDay = z.int().min(0).max(1440);
const perMille = z.int().min(0).max(1000);

/** What a person decides about surveys, recovery cases and the choice of engagements for quality review. Times in milliseconds unless the name says otherwise. */
export const surveySettingsSchema = z.strictObject({
  /** Names the reason for asking: a customer is asked once for each engagement by the same rule. */
  rule: z.string().regex(/^[a-z][A-Za-z0-9]{2,40}$/),
  /** Engagements that ended this way are asked about. */
  askAfter: z.array(z.enum(engagementEndings)).min(1),
  /** Share of the engagements that is asked about. The choice is fixed for each engagement. */
  samplePerMille: perMille,
  /** From the end of the engagement to the invitation. */
  delayMs: z
    .int()
    .min(0)
    .max(14 * day),
  /** An engagement that ended longer ago is not asked about any more. */
  notAfterMs: z
    .int()
    .min(hour)
    .max(60 * day),
  /** At most `surveys` invitations in `windowMs` for one customer, whoever sends them. */
  fatigue: z.strictObject({
    windowMs: z
      .int()
      .min(0)
      .max(400 * day),
    surveys: z.int().min(1).max(50),
  }),
  /** No invitation from `fromMinute` of the day until `untilMinute` of the next, by the clock of `zone`. Both equal: never quiet. */
  quiet: z.strictObject({ zone: z.string().min(1).max(60), fromMinute: minuteOfDay.max(1439), untilMinute: minuteOfDay.max(1439), weekends: z.boolean() }),
  /** The link answers this long after it was sent. */
  expiryMs: z
    .int()
    .min(hour)
    .max(90 * day),
  /** A given answer may be changed this long. */
  editMs: z.int().min(0).max(day),
  /** `long` asks ten empathy items about the last person met; `short` one for each person and system. */
  form: z.enum(['short', 'long']),
  ask: z.strictObject({ csat: z.boolean(), effort: z.boolean(), nps: z.boolean(), solved: z.boolean() }),
  /** Persons and systems of one engagement that are asked about, at most. */
  touchPoints: z.int().min(1).max(8),
  language: z.enum(['en', 'de']),
  /** Ratings from which a recovery case is opened, and its clock. */
  recovery: z.strictObject({
    csatAtMost: z.int().min(0).max(5),
    npsAtMost: z.int().min(-1).max(10),
    empathyAtMost: z.int().min(0).max(5),
    firstContactMs: z
      .int()
      .min(hour)
      .max(30 * day),
    endMs: z
      .int()
      .min(hour)
      .max(90 * day),
  }),
  /** Which engagements a person should read. */
  review: z.strictObject({
    empathyAtMost: z.int().min(1).max(5),
    /** Points between the customer's own unhappiness and the frustration score, both 0–100. */
    differsBy: z.int().min(10).max(100),
    randomPerMille: perMille,
    dueMs: z
      .int()
      .min(hour)
      .max(60 * day),
  }),
  /** Of what is shown to people: a value of fewer respondents is hidden, comments need more, and an order of persons more still. */
  shown: z.strictObject({ valuesFrom: z.int().min(1).max(100), commentsFrom: z.int().min(1).max(200), orderFrom: z.int().min(1).max(1000) }),
});
export type SurveySettings = z.infer<typeof surveySettingsSchema>;

export const defaultSurveySettings: SurveySettings = {
  rule: 'afterEngagement',
  askAfter: ['resolved', 'sold', 'lost', 'cancelled', 'abandoned'],
  samplePerMille: 1000,
  delayMs: hour,
  notAfterMs: 3 * day,
  fatigue: { windowMs: 30 * day, surveys: 1 },
  quiet: { zone: 'Europe/Berlin', fromMinute: 20 * 60, untilMinute: 9 * 60, weekends: true },
  expiryMs: 14 * day,
  editMs: 10 * minute,
  form: 'short',
  ask: { csat: true, effort: true, nps: true, solved: true },
  touchPoints: 6,
  language: 'en',
  recovery: { csatAtMost: 2, npsAtMost: 3, empathyAtMost: 1, firstContactMs: day, endMs: 5 * day },
  review: { empathyAtMost: 2, differsBy: 50, randomPerMille: 10, dueMs: 7 * day },
  shown: { valuesFrom: 5, commentsFrom: 8, orderFrom: 50 },
};
