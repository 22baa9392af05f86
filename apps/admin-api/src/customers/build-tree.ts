import type {
  CanonicalEvent,
  ContactScore,
  CustomerTree,
  EngagementBranch,
  EventLeaf,
  Instant,
  InteractionBranch,
  Membership,
  TransactionBranch,
} from '@throughline/contracts';
import { defaultHierarchySettings } from '@throughline/contracts';
import { engagementState, transactionState } from '@throughline/domain-hierarchy';
import type { EngagementRow, InteractionRow, MembershipRow, PartRow, TransactionRow, TreeRows } from './tree-rows';

/** Puts the rows of one customer together: journey ▸ engagements ▸ interactions ▸ transactions ▸ events, states as of `asOf`. */
export function buildTree(customerId: string, rows: TreeRows, asOf: Instant): CustomerTree {
  const { head } = rows;
  const settings = head.settings ?? defaultHierarchySettings;
  const leaves = leavesOf(rows);
  const inOrder = [...rows.transactions].reverse();
  const branchOf = (row: TransactionRow): TransactionBranch => {
    const events = leaves.get(row.id) ?? { shown: [], all: 0 };
    const more = events.all - events.shown.length;
    return {
      id: row.id,
      kind: row.kind,
      source: row.source,
      system: row.system,
      channel: row.channel,
      firstAt: row.start_at,
      lastAt: row.end_at,
      state: transactionState({ id: row.id, ended: row.ended, endAt: row.end_at }, settings, asOf).state,
      agent: row.agent,
      ...(row.agent_name && { agentName: row.agent_name }),
      queue: row.queue,
      membership: membershipOf(row),
      events: events.shown,
      ...(more > 0 && { moreEvents: more }),
    };
  };
  const under = grouped(inOrder, ({ parent_id }) => parent_id ?? '');
  const transactionsUnder = (id: string): TransactionBranch[] => (under.get(id) ?? []).map(branchOf);
  const partsUnder = grouped(rows.parts, ({ engagement_id }) => engagement_id ?? '');
  const interactions = new Map(rows.interactions.map((row) => [row.id, row]));
  const scores = new Map(rows.scores.map(({ anchor, ...score }) => [anchor, score]));
  const interactionsUnder = (engagementId: string): InteractionBranch[] =>
    [...grouped(partsUnder.get(engagementId) ?? [], ({ interaction_id }) => interaction_id)]
      .flatMap(([id, parts]) => {
        const interaction = interactions.get(id);
        return interaction ? [interactionBranch(interaction, parts, transactionsUnder(id), scores.get(interaction.anchor))] : [];
      })
      .sort((a, b) => a.firstAt - b.firstAt);
  return {
    customer: {
      id: customerId,
      formerIds: rows.formerIds,
      identifiers: rows.identifiers.map(({ kind, namespace, value, rule, event_id, confidence }) => ({
        kind,
        namespace,
        value,
        link: { rule, eventId: event_id, confidence },
      })),
      reviews: rows.reviews,
    },
    journey: { id: customerId, firstAt: head.first_at, lastAt: head.last_at, events: head.events ?? 0 },
    engagements: rows.engagements.map((row) => engagementBranch(row, partsUnder.get(row.id) ?? [], interactionsUnder(row.id), transactionsUnder(row.id), asOf)),
    unengaged: { interactions: interactionsUnder(''), transactions: (under.get('') ?? []).map(branchOf) },
    settingsVersion: head.settings_version ?? 0,
    asOf,
    rebuilding: (head.revision ?? 0) > (head.built_revision ?? 0) || head.settings_version !== head.active_version || head.stale === true,
    ...(rows.cursor !== undefined && { more: { cursor: rows.cursor } }),
  };
}

function engagementBranch(
  row: EngagementRow,
  parts: readonly PartRow[],
  interactions: InteractionBranch[],
  transactions: TransactionBranch[],
  asOf: Instant,
): EngagementBranch {
  return {
    id: row.id,
    families: row.families,
    state: engagementState({ id: row.id, phases: row.phases, lastActivityAt: row.last_activity_at, windowMs: row.window_ms }, asOf).state,
    firstAt: row.first_at,
    lastAt: row.last_at,
    keys: keysOf(parts, transactions),
    repeatOf: row.repeat_of,
    follows: row.follows,
    interactions,
    transactions,
  };
}

/** The issue keys of what is shown: of the parts, and of items that hang on the engagement themselves. */
function keysOf(parts: readonly PartRow[], items: readonly TransactionBranch[]): string[] {
  const keys = new Set(parts.flatMap((part) => part.keys));
  for (const { events } of items)
    for (const { event } of events) for (const { kind, namespace, value } of event.issueKeys) keys.add(`${kind}:${namespace}:${value}`);
  return [...keys].sort();
}

/** Several parts of one interaction in one engagement are one membership: shares add, the stronger part speaks (the larger share, then the earlier). */
function interactionBranch(
  row: InteractionRow,
  parts: readonly PartRow[],
  transactions: TransactionBranch[],
  score: ContactScore | undefined,
): InteractionBranch {
  const strongest = parts.reduce((best, part) => (part.share > best.share ? part : best));
  return {
    id: row.id,
    kind: row.kind,
    firstAt: row.start_at,
    lastAt: row.end_at,
    share: parts.reduce((sum, { share }) => sum + share, 0),
    family: strongest.family,
    membership: membershipOf(strongest),
    ...(score && { score }),
    transactions,
  };
}

function leavesOf(rows: TreeRows): Map<string, { shown: EventLeaf[]; all: number }> {
  const bodies = new Map<string, CanonicalEvent>(rows.bodies.map((event) => [event.id, event]));
  const owners = new Map(rows.owners.map((owner) => [owner.event_id, owner]));
  const leaves = new Map<string, { shown: EventLeaf[]; all: number }>();
  for (const row of rows.events) {
    const event = bodies.get(row.event_id);
    if (!event) continue;
    const owner = owners.get(row.event_id);
    let of = leaves.get(row.transaction_id);
    if (!of) leaves.set(row.transaction_id, (of = { shown: [], all: row.events }));
    of.shown.push({
      event,
      rule: row.rule,
      gapMs: row.gap_ms,
      limitMs: row.limit_ms,
      confidence: 1000,
      owner: { rule: owner?.owner_rule ?? 'moved', value: owner?.decided_by ?? null, confidence: owner?.owner_confidence ?? 0 },
    });
  }
  return leaves;
}

function membershipOf({ rule, other_event, value, gap_ms, limit_ms, confidence }: MembershipRow): Membership {
  return { rule, otherEvent: other_event, value, gapMs: gap_ms, limitMs: limit_ms, confidence };
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
