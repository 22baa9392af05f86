import type { Family, HierarchySettings } from '@throughline/contracts';
import { noteLimit, type Note } from '../flood';
import type { Edge } from './edges';
import { statusAfter, statusAt, type Closing, type Episode, type Node } from './episodes';
import type { Part } from './parts';
import { closingOutcomes, gapOf, inOrder, meet, type Reading } from './reading';

export interface FamilyOfPart {
  readonly family: Family;
  readonly by: 'own' | 'episode' | 'borrowed' | 'unknown';
  readonly confidence: number;
}

export interface Run {
  readonly family: Family;
  readonly members: readonly Part[];
  /** It began because the run before it, this one, was closed or idle too long. */
  readonly before: Run | null;
  /** How its last member joined. */
  readonly joined: { readonly gap: number; readonly limit: number } | null;
}

/** docs/rules.md 2.5. Parts come in order. */
export function familiesOf(parts: readonly Part[], episodes: readonly Episode[], settings: HierarchySettings, note: Note): Map<Part, FamilyOfPart> {
  const lent = new Map<Part, FamilyOfPart>();
  for (const part of parts) {
    const family = part.own === null ? familyByKey(part, episodes) : null;
    if (part.own) lent.set(part, { family: part.own.family, by: 'own', confidence: part.own.confidence });
    else if (family) lent.set(part, { family, by: 'episode', confidence: 1000 });
  }
  const families = new Map<Part, FamilyOfPart>();
  for (const part of parts) {
    const lender = lent.has(part) ? undefined : lenderOf(part, parts, lent, settings, note);
    const borrowed = lender && lent.get(lender)!;
    const found: FamilyOfPart = lent.get(part) ?? (borrowed ? { ...borrowed, by: 'borrowed' } : { family: 'unknown', by: 'unknown', confidence: 1000 });
    note(`family: ${found.by}${found.by === 'borrowed' && part.failed ? ' by a failed contact' : ''}`);
    families.set(part, found);
  }
  return families;
}

function familyByKey(part: Part, episodes: readonly Episode[]): Family | null {
  for (const reading of part.readings)
    for (const { key } of reading.keys) {
      const episode = episodes.find((other) => other.key === key && other.uses.some((use) => use.node === part));
      const family = episode && statusAfter(episode.uses).family;
      if (family) return family;
    }
  return null;
}

function lenderOf(part: Part, parts: readonly Part[], lent: ReadonlyMap<Part, FamilyOfPart>, settings: HierarchySettings, note: Note): Part | undefined {
  const near = parts.filter((other) => lent.has(other) && other.interaction !== part.interaction && gapOf(other, part) <= settings.borrowMs);
  for (const other of lent.keys()) if (other.interaction !== part.interaction) noteLimit(note, 'borrow', gapOf(other, part), settings.borrowMs);
  if (part.failed) return near.find((other) => parts.indexOf(other) > parts.indexOf(part));
  const least = Math.min(...near.map((other) => gapOf(other, part)));
  return near.find((other) => gapOf(other, part) === least);
}

export interface ClosingOfRun {
  readonly at: number;
  readonly reading: Reading;
  readonly outcome: string;
  /** By a key that was cancelled. */
  readonly cancelledKey: boolean;
}

/** What closed a run of these members at `t`, and whether it is closed. */
export function closingsAt(members: readonly Part[], family: Family, t: number, episodes: readonly Episode[]): { closed: boolean; closings: ClosingOfRun[] } {
  const last = members[members.length - 1]!;
  const inTime = (at: number): boolean => at >= last.start && at <= t;
  const outcomes = members.flatMap((member) =>
    member.readings.filter((reading) => reading.outcome !== undefined && closingOutcomes.includes(reading.outcome) && inTime(reading.start)),
  );
  const carried = members.flatMap((member) => [...member.topics]);
  const theirs = episodes.filter((episode) => carried.includes(episode.key) && episode.uses.some((use) => members.some((member) => member === use.node)));
  const byKeys = theirs.flatMap((episode) => statusAt(episode, t).closings.filter((closing) => inTime(closing.reading.start)));
  const closings = [
    ...outcomes.map((reading) => ({ at: reading.start, reading, outcome: reading.outcome!, cancelledKey: false })),
    ...byKeys.map((closing) => closingOfKey(closing)),
  ];
  const placed = outcomes.some(
    (reading) => family === 'purchase' && reading.event.system === 'order' && reading.event.type === 'placed' && reading.outcome === 'sold',
  );
  return { closed: closings.length > 0 && (placed || !theirs.some((episode) => statusAt(episode, t).open)), closings };
}

export function closingOfKey({ reading, state }: Closing): ClosingOfRun {
  const named = reading.outcome !== undefined && closingOutcomes.includes(reading.outcome) ? reading.outcome : undefined;
  return {
    at: reading.start,
    reading,
    outcome: named ?? (state === 'cancelled' ? 'cancelled' : 'resolved'),
    cancelledKey: named === undefined && state === 'cancelled',
  };
}

/** The runs of one family: the run of each part is found from that of the part before it. Answers every run with its members, and the edges. */
export function runsOf(
  ordered: readonly Part[],
  families: ReadonlyMap<Part, FamilyOfPart>,
  episodes: readonly Episode[],
  settings: HierarchySettings,
  note: Note,
): { runs: Run[]; edges: Edge<Node>[] } {
  const runs: Run[] = [];
  const edges: Edge<Node>[] = [];
  for (const family of new Set([...families.values()].map((found) => found.family))) {
    const parts = ordered.filter((part) => families.get(part)!.family === family);
    const upTo = parts.reduce<Run[]>(
      (found, part, index) => [...found, index === 0 ? first(family, part) : next(found[index - 1]!, part, episodes, settings, note)],
      [],
    );
    upTo.forEach((run, index) => {
      if (upTo[index + 1]?.members[0] !== run.members[0]) runs.push(run);
      if (run.joined) edges.push(intentEdge(run, families));
    });
  }
  return { runs, edges };
}

const first = (family: Family, part: Part, before: Run | null = null): Run => ({ family, members: [part], before, joined: null });

function next(run: Run, part: Part, episodes: readonly Episode[], settings: HierarchySettings, note: Note): Run {
  const { windowMs, reopenMs, differentKeys } = settings.families[run.family];
  const { closed, closings } = closingsAt(run.members, run.family, part.start, episodes);
  const lastEnd = Math.max(...run.members.map((member) => member.end));
  const gap = closed ? part.start - Math.max(...closings.map((closing) => closing.at)) : Math.max(0, part.start - lastEnd);
  const limit = closed ? reopenMs : windowMs;
  noteLimit(note, closed ? 'run closed' : 'run idle', gap, limit);
  if (gap > limit) {
    note(closed ? 'cut: run closed' : 'cut: run idle');
    return first(run.family, part, run);
  }
  const carried = new Set(run.members.flatMap((member) => [...member.topics]));
  if (differentKeys === 'separate' && part.topics.size > 0 && carried.size > 0 && !meet(part.topics, carried)) {
    note('cut: run keys differ');
    return first(run.family, part);
  }
  note(closed ? 'run: joined after closing' : 'run: joined');
  return { ...run, members: [...run.members, part], joined: { gap, limit } };
}

function intentEdge(run: Run, families: ReadonlyMap<Part, FamilyOfPart>): Edge<Node> {
  const [a, b] = run.members.slice(-2) as [Part, Part];
  const { gap, limit } = run.joined!;
  const both = [families.get(a)!, families.get(b)!];
  const least = Math.min(...both.map((found) => found.confidence));
  const faded = Math.floor((least * (1000 - (limit === 0 ? 0 : Math.floor((400 * gap) / limit)))) / 1000);
  const cap = run.family === 'unknown' ? 300 : both.some((found) => found.by === 'borrowed') ? 500 : 1000;
  return { a, b, rule: 'intent', value: null, gapMs: gap, limitMs: limit, confidence: Math.min(faded, cap) };
}

export function failureEdges(ordered: readonly Part[], settings: HierarchySettings, note: Note): Edge<Node>[] {
  return ordered.flatMap((part, index) => {
    if (!part.failed) return [];
    const after = ordered.slice(index + 1).find((other) => other.interaction !== part.interaction);
    if (!after) return [];
    const gap = gapOf(part, after);
    noteLimit(note, 'repeatAfterFailure', gap, settings.repeatAfterFailureMs);
    const differ = part.own !== null && after.own !== null && part.own.family !== after.own.family;
    if (gap > settings.repeatAfterFailureMs || differ) return [];
    const confidence = part.failed === 'technical' ? 700 : 500;
    return [{ a: part, b: after, rule: 'repeatAfterFailure' as const, value: null, gapMs: gap, limitMs: settings.repeatAfterFailureMs, confidence }];
  });
}

export const inOrderOfParts = (a: Part, b: Part): number => a.start - b.start || inOrder(a.contact[0]!, b.contact[0]!);
