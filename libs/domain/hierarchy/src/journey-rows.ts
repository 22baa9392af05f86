import { alone, membershipOf } from './evidence';
import { compareRefs, compareText, refOf } from './event-order';
import { engagementOf, isEngagement } from './components';
import type { Fold } from './fold-journey';
import type { Engagement, EventRef, Interaction, Journey, NodeFrom, NodeMembership, Part, Transaction } from './hierarchy';
import type { InteractionDraft } from './interaction-draft';
import { takesFeedback, type IssueNode, type PartNode } from './issue-nodes';
import { anchorOf, kindOf, startOf, type TransactionDraft } from './transactions';

/** The rows that a fold says: everything of its readings, and of the sealed past what its edges reach. */
export function journeyRows(fold: Fold): Journey {
  const { input, interactions } = fold;
  const ids = new Map<InteractionDraft, string>();
  for (const interaction of interactions.all) ids.set(interaction, `int_${anchorOfInteraction(interaction).id}`);
  const nodesOf = nodesOfTransactions(fold);
  const first = input.readings[0];
  return {
    customerId: input.customerId,
    settingsVersion: input.settings.version,
    anchor: first ? refOf(first) : null,
    transactions: fold.transactions.all.map((transaction) => transactionRow(transaction, fold, ids, nodesOf[transaction.index]!)),
    interactions: interactions.all
      .map((interaction) => interactionRow(interaction, ids.get(interaction)!, fold))
      .sort((a, b) => compareRefs(a.anchor, b.anchor)),
    memberships: memberships(fold),
    engagements: engagementRows(fold),
  };
}

function anchorOfInteraction({ coreAnchor, items }: InteractionDraft): EventRef {
  const firstItem = items[0] && anchorOf(items[0]);
  return firstItem && compareRefs(firstItem, coreAnchor) < 0 ? firstItem : coreAnchor;
}

const canStayOpen: ReadonlySet<string> = new Set(['ivr', 'acd', 'agent', 'chat', 'messaging']);

function transactionRow(transaction: TransactionDraft, fold: Fold, ids: ReadonlyMap<InteractionDraft, string>, nodes: readonly NodeFrom[]): Transaction {
  const anchor = anchorOf(transaction);
  const { readings, gaps, limitMs, live } = transaction;
  const interaction = fold.interactions.ofTransaction[transaction.index];
  const rule = readings.length === 1 ? 'alone' : anchor.sessionKey === undefined ? 'stream' : 'session';
  return {
    id: `tx_${anchor.id}`,
    anchor: refOf(anchor),
    kind: kindOf(transaction),
    source: anchor.source,
    system: anchor.system,
    channel: live?.channel ?? anchor.channel,
    sessionKey: anchor.sessionKey ?? null,
    agent: readings.find((reading) => reading.agent !== undefined)?.agent ?? null,
    queue: readings.find((reading) => reading.queue !== undefined)?.queue ?? null,
    startAt: anchor.occurredAt,
    endAt: transaction.endAt,
    live: live && { startAt: live.startAt, endAt: live.endAt },
    ended: !canStayOpen.has(anchor.system) || readings.some((reading) => reading.ends),
    events: readings.map((reading, place) => ({
      id: reading.id,
      occurredAt: reading.occurredAt,
      sourceSequence: reading.sourceSequence,
      rule,
      gapMs: gaps[place]!,
      limitMs,
    })),
    interaction: interaction ? { id: ids.get(interaction)!, evidence: membershipOf(fold.interactions.evidence[transaction.index]!) } : null,
    nodes,
  };
}

function nodesOfTransactions({ nodes, transactions }: Fold): NodeFrom[][] {
  const found: NodeFrom[][] = transactions.all.map(() => []);
  for (const node of nodes.all) {
    if (!node.part) for (const transaction of node.transactions) found[transaction.index]!.push({ from: refOf(anchorOf(transaction)), node: node.id });
    else {
      for (const { transaction, readings } of node.part.segments) found[transaction.index]!.push({ from: refOf(readings[0]!), node: node.id });
      for (const item of node.part.items) found[item.index]!.push({ from: refOf(anchorOf(item)), node: node.id });
    }
  }
  for (const list of found) if (list.length > 1) list.sort((a, b) => compareRefs(a.from, b.from));
  return found;
}

function interactionRow(interaction: InteractionDraft, id: string, { nodes }: Fold): Interaction {
  const transactions = [...interaction.core, ...interaction.items].sort((a, b) => a.index - b.index);
  let endAt = -Infinity;
  for (const transaction of transactions) endAt = Math.max(endAt, transaction.endAt);
  return {
    id,
    anchor: refOf(anchorOfInteraction(interaction)),
    kind: interaction.kind,
    startAt: startOf(transactions[0]!),
    endAt,
    live: interaction.kind === 'contact' ? interaction.span : null,
    transactions: transactions.map((transaction) => `tx_${anchorOf(transaction).id}`),
    parts: (nodes.partsOf.get(interaction) ?? []).map(partRow),
  };
}

function partRow(node: PartNode): Part {
  const { startAt, endAt, liveMs, share, failed } = node.part;
  const { family, familyBy, intentConfidence, keys } = node;
  return { node: node.id, startAt, endAt, liveMs, share, family, familyBy, intentConfidence, failed, keys };
}

function memberships(fold: Fold): NodeMembership[] {
  const rows: NodeMembership[] = fold.nodes.all.map((node: IssueNode) => ({
    node: node.id,
    component: fold.components.ofVertex(node.vertex).labels[0]!,
    evidence: membershipOf(node.evidence),
    takesFeedback: takesFeedback(node),
  }));
  for (const node of fold.sealedNodes.values())
    rows.push({ node: node.id, component: node.component, evidence: membershipOf(node.evidence), takesFeedback: node.takesFeedback });
  for (const { transaction, aboutEventId } of fold.nodes.feedback) {
    const anchor = anchorOf(transaction).id;
    rows.push({
      node: `tx_${anchor}`,
      component: fold.feedbackOn.get(transaction)!,
      evidence: { ...alone, rule: 'feedback', otherEvent: aboutEventId },
      takesFeedback: false,
    });
  }
  return rows.sort((a, b) => compareText(a.node, b.node));
}

function engagementRows(fold: Fold): Engagement[] {
  const { components, input } = fold;
  return components.all
    .filter(isEngagement)
    .map((component) => engagementOf(component, components, input.settings))
    .sort((a, b) => compareRefs(a.anchor, b.anchor));
}
