import type { Correction, Family, HierarchySettings, Instant, Membership } from '@throughline/contracts';
import { flood, noteLimit, type Note } from '../flood';
import { alone, correct, evidenceOf, type Edge } from './edges';
import { closingOfKey, closingsAt, failureEdges, familiesOf, inOrderOfParts, runsOf, type ClosingOfRun, type FamilyOfPart, type Run } from './runs';
import { episodesOf, keyEdges, statusAfter, statusAt, type Episode, type LooseNode, type Node } from './episodes';
import type { Interaction } from './interactions';
import { partsOf, type Part } from './parts';
import { closingOutcomes, inOrder, type Reading } from './reading';
import type { Transaction } from './transactions';

export interface Engagement {
  readonly nodes: readonly Node[];
  /** Feedback transactions that were asked about one of its events. */
  readonly asked: readonly LooseNode[];
  readonly readings: readonly Reading[];
  readonly anchor: Reading;
  readonly why: ReadonlyMap<Node, Membership>;
  readonly repeatOf: Engagement | null;
  readonly follows: Engagement | null;
  readonly state: string;
}

export interface Engagements {
  readonly engagements: readonly Engagement[];
  readonly families: ReadonlyMap<Part, FamilyOfPart>;
  /** Loose nodes that hang on the journey. */
  readonly unengaged: readonly LooseNode[];
}

/** docs/rules.md 2.3–2.6. */
export function engagementsOf(
  interactions: readonly Interaction[],
  loose: readonly Transaction[],
  corrections: readonly Correction[],
  settings: HierarchySettings,
  asOf: Instant,
  note: Note,
): Engagements {
  const parts = interactions.flatMap((interaction) => partsOf(interaction, settings, note)).sort(inOrderOfParts);
  const attempts = interactions.filter((interaction) => interaction.kind === 'attempt');
  const looseNodes: LooseNode[] = [
    ...loose.map((transaction) => ({ type: 'loose' as const, transaction, readings: transaction.readings, anchor: transaction.anchor })),
    ...attempts.map((interaction) => ({ type: 'attempt' as const, interaction, readings: interaction.readings, anchor: interaction.anchor })),
  ];
  const aboutOf = new Map(looseNodes.map((node) => [node, askedAbout(node)]));
  const held = (eventId: string): Node | undefined =>
    [...parts, ...looseNodes.filter((node) => aboutOf.get(node) === undefined && opened(node))].find((node) => node.readings.some(({ id }) => id === eventId));
  const asked = looseNodes.filter((node) => aboutOf.get(node) !== undefined && held(aboutOf.get(node)!));
  const nodes: Node[] = [...parts, ...looseNodes.filter((node) => !asked.includes(node))];

  const episodes = episodesOf(nodes, settings, note);
  const families = familiesOf(parts, episodes, settings, note);
  const { runs, edges: intentEdges } = runsOf(parts, families, episodes, settings, note);
  const natural = [...keyEdges(episodes), ...intentEdges, ...failureEdges(parts, settings, note)];
  const nodeOf = (eventId: string): Node | undefined => nodes.find((node) => node.readings.some(({ id }) => id === eventId));
  const all = [...interactions.flatMap(({ readings }) => readings), ...loose.flatMap(({ readings }) => readings)];
  const edges = correct(natural, corrections, 'engagement', nodeOf, (eventId) => all.find(({ id }) => id === eventId));

  const tied = new Map(nodes.map((node) => [node, new Set<Node>()]));
  for (const { a, b } of edges) {
    tied.get(a)!.add(b);
    tied.get(b)!.add(a);
  }
  const groups = flood(nodes, (a, b) => tied.get(a)!.has(b));
  const engaged = groups.filter((group) => group.some((node) => node.type === 'part' || opened(node)));
  const outer = edges.filter(({ a, b }) => !(a.type === 'part' && b.type === 'part' && a.interaction === b.interaction));
  const groupOf = (node: Node): Node[] => engaged.find((group) => group.includes(node))!;

  const drafts = engaged.map((group) => {
    const answers = asked.filter((node) => groupOf(held(aboutOf.get(node)!)!) === group);
    const readings = [...group, ...answers].flatMap((node) => node.readings).sort(inOrder);
    const state = stateOf(group, runs, episodes, families, settings, asOf, note);
    note(`state: ${state}`);
    const why = new Map<Node, Membership>(group.map((node) => [node, whyIn(node, outer, note)]));
    for (const node of answers) {
      note('membership: feedback');
      why.set(node, { ...alone, rule: 'feedback', otherEvent: aboutOf.get(node)! });
    }
    return { group, engagement: { nodes: group, asked: answers, readings, anchor: readings[0]!, why, repeatOf: null, follows: null, state } as Engagement };
  });
  const engagementOf = (node: Node): Engagement | undefined => drafts.find(({ group }) => group.includes(node))?.engagement;
  const before = new Map(drafts.map(({ engagement }) => [engagement, earlierOf(engagement, runs, episodes, engagementOf, note)]));
  for (const { engagement } of drafts) Object.assign(engagement, before.get(engagement));
  const unengaged = nodes.filter((node): node is LooseNode => node.type !== 'part' && !engaged.some((group) => group.includes(node)));
  if (unengaged.length > 0) note('membership: unengaged');
  return { engagements: drafts.map(({ engagement }) => engagement), families, unengaged };
}

const opened = (node: Node): boolean => node.readings.some((reading) => reading.keys.some((key) => key.state === 'opened'));

const askedAbout = (node: LooseNode): string | undefined =>
  node.type === 'loose' ? node.readings.find(({ event }) => event.purpose === 'feedback' && event.aboutEventId !== undefined)?.event.aboutEventId : undefined;

function whyIn(node: Node, edges: readonly Edge<Node>[], note: Note): Membership {
  const why = evidenceOf(node, edges);
  note(`membership: engagement ${why.rule}`);
  return why;
}

/** `repeatOf` and `follows`: the first run or episode of the engagement that another one preceded. */
function earlierOf(
  engagement: Engagement,
  runs: readonly Run[],
  episodes: readonly Episode[],
  engagementOf: (node: Node) => Engagement | undefined,
  note: Note,
): { repeatOf: Engagement | null; follows: Engagement | null } {
  const lastNode = (episode: Episode): Node => [...new Set(episode.uses.map((use) => use.node))].pop()!;
  const starts = [
    ...runs.map((run) => ({
      first: run.members[0]!.contact[0]!,
      node: run.members[0] as Node,
      name: '',
      earlier: (run.before?.members[run.before.members.length - 1] as Node | undefined) ?? null,
      differ: false,
    })),
    ...episodes.map((episode) => ({
      first: episode.uses[0]!.reading,
      node: episode.uses[0]!.node,
      name: episode.key,
      earlier: episode.before && lastNode(episode.before),
      differ: episode.familiesDiffer,
    })),
  ]
    .filter(({ node, earlier }) => earlier !== null && engagementOf(node) === engagement)
    .sort((a, b) => inOrder(a.first, b.first) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const pick = (differ: boolean): Engagement | null => {
    const start = starts.find((other) => other.differ === differ);
    const earlier = start && engagementOf(start.earlier!);
    return earlier && earlier !== engagement ? earlier : null;
  };
  const found = { repeatOf: pick(false), follows: pick(true) };
  if (found.repeatOf) note('engagement: repeatOf');
  if (found.follows) note('engagement: follows');
  return found;
}

function stateOf(
  group: readonly Node[],
  runs: readonly Run[],
  episodes: readonly Episode[],
  families: ReadonlyMap<Part, FamilyOfPart>,
  settings: HierarchySettings,
  asOf: Instant,
  note: Note,
): string {
  if (group.every((node) => node.readings.every((reading) => reading.start > asOf))) return 'open';
  const parts = group.filter((node) => node.type === 'part').sort(inOrderOfParts);
  const mine = episodes.filter((episode) => episode.uses.some((use) => group.includes(use.node)));
  const keyOpen = mine.some((episode) => statusAt(episode, asOf).open);
  const theirs = new Set<Family>(parts.map((part) => families.get(part)!.family));
  const keyClosings = mine.flatMap((episode) => statusAt(episode, asOf).closings.map(closingOfKey));
  const outcomes = parts.flatMap(({ readings }) => readings.filter((reading) => reading.start <= asOf && closingOutcomes.includes(reading.outcome ?? '')));
  const closed =
    parts.length > 0
      ? [...theirs].every((family) => {
          const last = parts.filter((part) => families.get(part)!.family === family).pop()!;
          return closingsAt(runs.find((run) => run.members.includes(last))!.members, family, asOf, episodes).closed;
        })
      : keyClosings.length > 0 && !keyOpen;
  if (closed) {
    const words: ClosingOfRun[] = [
      ...outcomes.map((reading) => ({ at: reading.start, reading, outcome: reading.outcome!, cancelledKey: false })),
      ...keyClosings,
    ];
    const plain = words.filter((word) => !word.cancelledKey).sort((a, b) => inOrder(a.reading, b.reading));
    return plain[plain.length - 1]?.outcome ?? 'cancelled';
  }
  const windows = [...(parts.length > 0 ? theirs : new Set(mine.map((episode) => statusAfter(episode.uses).family ?? 'unknown')))];
  const window = Math.max(...(windows.length > 0 ? windows : (['unknown'] as const)).map((family) => settings.families[family].windowMs));
  const lastActivity =
    parts.length > 0
      ? Math.max(...parts.map((part) => part.end))
      : Math.min(
          ...group.flatMap((node) => node.readings.filter((reading) => reading.keys.some((key) => key.state === 'opened')).map((reading) => reading.start)),
        );
  noteLimit(note, 'abandoned', asOf - lastActivity, window);
  return keyOpen || asOf - lastActivity <= window ? 'open' : 'abandoned';
}
