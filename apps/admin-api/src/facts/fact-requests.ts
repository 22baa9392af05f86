import { z } from 'zod';

const by = z.string().min(1).max(200).default('admin');

/** What the server adds to a posted fact that leaves it out. A client that gives the id may send the same request again. */
export const postedFact = z.looseObject({ id: z.uuid().optional(), at: z.int().optional(), by });

export const withdrawal = z.object({ by }).default({ by: 'admin' });

export const settingsBody = z.strictObject({ settings: z.looseObject({ version: z.int().optional() }), by });
