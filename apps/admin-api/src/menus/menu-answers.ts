import { optOutReasons, vocabulary } from '@throughline/contracts';
import { z } from 'zod';
import { asked, figure, freshness } from '../metrics/metric-answers';

const reason = z.enum(optOutReasons);

export const menuNode = z.object({
  node: z.string(),
  /** Calls that came to it, and how often they did. */
  calls: z.int(),
  visits: z.int(),
  /** Of all calls, those that came here. */
  reach: figure,
  /** Of all calls that went on from where they began, those that went here first. */
  firstChoice: figure,
  /** Of the calls that came here, those that left for a person from here. */
  optOut: figure,
  /** So few calls came that what they did here is not told: then everything below is null. */
  isSuppressed: z.boolean(),
  medianDwellMs: z.number().nullable(),
  /** Visits of calls that had been here before. */
  again: z.int().nullable(),
  invalidInputs: z.int().nullable(),
  /** Calls that ended here without a person after it. */
  ended: z.int().nullable(),
  /** The most frequent first. */
  reasons: z.array(z.object({ reason, count: z.int() })).nullable(),
});

export const menusAnswer = z.object({
  asked,
  freshness,
  calls: z.int(),
  customers: z.int(),
  /** Calls that went on from where they began. */
  choosing: z.int(),
  nodes: z.array(menuNode),
  /** Nodes beyond the two hundred that most calls came to. */
  leftOut: z.int(),
});
export type MenusAnswer = z.infer<typeof menusAnswer>;

const sign = z.object({
  kind: z.enum(['earlierContact', 'notUnderstood', 'askedForPerson', 'cameBack', 'atNode', 'talk']),
  eventId: z.uuid(),
  at: z.int(),
  channel: z.enum(vocabulary.channels),
  node: z.string().nullable(),
  /** What the talk was about. */
  family: z.enum(vocabulary.families).nullable(),
});

export const optOut = z.object({
  customerId: z.uuid(),
  /** The transaction of the menu, to open in the customer's timeline. */
  transaction: z.string(),
  /** When the caller came to the node. */
  at: z.int(),
  /** From the begin of the call to leaving the menu. */
  inMenuMs: z.int(),
  reason,
  /** 0 to 1000; of `unknown`, by how much the strongest sign led. */
  confidence: z.int(),
  agent: z.string().nullable(),
  evidence: z.array(sign),
});

export const optOutsAnswer = z.object({
  asked,
  node: z.string(),
  total: z.int(),
  optOuts: z.array(optOut),
  /** The names of their agents, by id, where the directory has them. */
  agents: z.record(z.string(), z.string()),
  /** So few calls came to the node that they are not shown one by one. */
  isSuppressed: z.boolean(),
});
export type OptOutsAnswer = z.infer<typeof optOutsAnswer>;
