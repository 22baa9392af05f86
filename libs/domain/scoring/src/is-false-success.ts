import type { EngagementShare } from './engagement-share';
import { dayMs } from './scoring-input';

/** The window with which a channel's own tool usually counts a contact as the first and the last. */
const naiveDays = 7;

/** Whether the channel's own tool counts this contact as resolved at first contact: it ended well, and the customer used the channel neither shortly before for it nor shortly after. */
export function looksLikeSuccess(share: EngagementShare, shares: readonly EngagementShare[]): boolean {
  if (!share.looksResolved || (share.channelRepeatAt !== null && share.channelRepeatAt <= share.endedAt + naiveDays * dayMs)) return false;
  return !shares.some(
    (other) => other.channel === share.channel && other.startedBy === 'customer' && isBefore(other, share) && share.at - other.endedAt <= naiveDays * dayMs,
  );
}

/**
 * A "one-call success" behind which a chat and an e-mail failed, or after which the matter went on. True when a contact looks like a success to
 * its channel while the customer had asked in vain elsewhere before, or had to come again. `shares` are of one engagement, in order.
 */
export function isFalseSuccess(shares: readonly EngagementShare[]): boolean {
  return shares.some(
    (share) =>
      share.startedBy === 'customer' &&
      looksLikeSuccess(share, shares) &&
      shares.some((other) => (isBefore(share, other) ? other.startedBy !== 'callback' : isBefore(other, share) && askedInVain(other, share))),
  );
}

const askedInVain = (other: EngagementShare, share: EngagementShare): boolean =>
  other.failed || (other.asked && !other.looksResolved && other.channel !== share.channel);
const isBefore = (a: EngagementShare, b: EngagementShare): boolean => a.at < b.at || (a.at === b.at && a.contact < b.contact);
