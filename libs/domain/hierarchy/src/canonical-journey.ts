import type { CanonicalHierarchy, CanonicalNode, CanonicalParent, HierarchySettings, Instant, Level, Membership } from '@throughline/contracts';
import { alone, unengaged } from './evidence';
import { compareRefs, compareText } from './event-order';
import type { Engagement, EventRef, Interaction, Journey, NodeMembership, Part, Transaction } from './hierarchy';
import { engagementState, transactionState } from './journey-states';

const whole = { share: 1000, family: null } as const;

/** The journey at `asOf` in the one form in which rule, database and oracles are compared. */
export function toCanonical(journey: Journey, settings: HierarchySettings, asOf: Instant): CanonicalHierarchy {
  const view = viewOf(journey);
  const nodes: CanonicalNode[] = [
    ...journey.transactions.map((transaction) => transactionNode(transaction, view, settings, asOf)),
    ...journey.interactions.map((interaction) => interactionNode(interaction, view)),
    ...journey.engagements.map((engagement) => engagementNode(engagement, view, asOf)),
    {
      level: 'journey',
      id: journey.customerId,
      anchor: journey.anchor?.id ?? null,
      kind: 'journey',
      events: inOrder(journey.transactions.flatMap((transaction) => transaction.events)),
      parents: [],
      state: null,
      ...unlinked,
    },
  ];
  nodes.sort((a, b) => levelOrder[a.level] - levelOrder[b.level] || compareText(a.id, b.id));
  return { customerId: journey.customerId, settingsVersion: journey.settingsVersion, nodes };
}

const levelOrder: Readonly<Record<Level, number>> = { transaction: 0, interaction: 1, engagement: 2, journey: 3 };
const unlinked = { repeatOf: null, follows: null } as const;

interface View {
  readonly journey: Journey;
  readonly engagementOf: ReadonlyMap<string, Engagement>;
  readonly membershipOf: ReadonlyMap<string, NodeMembership>;
  readonly transactionOf: ReadonlyMap<string, Transaction>;
  readonly eventsOf: ReadonlyMap<Engagement, EventRef[]>;
}

function viewOf(journey: Journey): View {
  const engagementOf = new Map<string, Engagement>();
  for (const engagement of journey.engagements) for (const label of engagement.components) engagementOf.set(label, engagement);
  const membershipOf = new Map(journey.memberships.map((membership) => [membership.node, membership]));
  const eventsOf = new Map<Engagement, EventRef[]>(journey.engagements.map((engagement) => [engagement, []]));
  for (const { id, events, nodes } of journey.transactions) {
    const places = nodes.length > 0 ? nodes : [{ from: events[0]!, node: id }];
    let place = 0;
    for (const event of events) {
      while (place + 1 < places.length && compareRefs(places[place + 1]!.from, event) <= 0) place += 1;
      const membership = membershipOf.get(places[place]!.node);
      const engagement = membership && engagementOf.get(membership.component);
      if (engagement) eventsOf.get(engagement)!.push(event);
    }
  }
  return { journey, engagementOf, membershipOf, transactionOf: new Map(journey.transactions.map((row) => [row.id, row])), eventsOf };
}

function inOrder(events: readonly EventRef[]): string[] {
  return [...events].sort(compareRefs).map(({ id }) => id);
}

function transactionNode(transaction: Transaction, view: View, settings: HierarchySettings, asOf: Instant): CanonicalNode {
  const { id, anchor, kind, events, interaction } = transaction;
  return {
    level: 'transaction',
    id,
    anchor: anchor.id,
    kind,
    events: events.map((event) => event.id),
    parents: [interaction ? { id: interaction.id, ...interaction.evidence, ...whole } : nodeParent(id, view)],
    state: transactionState(transaction, settings, asOf).state,
    ...unlinked,
  };
}

/** Where a loose transaction or an attempt hangs. */
function nodeParent(node: string, { journey, engagementOf, membershipOf }: View): CanonicalParent {
  const membership = membershipOf.get(node);
  const engagement = membership && engagementOf.get(membership.component);
  return engagement ? { id: engagement.id, ...membership!.evidence, ...whole } : { id: journey.customerId, ...unengaged, ...whole };
}

function interactionNode(interaction: Interaction, view: View): CanonicalNode {
  const { id, anchor, kind, transactions } = interaction;
  return {
    level: 'interaction',
    id,
    anchor: anchor.id,
    kind,
    events: inOrder(transactions.flatMap((transaction) => view.transactionOf.get(transaction)!.events)),
    parents: kind === 'contact' ? engagementParents(interaction, view) : [nodeParent(id, view)],
    state: null,
    ...unlinked,
  };
}

/** One membership an engagement: shares of its parts add, the family is that of the strongest part (share, then earlier), the evidence that of the strongest that has any. */
export function engagementParents({ parts }: Pick<Interaction, 'parts'>, view: Pick<View, 'engagementOf' | 'membershipOf'>): CanonicalParent[] {
  const byEngagement = new Map<string, { readonly part: Part; readonly evidence: Membership }[]>();
  for (const part of parts) {
    const membership = view.membershipOf.get(part.node)!;
    const { id } = view.engagementOf.get(membership.component)!;
    const held = byEngagement.get(id);
    if (held) held.push({ part, evidence: membership.evidence });
    else byEngagement.set(id, [{ part, evidence: membership.evidence }]);
  }
  return [...byEngagement]
    .map(([id, held]) => {
      const byStrength = held.toSorted((a, b) => b.part.share - a.part.share);
      const { evidence } = byStrength.find((member) => member.evidence.rule !== 'alone') ?? byStrength[0]!;
      return { id, ...evidence, share: held.reduce((sum, { part }) => sum + part.share, 0), family: byStrength[0]!.part.family };
    })
    .sort((a, b) => compareText(a.id, b.id));
}

function engagementNode(engagement: Engagement, view: View, asOf: Instant): CanonicalNode {
  const { id, anchor, repeatOf, follows } = engagement;
  const idOf = (component: string | null): string | null => (component === null ? null : (view.engagementOf.get(component)?.id ?? null));
  return {
    level: 'engagement',
    id,
    anchor: anchor.id,
    kind: 'engagement',
    events: inOrder(view.eventsOf.get(engagement)!),
    parents: [{ id: view.journey.customerId, ...alone, ...whole }],
    state: engagementState(engagement, asOf).state,
    repeatOf: idOf(repeatOf),
    follows: idOf(follows),
  };
}
