import { z } from 'zod';
import { defineMessage } from './define-message';

/** The hierarchy of these customers was rebuilt. */
export const journeyChanged = defineMessage({
  name: 'journey.changed',
  version: 1,
  owner: 'sessionization',
  payload: z.object({ customerIds: z.array(z.uuid()) }),
  example: { customerIds: ['0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c11'] },
});
export type JourneyChanged = { customerIds: string[] };
