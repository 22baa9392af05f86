import type { Membership, MembershipRule } from '@throughline/contracts';
import { compareRefs, compareText } from './event-order';
import type { EventRef } from './hierarchy';

/** An edge as seen from one of its ends: `partner` is the anchor of the other. */
export interface Evidence {
  readonly rule: MembershipRule;
  readonly partner: EventRef;
  readonly value: string | null;
  readonly gapMs: number | null;
  readonly limitMs: number | null;
  readonly confidence: number;
}

const order: readonly MembershipRule[] = ['person', 'link', 'overlap', 'timeBlock', 'key', 'intent', 'repeatAfterFailure'];

/** The stronger of two: the higher confidence, then the order of the rules, then the earliest partner, then the smallest value. */
export function stronger(a: Evidence | null, b: Evidence): Evidence {
  if (!a) return b;
  const difference =
    b.confidence - a.confidence ||
    order.indexOf(a.rule) - order.indexOf(b.rule) ||
    compareRefs(a.partner, b.partner) ||
    compareText(a.value ?? '', b.value ?? '') ||
    (a.gapMs ?? 0) - (b.gapMs ?? 0);
  return difference <= 0 ? a : b;
}

export function membershipOf(evidence: Evidence | null): Membership {
  if (!evidence) return alone;
  const { rule, partner, value, gapMs, limitMs, confidence } = evidence;
  return { rule, otherEvent: partner.id, value, gapMs, limitMs, confidence };
}

export const alone: Membership = { rule: 'alone', otherEvent: null, value: null, gapMs: null, limitMs: null, confidence: 1000 };
export const unengaged: Membership = { ...alone, rule: 'unengaged' };
