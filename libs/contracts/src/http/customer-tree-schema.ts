import { z } from 'zod';
import { canonicalEventSchema } from '../event/canonical-event';
import { families } from '../event/vocabulary';
import { membershipRules } from '../hierarchy/canonical-hierarchy';
import { identifierLinkRules } from '../identity/link-rule';
import type { CustomerTree } from './customer-tree';

const instant = z.int();
const share = z.int().min(0).max(1000);
const membership = z.object({
  rule: z.enum(membershipRules),
  otherEvent: z.string().nullable(),
  value: z.string().nullable(),
  gapMs: z.int().nullable(),
  limitMs: z.int().nullable(),
  confidence: share,
});
const event = z.object({
  event: canonicalEventSchema,
  rule: z.enum(['session', 'stream', 'alone']),
  gapMs: z.int().nullable(),
  limitMs: z.int().nullable(),
  confidence: share,
  owner: z.object({ rule: z.string(), value: z.string().nullable(), confidence: share }),
});
const transaction = z.object({
  id: z.string(),
  kind: z.enum(['contact', 'item', 'side']),
  source: z.string(),
  system: z.string(),
  channel: z.string(),
  firstAt: instant,
  lastAt: instant,
  state: z.string(),
  agent: z.string().nullable(),
  agentName: z.string().optional(),
  queue: z.string().nullable(),
  membership,
  events: z.array(event),
  moreEvents: z.int().optional(),
});
const score = z.object({
  intent: z.string(),
  intentConfidence: share,
  frustration: z.int().min(0).max(100),
  ledger: z.array(
    z.object({ cause: z.string(), points: z.int(), facts: z.record(z.string(), z.union([z.number(), z.string()])), events: z.array(z.string()) }),
  ),
});
const interaction = z.object({
  id: z.string(),
  kind: z.enum(['contact', 'attempt']),
  firstAt: instant,
  lastAt: instant,
  share,
  family: z.enum(families).nullable(),
  membership,
  score: score.optional(),
  transactions: z.array(transaction),
});
const engagement = z.object({
  id: z.string(),
  families: z.array(z.enum(families)),
  state: z.string(),
  firstAt: instant,
  lastAt: instant,
  keys: z.array(z.string()),
  repeatOf: z.string().nullable(),
  follows: z.string().nullable(),
  interactions: z.array(interaction),
  transactions: z.array(transaction),
});

/** The shape of `CustomerTree`, for the API's description and for clients that check what they get. */
export const customerTreeSchema: z.ZodType<CustomerTree> = z.object({
  customer: z.object({
    id: z.uuid(),
    formerIds: z.array(z.uuid()),
    identifiers: z.array(
      z.object({
        kind: z.string(),
        namespace: z.string(),
        value: z.string(),
        link: z.object({ rule: z.enum(identifierLinkRules), eventId: z.string().nullable(), confidence: share }),
      }),
    ),
    reviews: z.array(z.object({ id: z.string(), kind: z.string(), detail: z.string() })),
  }),
  journey: z.object({ id: z.string(), firstAt: instant.nullable(), lastAt: instant.nullable(), events: z.int() }),
  engagements: z.array(engagement),
  unengaged: z.object({ interactions: z.array(interaction), transactions: z.array(transaction) }),
  settingsVersion: z.int(),
  asOf: instant,
  rebuilding: z.boolean(),
  asked: z.object({ id: z.string(), nodeId: z.string() }).optional(),
  more: z.object({ cursor: z.string() }).optional(),
});
