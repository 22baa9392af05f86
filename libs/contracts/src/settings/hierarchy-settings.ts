import type { Channel, Family, System } from '../event/vocabulary';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Everything the hierarchy rule may be told. One version holds for a customer's whole past. All times in milliseconds. */
export interface HierarchySettings {
  readonly version: number;
  /** Silence that cuts a keyed session and a contact link's value. */
  readonly keyReuseMs: number;
  /** Silence that cuts an unkeyed transaction, by system. */
  readonly transactionGapMs: Readonly<Record<System, number>>;
  /** A started, never ended transaction is open this long after its last event. */
  readonly openForMs: number;
  readonly interactionGapMs: {
    readonly standard: number;
    /** When either side is one of `asynchronous`. */
    readonly withAsynchronous: number;
    /** Messaging with messaging. */
    readonly betweenMessaging: number;
    readonly asynchronous: readonly Channel[];
  };
  /** How long after a live end an agent's item still attaches. */
  readonly agentItemMs: number;
  /** Below this a family counts as unknown (0–1000). */
  readonly minimumIntentConfidence: number;
  readonly borrowMs: number;
  readonly repeatAfterFailureMs: number;
  /** An issue key silent for longer is a new one. */
  readonly keySilenceMs: number;
  readonly families: Readonly<Record<Family, { readonly windowMs: number; readonly reopenMs: number; readonly differentKeys: 'together' | 'separate' }>>;
}

const together = (windowDays: number, reopenDays: number) => ({ windowMs: windowDays * day, reopenMs: reopenDays * day, differentKeys: 'together' as const });
const separate = (windowDays: number, reopenDays: number) => ({ windowMs: windowDays * day, reopenMs: reopenDays * day, differentKeys: 'separate' as const });

export const defaultHierarchySettings: HierarchySettings = {
  version: 1,
  keyReuseMs: 24 * hour,
  transactionGapMs: {
    ivr: 5 * minute,
    acd: 5 * minute,
    agent: 5 * minute,
    email: 10 * minute,
    crm: 15 * minute,
    web: 30 * minute,
    chat: 30 * minute,
    order: 30 * minute,
    messaging: 60 * minute,
    social: 60 * minute,
    field: 4 * hour,
    survey: 24 * hour,
    campaign: 24 * hour,
  },
  openForMs: 4 * hour,
  interactionGapMs: { standard: 30 * minute, withAsynchronous: 10 * minute, betweenMessaging: 60 * minute, asynchronous: ['email', 'social', 'letter'] },
  agentItemMs: 15 * minute,
  minimumIntentConfidence: 500,
  borrowMs: 72 * hour,
  repeatAfterFailureMs: 72 * hour,
  keySilenceMs: 400 * day,
  families: {
    fault: together(14, 7),
    billing: together(30, 14),
    complaint: together(60, 30),
    cancellation: together(30, 14),
    purchase: separate(30, 1),
    delivery: separate(14, 3),
    return: separate(30, 14),
    accountChange: together(7, 3),
    information: together(7, 1),
    unknown: together(7, 7),
  },
};
