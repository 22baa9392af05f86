import type { EngagementFact, Instant } from '@throughline/contracts';
import { earlier, sharesInOrder, type EngagementShare } from './engagement-share';
import { isFalseSuccess } from './is-false-success';
import type { ItemReading } from './readings';
import type { ScoredEngagement } from './scoring-input';

/** An engagement added up from the shares of its contacts; undefined without any. `items` are those that hang in it: what its customer said of it, and closings. */
export function engagementFact(
  customerId: string,
  engagement: ScoredEngagement,
  given: readonly EngagementShare[],
  items: readonly ItemReading[],
): EngagementFact | undefined {
  const shares = [...given].sort(sharesInOrder);
  const [first] = shares;
  if (!first) return undefined;
  const sum = (of: (share: EngagementShare) => number): number => shares.reduce((total, share) => total + of(share), 0);
  const { phases, lastActivityAt, windowMs } = engagement;
  const phase = phases.at(-1);
  const said = saidSolved(items);
  return {
    customerId,
    anchor: engagement.anchor,
    at: first.at,
    firstContactEndAt: first.endedAt,
    lastContactEndAt: shares.reduce((last, { endedAt }) => Math.max(last, endedAt), first.endedAt),
    channel: first.channel,
    queue: first.queue,
    agent: first.agent,
    site: first.site,
    ...intentOf(shares),
    closedAs: phase?.closedAs ?? null,
    closedAt: phase?.closedAs ? phase.from : null,
    resolvedAt: resolvedAt(engagement, shares, items),
    idleAt: phase?.keyOpen ? null : lastActivityAt + windowMs + 1,
    contacts: shares.length,
    transactions: sum(({ transactions }) => transactions),
    steps: sum(({ steps }) => steps),
    channels: [...new Set(shares.flatMap(({ channel }) => channel ?? []))],
    agents: [...new Set(shares.flatMap(({ agents }) => agents))],
    liveMs: sum(({ liveMs }) => liveMs),
    nextSameIntentAt: first.nextAt,
    saidSolved: said?.solved ?? null,
    saidSolvedAt: said?.at ?? null,
    falseSuccess: isFalseSuccess(shares),
    frustration: shares.reduce((most, share) => Math.max(most, share.frustration), 0),
  };
}

/** That of the first contact; where it showed none, the first that any contact showed. */
function intentOf(shares: readonly EngagementShare[]): Pick<EngagementFact, 'intent' | 'family' | 'intentConfidence'> {
  const { intent, family, intentConfidence } = shares.find((share) => share.intent !== 'unknown') ?? shares[0]!;
  return { intent, family, intentConfidence };
}

/** The first time that anybody wrote it down, or the hierarchy counts it as closed so. The hierarchy itself forgets a closing after which the matter went on. */
function resolvedAt({ phases }: ScoredEngagement, shares: readonly EngagementShare[], items: readonly ItemReading[]): Instant | null {
  const phase = phases.find(({ closedAs }) => closedAs === 'resolved' || closedAs === 'sold');
  const words = [...shares.map((share) => share.resolvedAt), ...items.map(({ kind, at }) => (kind === 'closing' ? at : null)), phase?.from ?? null];
  return words.reduce(earlier, null);
}

function saidSolved(items: readonly ItemReading[]): { readonly solved: boolean; readonly at: number } | undefined {
  const answers = items.flatMap((item) => (item.kind === 'answers' ? [item] : []));
  for (const { at, answers: given } of answers.sort((a, b) => b.at - a.at || (a.anchor < b.anchor ? 1 : -1))) {
    const answer = given.findLast(({ question }) => question === 'solved');
    if (answer) return { solved: answer.value === 1, at };
  }
  return undefined;
}
