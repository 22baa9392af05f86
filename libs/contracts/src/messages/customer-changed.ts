import { z } from 'zod';
import { defineMessage } from './define-message';

/** Identity gave these customers events, took some away, or saw some corrected. `identity.read_customer_revision` says how far. */
export const customerChanged = defineMessage({
  name: 'customer.changed',
  version: 1,
  owner: 'identity',
  payload: z.object({ customerIds: z.array(z.uuid()) }),
  example: { customerIds: ['0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c11'] },
});
export type CustomerChanged = { customerIds: string[] };
