import type { SurveySettings } from '@throughline/contracts';
import { shareOf } from './share-of';

/** What is known of one engagement when it is asked whether a person should read it. */
export interface ReviewCandidate {
  readonly anchor: string;
  readonly over: boolean;
  /** Customers' empathy ratings in it, 1–5. */
  readonly empathy: readonly { readonly agent: string | null; readonly value: number }[];
  /** Lowest csat answered about it, 1–5; null: none. */
  readonly csat: number | null;
  /** The model's frustration score, 0–100; null: not scored. */
  readonly frustration: number | null;
}

/** Why an engagement is in the queue, with what the words need. */
export type ReviewReason =
  | { readonly kind: 'lowEmpathy'; readonly agent: string | null; readonly value: number }
  | { readonly kind: 'differs'; readonly direction: 'scoreTooCalm' | 'scoreTooHarsh'; readonly csat: number; readonly frustration: number }
  | { readonly kind: 'randomSample'; readonly perMille: number };

/** The customer's own unhappiness on the scale of the frustration score: csat 5 is 0, csat 1 is 100. */
export const unhappiness = (csat: number): number => (5 - csat) * 25;

/** Where the customer's word and the frustration score tell different stories; null: they agree, or one of them is missing. */
export function disagreement(
  { csat, frustration }: Pick<ReviewCandidate, 'csat' | 'frustration'>,
  differsBy: number,
): Extract<ReviewReason, { kind: 'differs' }> | null {
  if (csat === null || frustration === null) return null;
  const difference = unhappiness(csat) - frustration;
  if (Math.abs(difference) < differsBy) return null;
  return { kind: 'differs', direction: difference > 0 ? 'scoreTooCalm' : 'scoreTooHarsh', csat, frustration };
}

/** Why a person should read this engagement, the strongest reason first; empty: nobody has to. The random sample is drawn whatever else holds, so that it stays one. */
export function reviewReasons(candidate: ReviewCandidate, review: SurveySettings['review']): ReviewReason[] {
  const low = candidate.empathy.filter(({ value }) => value <= review.empathyAtMost).sort((a, b) => a.value - b.value);
  const reasons: ReviewReason[] = low.map(({ agent, value }) => ({ kind: 'lowEmpathy', agent, value }));
  const differs = disagreement(candidate, review.differsBy);
  if (differs) reasons.push(differs);
  if (candidate.over && shareOf(`review/${candidate.anchor}`) < review.randomPerMille) reasons.push({ kind: 'randomSample', perMille: review.randomPerMille });
  return reasons;
}
