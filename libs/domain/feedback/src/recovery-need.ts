import type { SurveySettings } from '@throughline/contracts';
import type { SurveyAnswers } from './feedback';

export const recoveryReasons = ['askedForCall', 'lowCsat', 'lowNps', 'lowEmpathy', 'notSolved'] as const;
export type RecoveryReason = (typeof recoveryReasons)[number];

/** Why somebody should get in touch with this customer, the strongest reason first; empty: nobody has to. "Not solved" alone is a reason unless the customer says it was fine. */
export function recoveryNeed(
  answers: Pick<SurveyAnswers, 'csat' | 'nps' | 'solved' | 'callBack'> & { readonly touches: readonly { readonly empathy: number | null }[] },
  limits: SurveySettings['recovery'],
): RecoveryReason[] {
  const { csat, nps, solved, touches, callBack } = answers;
  const low = (value: number | null, limit: number): boolean => value !== null && value <= limit;
  const reasons: RecoveryReason[] = [];
  if (callBack) reasons.push('askedForCall');
  if (low(csat, limits.csatAtMost)) reasons.push('lowCsat');
  if (low(nps, limits.npsAtMost)) reasons.push('lowNps');
  if (touches.some(({ empathy }) => low(empathy, limits.empathyAtMost))) reasons.push('lowEmpathy');
  if (solved === 0 && (csat === null || csat <= 3)) reasons.push('notSolved');
  return reasons;
}
