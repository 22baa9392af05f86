import {
  levels,
  type CanonicalHierarchy,
  type CanonicalNode,
  type CanonicalParent,
  type Correction,
  type HierarchySettings,
  type Instant,
  type Membership,
} from '@throughline/contracts';
import { noNote, type Note } from '../flood';
import { alone } from './edges';
import { engagementsOf, type Engagement, type Engagements } from './engagements';
import { interactionsOf, type Interaction } from './interactions';
import type { Node } from './episodes';
import { inOrder, readEvents, type OwnedEvent, type Reading } from './reading';
import { stateOf, transactionsOf, type Transaction } from './transactions';

/** The hierarchy of one customer as docs/rules.md 2 says it, by pairs and plain recursion: right because it is simple, not fast. */
export function oracleHierarchy(
  customerId: string,
  events: readonly OwnedEvent[],
  corrections: readonly Correction[],
  settings: HierarchySettings,
  asOf: Instant,
  note: Note = noNote,
): CanonicalHierarchy {
  const readings = readEvents(events, corrections, settings);
  const transactions = transactionsOf(readings, settings, note);
  const { interactions, loose } = interactionsOf(transactions, corrections, settings, note);
  const world = engagementsOf(interactions, loose, corrections, settings, asOf, note);

  const nodes: CanonicalNode[] = [
    ...transactions.map((transaction) => transactionNode(transaction, interactions, world, customerId, settings, asOf)),
    ...interactions.map((interaction) => interactionNode(interaction, world, customerId)),
    ...world.engagements.map((engagement) => engagementNode(engagement, customerId)),
    node('journey', customerId, 'journey', readings, [], {}),
  ];
  nodes.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || (a.id < b.id ? -1 : 1));
  return { customerId, settingsVersion: settings.version, nodes };
}

type Extra = Partial<Pick<CanonicalNode, 'state' | 'repeatOf' | 'follows'>>;

function node(
  level: CanonicalNode['level'],
  id: string,
  kind: CanonicalNode['kind'],
  readings: readonly Reading[],
  parents: CanonicalParent[],
  extra: Extra,
): CanonicalNode {
  return {
    level,
    id,
    anchor: readings[0]?.id ?? null,
    kind,
    events: [...readings].sort(inOrder).map((reading) => reading.id),
    parents: parents.sort((a, b) => (a.id < b.id ? -1 : 1)),
    state: extra.state ?? null,
    repeatOf: extra.repeatOf ?? null,
    follows: extra.follows ?? null,
  };
}

const parent = (id: string, why: Membership, share = 1000, family: CanonicalParent['family'] = null): CanonicalParent => ({
  id,
  rule: why.rule,
  otherEvent: why.otherEvent,
  value: why.value,
  gapMs: why.gapMs,
  limitMs: why.limitMs,
  confidence: why.confidence,
  share,
  family,
});

const interactionId = (interaction: Interaction): string => `int_${interaction.anchor.id}`;
const engagementId = (engagement: Engagement): string => `eng_${engagement.anchor.id}`;

/** Where a loose node hangs: on its engagement, or on the journey. */
function looseParent(holds: (node: Node) => boolean, { engagements }: Engagements, customerId: string): CanonicalParent {
  for (const engagement of engagements)
    for (const found of [...engagement.nodes, ...engagement.asked]) if (holds(found)) return parent(engagementId(engagement), engagement.why.get(found)!);
  return parent(customerId, { ...alone, rule: 'unengaged' });
}

function transactionNode(
  transaction: Transaction,
  interactions: readonly Interaction[],
  world: Engagements,
  customerId: string,
  settings: HierarchySettings,
  asOf: Instant,
): CanonicalNode {
  const interaction = interactions.find(({ why }) => why.has(transaction));
  const above = interaction
    ? parent(interactionId(interaction), interaction.why.get(transaction)!)
    : looseParent((found) => found.type === 'loose' && found.transaction === transaction, world, customerId);
  return node('transaction', `tx_${transaction.anchor.id}`, transaction.kind, transaction.readings, [above], { state: stateOf(transaction, settings, asOf) });
}

function interactionNode(interaction: Interaction, world: Engagements, customerId: string): CanonicalNode {
  const parents =
    interaction.kind === 'attempt'
      ? [looseParent((found) => found.type === 'attempt' && found.interaction === interaction, world, customerId)]
      : world.engagements.flatMap((engagement) => {
          const parts = engagement.nodes.filter((found) => found.type === 'part').filter((part) => part.interaction === interaction);
          if (parts.length === 0) return [];
          const share = parts.reduce((sum, part) => sum + part.share, 0);
          const byStrength = [...parts].sort((a, b) => b.share - a.share || a.start - b.start || inOrder(a.contact[0]!, b.contact[0]!));
          const why = byStrength.map((part) => engagement.why.get(part)!).find((found) => found.rule !== 'alone') ?? alone;
          return [parent(engagementId(engagement), why, share, world.families.get(byStrength[0]!)!.family)];
        });
  return node('interaction', interactionId(interaction), interaction.kind, interaction.readings, parents, {});
}

function engagementNode(engagement: Engagement, customerId: string): CanonicalNode {
  return node('engagement', engagementId(engagement), 'engagement', engagement.readings, [parent(customerId, alone)], {
    state: engagement.state,
    repeatOf: engagement.repeatOf && engagementId(engagement.repeatOf),
    follows: engagement.follows && engagementId(engagement.follows),
  });
}
