import { z } from 'zod';
import { defineCommand } from './define-command';

/** Makes a link to the survey about the engagement that holds this event, to be handed to the customer by another way than mail. A link made before for the same engagement no longer works. */
export const makeSurveyLink = defineCommand({
  name: 'feedback.makeLink',
  request: z.strictObject({ eventId: z.uuid(), by: z.string().min(1).max(200) }),
  reply: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('made'), invitationId: z.uuid(), url: z.string() }),
    z.object({ kind: z.literal('notFound') }),
    z.object({ kind: z.literal('refused'), reason: z.string() }),
  ]),
  example: { eventId: '5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f', by: 'supervisor' },
});
