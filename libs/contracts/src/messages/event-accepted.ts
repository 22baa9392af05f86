import { z } from 'zod';
import { defineMessage } from './define-message';

/** One committed batch of events waits for identity. */
export const eventAccepted = defineMessage({
  name: 'event.accepted',
  version: 1,
  owner: 'ingestion',
  payload: z.object({ eventIds: z.array(z.uuid()) }),
  example: { eventIds: ['5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f'] },
});
export type EventAccepted = { eventIds: string[] };
