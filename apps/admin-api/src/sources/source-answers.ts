import { quarantineReasons } from '@throughline/contracts';
import { z } from 'zod';

const usual = z.object({ basis: z.enum(['sameHour', 'sameTime', 'recent']), samples: z.int(), expected: z.number(), low: z.number(), high: z.number() });

export const sourceRow = z.object({
  name: z.string(),
  disabled: z.boolean(),
  /** When its last event arrived, and when that happened by its own clock. */
  lastReceivedAt: z.int().nullable(),
  lastOccurredAt: z.int().nullable(),
  /** Of the last complete hour, with what that hour usually brings; null while it is learned. */
  lastHour: z.int(),
  usual: usual.nullable(),
  rate: z.enum(['usual', 'low', 'high', 'learning']),
  lastDay: z.int(),
  keptAsideLastDay: z.int(),
  /** Of what arrived in the last day: the share that could not be read; null without records. */
  errorShare: z.number().nullable(),
  silence: z.enum(['never', 'learning', 'ok', 'silent']),
  /** Events that should have come since the last one. */
  missed: z.int(),
  /** Events of the last 24 complete hours, the oldest first. */
  hours: z.array(z.object({ hour: z.int(), count: z.int() })),
});

export const pipelineStages = ['received', 'accepted', 'identified', 'linked', 'scored'] as const;
export const pipelineStage = z.object({
  stage: z.enum(pipelineStages),
  /** What went through: events of the last hour, customers at all. */
  count: z.int(),
  unit: z.enum(['events', 'customers']),
  /** What waits. */
  behind: z.int(),
  oldestAt: z.int().nullable(),
  /** What failed for good at this stage. */
  failed: z.int(),
});
export const sourcesAnswer = z.object({ asOf: z.int(), sources: z.array(sourceRow), pipeline: z.array(pipelineStage) });
export type SourcesAnswer = z.infer<typeof sourcesAnswer>;

export const arrivedEvent = z.object({
  id: z.uuid(),
  source: z.string(),
  system: z.string(),
  type: z.string(),
  channel: z.string(),
  occurredAt: z.int(),
  receivedAt: z.int(),
  customerId: z.uuid().nullable(),
});
export const eventsAnswer = z.object({
  /** In the order of arrival. One that was committed late comes again with the next cursor: events have ids. */
  events: z.array(arrivedEvent),
  cursor: z.string(),
  /** There is more than was asked for, on the side that was asked for: ask on at once. */
  more: z.boolean(),
});
export type EventsAnswer = z.infer<typeof eventsAnswer>;

export const eventAnswer = arrivedEvent.extend({
  /** The canonical form. */
  canonical: z.record(z.string(), z.unknown()),
  /** As it came, redacted; null where it is kept no longer. */
  raw: z.unknown().nullable(),
  adapter: z.string().nullable(),
  linked: z.object({
    ownerRule: z.string().nullable(),
    transactionId: z.string().nullable(),
    interactionId: z.string().nullable(),
    engagementId: z.string().nullable(),
  }),
});
export type EventAnswer = z.infer<typeof eventAnswer>;

const reason = z.enum(quarantineReasons);
export const keptGroups = z.object({
  groups: z.array(
    z.object({ source: z.string(), reason, count: z.int(), firstAt: z.int(), lastAt: z.int(), pointer: z.string().nullable(), fix: z.string().nullable() }),
  ),
});
export type KeptGroups = z.infer<typeof keptGroups>;

export const keptItem = z.object({
  id: z.uuid(),
  source: z.string(),
  adapter: z.string(),
  reason,
  pointer: z.string().nullable(),
  fix: z.string().nullable(),
  sourceEventId: z.string().nullable(),
  receivedAt: z.int(),
  attempts: z.int(),
  state: z.enum(['open', 'replayed']),
});
export const keptItems = z.object({ items: z.array(keptItem), cursor: z.string().nullable() });
export type KeptItems = z.infer<typeof keptItems>;
export const keptRecord = keptItem.extend({ record: z.unknown() });
export type KeptRecord = z.infer<typeof keptRecord>;

export const replayAnswer = z.object({
  dryRun: z.boolean(),
  tried: z.int(),
  replayed: z.int(),
  stillQuarantined: z.int(),
  items: z.array(z.object({ id: z.string(), status: z.string(), reason: z.string().optional(), pointer: z.string().optional(), fix: z.string().optional() })),
});
export type ReplayAnswer = z.infer<typeof replayAnswer>;
