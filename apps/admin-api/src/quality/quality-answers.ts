import { z } from 'zod';

export const reviewReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lowEmpathy'), agent: z.string().nullable(), value: z.number() }),
  z.object({ kind: z.literal('differs'), direction: z.enum(['scoreTooCalm', 'scoreTooHarsh']), csat: z.number(), frustration: z.number() }),
  z.object({ kind: z.literal('randomSample'), perMille: z.int() }),
]);

const reviewState = z.enum(['waiting', 'assigned', 'done', 'skipped']);
export const reviewRow = z.object({
  anchor: z.uuid(),
  customerId: z.uuid(),
  /** Why it is here; without what customers said about agents out of the reader's scope. */
  reasons: z.array(reviewReason),
  /** Who took part. What is said about those out of the reader's scope is in no answer, and the reader says nothing about them. */
  agents: z.array(z.object({ id: z.string(), name: z.string(), inScope: z.boolean() })),
  queuedAt: z.int(),
  dueAt: z.int(),
  state: reviewState,
  assignedTo: z.string().nullable(),
  finishedAt: z.int().nullable(),
  version: z.int(),
  /** Of the engagement: when it began, what it was about, how many contacts it took. */
  at: z.int().nullable(),
  intent: z.string().nullable(),
  contacts: z.int().nullable(),
});
export const queueAnswer = z.object({ reviews: z.array(reviewRow), /** There are others after these. */ more: z.boolean(), open: z.int() });
export type QueueAnswer = z.infer<typeof queueAnswer>;
export type ReviewRow = z.infer<typeof reviewRow>;

export const reviewAnswer = reviewRow.extend({
  /** The customer's own word, first of all. */
  said: z.array(
    z.object({
      eventId: z.uuid(),
      at: z.int(),
      question: z.string(),
      value: z.number(),
      agent: z.string().nullable(),
      system: z.string().nullable(),
      cause: z.string().nullable(),
    }),
  ),
  /** null: the reader may not read what was written. */
  comments: z.array(z.object({ about: z.string().nullable(), text: z.string() })).nullable(),
  frustration: z.number().nullable(),
  steps: z.array(
    z.object({
      eventId: z.uuid(),
      startAt: z.int(),
      endAt: z.int(),
      system: z.string(),
      channel: z.string(),
      agent: z.string().nullable(),
      live: z.boolean(),
      visit: z.enum(['missed', 'moved', 'done']).nullable(),
      events: z.int(),
      /** What was said or written there, where the reader may read it. */
      lines: z.array(z.object({ at: z.int(), by: z.enum(['customer', 'agent', 'system']), text: z.string() })),
    }),
  ),
  note: z.string().nullable(),
  skipReason: z.string().nullable(),
  findings: z.array(
    z.object({
      id: z.uuid(),
      cause: z.enum(['people', 'process', 'technology']),
      agent: z.string().nullable(),
      eventId: z.uuid().nullable(),
      note: z.string().nullable(),
      by: z.string(),
    }),
  ),
  empathy: z.array(z.object({ agent: z.string(), value: z.int() })),
});
export type ReviewAnswer = z.infer<typeof reviewAnswer>;

export const reviewDone = z.object({ version: z.int() });

export const gapAnswer = z.object({
  from: z.int(),
  until: z.int(),
  gaps: z.array(
    z.object({
      agent: z.string(),
      name: z.string(),
      state: z.enum(['unknown', 'tooFew', 'shown']),
      reviews: z.int(),
      ratings: z.int(),
      gap: z.number().nullable(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
    }),
  ),
  /** What reviews found, by cause; only people findings enter an agent's score. */
  findings: z.object({ people: z.int(), process: z.int(), technology: z.int() }),
  scores: z.array(z.object({ agent: z.string(), name: z.string(), clean: z.int(), of: z.int() })),
});
export type GapAnswer = z.infer<typeof gapAnswer>;
