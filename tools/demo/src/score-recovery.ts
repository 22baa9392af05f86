import type { TruthPerson, TruthRow } from './truth';

/** Where one event came to stand in the world that the platform derived. */
export interface DerivedRow {
  readonly customer: string | null;
  /** Null: part of no interaction. */
  readonly interaction: string | null;
  /** Several where its interaction serves several; empty: part of none. */
  readonly engagements: readonly string[];
}

export const recoveryLevels = ['customer', 'interaction', 'engagement'] as const;
export type RecoveryLevel = (typeof recoveryLevels)[number];

export interface PairScore {
  /** Pairs of events that belong together in truth, in the derived world, and in both. */
  readonly truePairs: number;
  readonly derivedPairs: number;
  readonly commonPairs: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export type MissReason =
  | 'eventMissing'
  | 'otherCustomer'
  | 'itemLeftOut'
  | 'itemTakenIn'
  | 'pauseOverLimit'
  | 'backWithinLimit'
  | 'twoIssuesAtATime'
  | 'silence'
  | 'sameFamily'
  | 'otherFamily'
  | 'otherBlockOfTime'
  | 'identifiers';

/** One true group that came apart, or one derived group in which several true ones stand. */
export interface Miss {
  readonly level: RecoveryLevel;
  readonly kind: 'split' | 'merged';
  readonly reason: MissReason;
  readonly persons: readonly string[];
  readonly personKinds: readonly string[];
  readonly suffices: boolean;
  readonly truth: readonly string[];
  readonly derived: readonly string[];
  /** The shortest silence between two of the pieces; null where a piece has no time. */
  readonly gapMs: number | null;
  /** One event of each piece. */
  readonly examples: readonly string[];
  /** Pairs of events that this miss costs. */
  readonly pairs: number;
}

export interface Recovery {
  readonly events: number;
  readonly missing: number;
  readonly persons: { readonly all: number; readonly sufficing: number; readonly share: number };
  /** Over all events, and over the pairs of which at least one event is of a person whose identifiers suffice. */
  readonly all: Readonly<Record<RecoveryLevel, PairScore>>;
  readonly sufficing: Readonly<Record<RecoveryLevel, PairScore>>;
  readonly misses: readonly Miss[];
}

const pairsOf = (count: number): number => (count * (count - 1)) / 2;
const separator = '\u0000';

/** All non-empty subsets of a few labels, with the sign that inclusion and exclusion gives them: for one label the label itself. */
function facetsOf(labels: readonly string[]): readonly (readonly [facet: string, sign: 1 | -1])[] {
  if (labels.length === 0) return [];
  if (labels.length === 1) return [[labels[0] as string, 1]];
  const sorted = [...labels].sort();
  const facets: [string, 1 | -1][] = [];
  for (let mask = 1; mask < 1 << sorted.length; mask++) {
    const members = sorted.filter((_, index) => mask & (1 << index));
    facets.push([members.join(separator), members.length % 2 === 1 ? 1 : -1]);
  }
  return facets;
}

/** Counts of events by true and derived groups, from which the pairs follow without looking at any pair. */
class Contingency {
  private readonly rows = new Map<string, number>();
  private readonly columns = new Map<string, number>();
  private readonly cells = new Map<string, number>();
  private readonly signs = new Map<string, 1 | -1>();

  add(truth: readonly string[], derived: readonly string[]): void {
    const rows = facetsOf(truth);
    const columns = facetsOf(derived);
    for (const [facet, sign] of rows) this.count(this.rows, facet, sign);
    for (const [facet, sign] of columns) this.count(this.columns, facet, sign);
    for (const [row, rowSign] of rows)
      for (const [column, columnSign] of columns) this.count(this.cells, `${row}\u0001${column}`, (rowSign * columnSign) as 1 | -1);
  }

  pairs(): Pick<PairScore, 'truePairs' | 'derivedPairs' | 'commonPairs'> {
    const sum = (counts: Map<string, number>): number => {
      let total = 0;
      for (const [facet, count] of counts) total += (this.signs.get(facet) ?? 1) * pairsOf(count);
      return total;
    };
    return { truePairs: sum(this.rows), derivedPairs: sum(this.columns), commonPairs: sum(this.cells) };
  }

  private count(counts: Map<string, number>, facet: string, sign: 1 | -1): void {
    counts.set(facet, (counts.get(facet) ?? 0) + 1);
    if (sign === -1) this.signs.set(facet, -1);
  }
}

function scoreOf({ truePairs, derivedPairs, commonPairs }: Pick<PairScore, 'truePairs' | 'derivedPairs' | 'commonPairs'>): PairScore {
  const precision = derivedPairs === 0 ? 1 : commonPairs / derivedPairs;
  const recall = truePairs === 0 ? 1 : commonPairs / truePairs;
  return { truePairs, derivedPairs, commonPairs, precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/**
 * How much of the truth a derived world recovered, by the pairwise measure of record linkage (precision, recall and F1 over pairs of events that stand in one group). An
 * event that is part of no group is a group of its own, in truth as in the derived world; where groups overlap, two events belong together if they share one. An event that
 * is missing in the derived world stands alone.
 */
export function scoreRecovery(persons: Iterable<TruthPerson>, truth: Iterable<TruthRow>, derivedOf: (row: TruthRow) => DerivedRow | null): Recovery {
  const kinds = new Map<string, TruthPerson>();
  let sufficing = 0;
  for (const person of persons) {
    kinds.set(person.person, person);
    if (person.suffices) sufficing++;
  }
  const all = { customer: new Contingency(), interaction: new Contingency(), engagement: new Contingency() };
  const unsure = { customer: new Contingency(), interaction: new Contingency(), engagement: new Contingency() };
  const placed: Placed[] = [];
  let events = 0;
  let missing = 0;
  for (const row of truth) {
    events++;
    const derived = derivedOf(row);
    if (derived === null) missing++;
    const tables = kinds.get(row.person)?.suffices === false ? [all, unsure] : [all];
    const customer = derived?.customer ?? null;
    const interaction = derived?.interaction ?? null;
    for (const table of tables) {
      table.customer.add([row.person], customer === null ? [] : [customer]);
      table.interaction.add(row.interaction === null ? [] : [row.interaction], interaction === null ? [] : [interaction]);
      table.engagement.add(row.engagements, derived?.engagements ?? []);
    }
    placed.push({ row, derived });
  }
  const score = (level: RecoveryLevel, minus: boolean): PairScore => {
    const counted = all[level].pairs();
    if (!minus) return scoreOf(counted);
    const without = unsure[level].pairs();
    return scoreOf({
      truePairs: counted.truePairs - without.truePairs,
      derivedPairs: counted.derivedPairs - without.derivedPairs,
      commonPairs: counted.commonPairs - without.commonPairs,
    });
  };
  const scores = (minus: boolean): Record<RecoveryLevel, PairScore> => ({
    customer: score('customer', minus),
    interaction: score('interaction', minus),
    engagement: score('engagement', minus),
  });
  return {
    events,
    missing,
    persons: { all: kinds.size, sufficing, share: kinds.size === 0 ? 0 : sufficing / kinds.size },
    all: scores(false),
    sufficing: scores(true),
    misses: recoveryLevels.flatMap((level) => missesOf(level, placed, kinds)),
  };
}

interface Placed {
  readonly row: TruthRow;
  readonly derived: DerivedRow | null;
}

const trueLabels = (level: RecoveryLevel, { row }: Placed): readonly string[] =>
  level === 'customer' ? [row.person] : level === 'interaction' ? (row.interaction === null ? [] : [row.interaction]) : row.engagements;

function derivedLabels(level: RecoveryLevel, { derived }: Placed): readonly string[] {
  if (derived === null) return [];
  if (level === 'engagement') return derived.engagements;
  const label = level === 'customer' ? derived.customer : derived.interaction;
  return label === null ? [] : [label];
}

const alone = '(none)';

/** Every group that is not the same in truth and in the derived world. */
function missesOf(level: RecoveryLevel, placed: readonly Placed[], persons: ReadonlyMap<string, TruthPerson>): Miss[] {
  const byTruth = new Map<string, Map<string, Placed[]>>();
  const byDerived = new Map<string, Map<string, Placed[]>>();
  const add = (groups: Map<string, Map<string, Placed[]>>, group: string, piece: string, one: Placed): void => {
    let pieces = groups.get(group);
    if (!pieces) groups.set(group, (pieces = new Map<string, Placed[]>()));
    const list = pieces.get(piece);
    if (list) list.push(one);
    else pieces.set(piece, [one]);
  };
  for (const one of placed) {
    const truth = trueLabels(level, one);
    const derived = derivedLabels(level, one);
    // Where an event serves two issues, its first label stands for it: the misses are a list to read, the scores are counted above.
    for (const label of truth.slice(0, 1)) add(byTruth, label, derived[0] ?? alone, one);
    for (const label of derived.slice(0, 1)) add(byDerived, label, truth[0] ?? alone, one);
  }
  const misses: Miss[] = [];
  for (const [truth, pieces] of byTruth) if (pieces.size > 1) misses.push(miss(level, 'split', [truth], [...pieces.keys()], [...pieces.values()], persons));
  for (const [derived, pieces] of byDerived)
    if (pieces.size > 1) misses.push(miss(level, 'merged', [...pieces.keys()], [derived], [...pieces.values()], persons));
  return misses;
}

function miss(
  level: RecoveryLevel,
  kind: 'split' | 'merged',
  truth: readonly string[],
  derived: readonly string[],
  pieces: readonly (readonly Placed[])[],
  persons: ReadonlyMap<string, TruthPerson>,
): Miss {
  const everyone = pieces.flat();
  const names = [...new Set(everyone.map(({ row }) => row.person))];
  const gapMs = shortestGap(pieces);
  const total = everyone.length;
  return {
    level,
    kind,
    reason: reasonOf(level, kind, truth, derived, everyone, names, gapMs),
    persons: names,
    personKinds: [...new Set(names.map((name) => persons.get(name)?.kind ?? 'organisation'))],
    suffices: names.every((name) => persons.get(name)?.suffices !== false),
    truth,
    derived,
    gapMs,
    examples: pieces.slice(0, 4).map((piece) => (piece[0] as Placed).row.sourceEventId),
    pairs: pairsOf(total) - pieces.reduce((sum, piece) => sum + pairsOf(piece.length), 0),
  };
}

function reasonOf(
  level: RecoveryLevel,
  kind: 'split' | 'merged',
  truth: readonly string[],
  derived: readonly string[],
  events: readonly Placed[],
  persons: readonly string[],
  gapMs: number | null,
): MissReason {
  if (kind === 'split' && events.some((event) => event.derived === null)) return 'eventMissing';
  if (level === 'customer') return 'identifiers';
  if (kind === 'split' && new Set(events.map((event) => event.derived?.customer)).size > 1) return 'otherCustomer';
  if (kind === 'merged' && persons.length > 1) return 'otherCustomer';
  if (kind === 'split' && derived.includes(alone)) return 'itemLeftOut';
  if (kind === 'merged' && truth.includes(alone)) return 'itemTakenIn';
  if (level === 'interaction') {
    if (kind === 'split') return 'pauseOverLimit';
    return new Set(truth.map(issueOf)).size > 1 ? 'twoIssuesAtATime' : 'backWithinLimit';
  }
  if (kind === 'split') return (gapMs ?? 0) > 7 * 86_400_000 ? 'silence' : 'otherBlockOfTime';
  return new Set(truth.map((issue) => issue.split('/')[1])).size < truth.length ? 'sameFamily' : 'otherFamily';
}

/** The issue part of the name of a block of time. */
const issueOf = (interaction: string): string => interaction.slice(0, Math.max(interaction.lastIndexOf('.'), 0));

function shortestGap(pieces: readonly (readonly Placed[])[]): number | null {
  const spans = pieces
    .map((piece) => {
      let first = Infinity;
      let last = -Infinity;
      for (const { row } of piece) {
        first = Math.min(first, row.occurredAt);
        last = Math.max(last, row.occurredAt);
      }
      return { first, last };
    })
    .sort((a, b) => a.first - b.first);
  let shortest: number | null = null;
  let end = -Infinity;
  for (const { first, last } of spans) {
    if (end > -Infinity) shortest = Math.min(shortest ?? Infinity, Math.max(0, first - end));
    end = Math.max(end, last);
  }
  return shortest;
}
