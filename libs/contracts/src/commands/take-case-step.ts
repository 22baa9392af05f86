import { z } from 'zod';
import { recordReply } from './command-reply';
import { defineCommand } from './define-command';

const kinds = ['assigned', 'tried', 'contacted', 'gesture', 'askedAgain', 'recovered', 'notRecovered', 'reopened'] as const;

const request = z.strictObject({
  anchor: z.uuid(),
  id: z.uuid(),
  kind: z.enum(kinds),
  at: z.int().min(0),
  by: z.string().min(1).max(200),
  owner: z.string().min(1).max(200).optional(),
  note: z.string().max(2_000).optional(),
});
const reply = z.discriminatedUnion('kind', [...recordReply.options, z.object({ kind: z.literal('notFound') })]);

/** Takes a step in the recovery case of an engagement. `id` names the step: asked again with it, nothing more changes. */
export const takeCaseStep = defineCommand<z.infer<typeof request>, z.infer<typeof reply>>({
  name: 'feedback.takeCaseStep',
  request,
  reply,
  example: {
    anchor: '5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f',
    id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c12',
    kind: 'assigned',
    at: 1_767_225_600_000,
    by: 'manager',
    owner: 'supervisor',
  },
});
