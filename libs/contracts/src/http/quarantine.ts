import { z } from 'zod';

export const quarantineReasons = [
  'too_deep',
  'ambiguous',
  'forbidden_key',
  'number_out_of_range',
  'invalid',
  'time_out_of_range',
  'too_far_ahead',
  'too_old',
  'negative_span',
  'id_conflict',
] as const;
/** Why an item was kept aside. A closed list: it is a metric's label. */
export type QuarantineReason = (typeof quarantineReasons)[number];

/** One kept item without its body, as `GET /v1/quarantine` lists it. */
export interface QuarantineEntry {
  readonly id: string;
  readonly eventId: string;
  readonly source: string;
  readonly adapter: string;
  readonly reason: QuarantineReason;
  readonly pointer: string | null;
  readonly fix: string | null;
  readonly sourceEventId: string | null;
  readonly receivedAt: number;
  readonly attempts: number;
  readonly state: 'open' | 'replayed';
}

/** `GET /v1/quarantine/:id` adds the record as it was posted, redacted. */
export interface QuarantineItem extends QuarantineEntry {
  readonly record: unknown;
}

/** Which items to try again. `edit` replaces top-level fields of one named item (null removes one) before it goes the normal way in, under the same id. */
export const replayRequestSchema = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(500).optional(),
    reason: z.enum(quarantineReasons).optional(),
    source: z.string().max(64).optional(),
    receivedFrom: z.int().optional(),
    receivedTo: z.int().optional(),
    limit: z.int().min(1).max(10_000).default(500),
    dryRun: z.boolean().default(false),
    edit: z.record(z.string(), z.unknown()).optional(),
    by: z.string().min(1).max(200).default('admin'),
  })
  .refine((request) => request.edit === undefined || request.ids?.length === 1, { path: ['edit'], message: 'an edit needs exactly one id in "ids"' })
  .refine((request) => request.ids !== undefined || request.reason !== undefined, { path: ['reason'], message: 'name "ids" or a "reason"' });
export type ReplayRequest = z.infer<typeof replayRequestSchema>;

export interface ReplayResult {
  readonly dryRun: boolean;
  readonly tried: number;
  readonly replayed: number;
  readonly stillQuarantined: number;
  readonly items: readonly { readonly id: string; readonly status: string; readonly reason?: string; readonly pointer?: string; readonly fix?: string }[];
}
