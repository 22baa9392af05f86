import { texts } from '../../texts';
import { formatNumber } from '../ui/format';
import type { ReviewRow } from './quality-api';

const words = texts.quality;
export type Reason = ReviewRow['reasons'][number];

/** Why an engagement is in the queue, in a few words. */
export function reasonWords(reason: Reason, agents: ReviewRow['agents']): string {
  switch (reason.kind) {
    case 'lowEmpathy':
      return words.reason.lowEmpathy(
        formatNumber(reason.value),
        reason.agent === null ? null : (agents.find(({ id }) => id === reason.agent)?.name ?? reason.agent),
      );
    case 'differs':
      return words.reason[reason.direction](formatNumber(reason.csat), formatNumber(reason.frustration));
    case 'randomSample':
      return words.reason.randomSample(reason.perMille);
  }
}
