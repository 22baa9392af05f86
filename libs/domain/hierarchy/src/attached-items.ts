import type { Correction, HierarchySettings } from '@throughline/contracts';
import { DisjointSets } from './disjoint-sets';
import { inOrderOfFact, isDivided, type CorrectedNodes, type EdgeRules } from './edge-rules';
import { stronger, type Evidence } from './evidence';
import { components, draft, personEdge, type InteractionDraft } from './interaction-draft';
import { anchorOf, distance, kindOf, startOf, type TransactionDraft, type Transactions } from './transactions';

interface Attaching {
  readonly transactions: Transactions;
  /** Contact interactions, by live start; the attempts are added. */
  readonly all: InteractionDraft[];
  readonly ofTransaction: (InteractionDraft | null)[];
  readonly evidence: (Evidence | null)[];
  readonly rules: EdgeRules;
  /** By transaction: the contact transaction that a person put it with. */
  readonly placed: ReadonlyMap<number, TransactionDraft>;
  readonly settings: HierarchySettings;
}

interface Attachment {
  readonly interaction: InteractionDraft;
  readonly evidence: Evidence;
}

/** Rules §2.2, "Attempts" and "Other items and side transactions": gives every transaction without a live span its interaction, if it has one. */
export function attachItems(attaching: Attaching): void {
  const { transactions, all, ofTransaction, evidence, rules } = attaching;
  const items = transactions.all.filter((transaction) => !transaction.live);
  if (items.length === 0) return;
  const byAgent = agentIndex(all);
  const attach = (item: TransactionDraft, attachment: Attachment): void => {
    attachment.interaction.items.push(item);
    ofTransaction[item.index] = attachment.interaction;
    evidence[item.index] = attachment.evidence;
  };
  const loose: TransactionDraft[] = [];
  const attempts: TransactionDraft[] = [];
  for (const item of items) {
    const attachment = byPerson(item, attaching) ?? byLink(item, attaching, 'contact');
    if (attachment) attach(item, attachment);
    else if (item.attempt) attempts.push(item);
    else loose.push(item);
  }
  for (const interaction of buildAttempts(attempts, attaching)) all.push(interaction);
  for (const item of loose) {
    const attachment = (attempts.length > 0 ? byLink(item, attaching, 'attempt') : null) ?? byAgentTime(item, byAgent, rules, attaching.settings);
    if (attachment) attach(item, attachment);
  }
  for (const interaction of all) if (interaction.items.length > 1) interaction.items.sort((a, b) => a.index - b.index);
}

/** Where the latest `join` or `move` with a contact transaction puts a transaction without live span, unless a later `cut` lies between the two. */
export function placedByPerson({ all }: Transactions, corrections: readonly Correction[], nodes: CorrectedNodes): ReadonlyMap<number, TransactionDraft> {
  const placed = new Map<number, TransactionDraft>();
  for (const correction of inOrderOfFact(corrections)) {
    if (correction.kind === 'relabel' || correction.level !== 'interaction') continue;
    if (correction.kind === 'cut') {
      const cut = nodes.refOf(correction.eventId);
      if (cut) for (const [item, contact] of placed) if (isDivided(anchorOf(all[item]!), anchorOf(contact), cut)) placed.delete(item);
      continue;
    }
    const item = nodes.nodeOf(correction.eventId);
    const target = nodes.nodeOf(correction.toEventId);
    if (item === undefined || target === undefined) continue;
    if (!all[item]!.live && all[target]!.live) placed.set(item, all[target]!);
    else if (correction.kind === 'join' && all[item]!.live && !all[target]!.live) placed.set(target, all[item]!);
  }
  return placed;
}

function byPerson(item: TransactionDraft, { placed, ofTransaction }: Attaching): Attachment | null {
  const contact = placed.get(item.index);
  return contact ? { interaction: ofTransaction[contact.index]!, evidence: { ...personEdge, partner: anchorOf(contact) } } : null;
}

function byLink(item: TransactionDraft, { ofTransaction, rules }: Attaching, kind: InteractionDraft['kind']): Attachment | null {
  let nearest: InteractionDraft | null = null;
  const span = { startAt: startOf(item), endAt: item.endAt };
  const partners: { readonly transaction: TransactionDraft; readonly link: string }[] = [];
  for (const piece of item.pieces) {
    if (piece.transactions.length < 2) continue;
    for (const transaction of piece.transactions) {
      const interaction = ofTransaction[transaction.index];
      if (!interaction || interaction.kind !== kind || (kind === 'contact' ? !transaction.live : !transaction.attempt)) continue;
      if (rules.divides(anchorOf(item), anchorOf(transaction))) continue;
      partners.push({ transaction, link: piece.link });
      if (interaction !== nearest && (!nearest || isNearer(interaction, nearest, span))) nearest = interaction;
    }
  }
  if (!nearest) return null;
  let evidence: Evidence | null = null;
  for (const { transaction, link } of partners)
    if (ofTransaction[transaction.index] === nearest)
      evidence = stronger(evidence, { rule: 'link', partner: anchorOf(transaction), value: link, gapMs: null, limitMs: null, confidence: 1000 });
  return { interaction: nearest, evidence: evidence! };
}

function isNearer(a: InteractionDraft, b: InteractionDraft, span: { readonly startAt: number; readonly endAt: number }): boolean {
  return (distance(a.span, span) - distance(b.span, span) || a.span.startAt - b.span.startAt || compareAnchors(a, b)) < 0;
}

function compareAnchors(a: InteractionDraft, b: InteractionDraft): number {
  return Math.min(...a.core.map(({ index }) => index)) - Math.min(...b.core.map(({ index }) => index));
}

interface AgentIndex {
  readonly interactions: readonly InteractionDraft[];
  readonly agents: ReadonlyMap<InteractionDraft, ReadonlySet<string>>;
  /** Latest live end up to and with the interaction at this place: where the search may stop. */
  readonly latestEnds: readonly number[];
}

function agentIndex(contacts: readonly InteractionDraft[]): AgentIndex {
  const interactions = contacts.toSorted((a, b) => a.span.startAt - b.span.startAt || compareAnchors(a, b));
  const agents = new Map<InteractionDraft, Set<string>>();
  const latestEnds: number[] = [];
  let latest = -Infinity;
  for (const interaction of interactions) {
    agents.set(interaction, agentsOf(interaction.core));
    latest = Math.max(latest, interaction.span.endAt);
    latestEnds.push(latest);
  }
  return { interactions, agents, latestEnds };
}

function agentsOf(transactions: readonly TransactionDraft[]): Set<string> {
  const names = new Set<string>();
  for (const { readings } of transactions) for (const { agent } of readings) if (agent !== undefined) names.add(agent);
  return names;
}

function byAgentTime(
  item: TransactionDraft,
  { interactions, agents, latestEnds }: AgentIndex,
  rules: EdgeRules,
  { agentItemMs }: HierarchySettings,
): Attachment | null {
  const first = anchorOf(item);
  if (kindOf(item) !== 'item' || !first.byAgent) return null;
  const itemAgents = agentsOf([item]);
  for (let place = lastStartingBy(interactions, first.occurredAt); place >= 0 && latestEnds[place]! + agentItemMs >= first.occurredAt; place -= 1) {
    const interaction = interactions[place]!;
    const gapMs = Math.max(0, first.occurredAt - interaction.span.endAt);
    const names = agents.get(interaction)!;
    if (gapMs > agentItemMs || (itemAgents.size > 0 && names.size > 0 && ![...itemAgents].some((agent) => names.has(agent)))) continue;
    if (rules.any && interaction.core.every((contact) => rules.divides(first, anchorOf(contact)))) continue;
    return { interaction, evidence: { rule: 'agentItem', partner: interaction.coreAnchor, value: null, gapMs, limitMs: agentItemMs, confidence: 800 } };
  }
  return null;
}

function lastStartingBy(interactions: readonly InteractionDraft[], at: number): number {
  let low = 0;
  let high = interactions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (interactions[middle]!.span.startAt <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Attempts that share no piece with a contact: connected among themselves. */
function buildAttempts(attempts: readonly TransactionDraft[], { transactions, ofTransaction, evidence, rules }: Attaching): InteractionDraft[] {
  if (attempts.length === 0) return [];
  const isAttempt = new Set(attempts);
  const sets = new DisjointSets(transactions.all.length);
  for (const attempt of attempts)
    for (const piece of attempt.pieces) {
      const partner = piece.transactions.find((other) => other !== attempt && isAttempt.has(other) && !rules.divides(anchorOf(other), anchorOf(attempt)));
      if (!partner) continue;
      sets.join(partner.index, attempt.index);
      evidence[attempt.index] = stronger(evidence[attempt.index]!, {
        rule: 'link',
        partner: anchorOf(partner),
        value: piece.link,
        gapMs: null,
        limitMs: null,
        confidence: 1000,
      });
    }
  return components(attempts, sets).map((core) => draft('attempt', core, ofTransaction));
}
