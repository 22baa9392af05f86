import type { Instant, SurveySettings } from '@throughline/contracts';
import type { ClosedEngagement } from './feedback';
import { afterQuietHours } from './quiet-hours';
import { shareOf } from './share-of';

/** What is known of a customer's surveys, over all of them and whoever sent them. */
export interface SurveyHistory {
  /** Invitations of this house, of every customer that is this one now: `anchor` is the engagement they are about now. */
  readonly invitations: readonly { readonly rule: string; readonly anchor: string; readonly at: Instant }[];
  /** When other systems invited the customer: `survey`/`sent` events of other sources. */
  readonly foreign: readonly Instant[];
  readonly optedOut: boolean;
  /** There is an address to send to. */
  readonly reachable: boolean;
}

export type Refusal = 'outcomeNotAsked' | 'notOver' | 'tooLongAgo' | 'nothingToAskAbout' | 'alreadyAsked' | 'optedOut' | 'noAddress' | 'fatigue' | 'notSampled';

export type Invitation =
  { readonly kind: 'invite'; readonly rule: string; readonly anchor: string; readonly sendAt: Instant } | { readonly kind: 'no'; readonly reason: Refusal };

/**
 * Whether the customer is asked about this engagement, and when: once for each engagement and rule, for the sampled share, within the cap over all surveys of the customer,
 * never in quiet hours. The same facts give the same answer at any time of asking, but for `notOver` and `tooLongAgo`.
 */
export function inviteFor(engagement: ClosedEngagement, settings: SurveySettings, history: SurveyHistory, asOf: Instant): Invitation {
  const { rule } = settings;
  const no = (reason: Refusal): Invitation => ({ kind: 'no', reason });
  if (!settings.askAfter.includes(engagement.endedAs)) return no('outcomeNotAsked');
  if (engagement.endedAt > asOf) return no('notOver');
  if (asOf - engagement.endedAt > settings.notAfterMs) return no('tooLongAgo');
  if (!engagement.steps.some(({ live }) => live)) return no('nothingToAskAbout');
  if (history.invitations.some((one) => one.anchor === engagement.anchor && one.rule === rule)) return no('alreadyAsked');
  if (history.optedOut) return no('optedOut');
  if (!history.reachable) return no('noAddress');
  if (shareOf(`${rule}/${engagement.anchor}`) >= settings.samplePerMille) return no('notSampled');
  const sendAt = afterQuietHours(Math.max(engagement.endedAt + settings.delayMs, asOf), settings.quiet);
  if (asked(history, sendAt, settings) >= settings.fatigue.surveys) return no('fatigue');
  return { kind: 'invite', rule, anchor: engagement.anchor, sendAt };
}

/** Invitations whose window, before or after, holds `at`: one that waits for the end of the night counts as well. */
function asked({ invitations, foreign }: SurveyHistory, at: Instant, { fatigue }: SurveySettings): number {
  return [...invitations.map((one) => one.at), ...foreign].filter((one) => Math.abs(at - one) < fatigue.windowMs).length;
}
