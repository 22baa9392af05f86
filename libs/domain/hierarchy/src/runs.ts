import type { Family, HierarchySettings, Instant } from '@throughline/contracts';
import { closingWord, type Episodes, type KeyFold, type Transition } from './episodes';
import { compareRefs } from './event-order';
import type { EventRef } from './hierarchy';
import type { GraphNode, IssueNodes, PartNode } from './issue-nodes';
import { isTopicKey, type Reading } from './reading';
import type { SealedRun } from './sealed';

/** Parts of one family that follow each other (rules §2.5), as the sweep over time sees them. */
export interface Run {
  readonly id: string;
  readonly family: Family;
  readonly sealed: SealedRun | null;
  readonly earlier: Run | null;
  /** The last member, and its start, end of all, and first contact event. */
  lastMember: GraphNode;
  startAt: Instant;
  first: EventRef;
  endAt: Instant;
  confidence: number;
  borrowed: boolean;
  hasKeys: boolean;
  /** Carried episodes that are open now. */
  open: number;
  /** Latest closing since `startAt`; latest `sold` of an order placed, for a purchase. */
  closedAt: Instant | null;
  soldAt: Instant | null;
  /** Since `startAt` (or the seal): from when on it is closed or not. */
  steps: { readonly at: Instant; readonly closed: boolean }[];
}

export interface IntentEdge {
  readonly a: GraphNode;
  readonly b: PartNode;
  readonly gapMs: number;
  readonly limitMs: number;
  readonly confidence: number;
}

export interface Runs {
  readonly edges: readonly IntentEdge[];
  readonly began: readonly Run[];
  readonly running: Readonly<Partial<Record<Family, Run>>>;
}

type Happening = Transition | { readonly at: Reading; readonly node: PartNode };

/**
 * Folds the parts of every family in one sweep over time: before a part is held against its family's run, every closing and opening up to
 * its start has been applied, so the state of a run is a few numbers and never looks back at its members.
 * `keepAllCarriers`: with corrections a run may be torn, and then not only its family's last one can matter to an engagement.
 */
export function foldRuns(
  nodes: IssueNodes,
  episodes: Episodes,
  sealedRunning: Readonly<Partial<Record<Family, Run>>>,
  settings: HierarchySettings,
  keepAllCarriers: boolean,
): Runs {
  const running: Partial<Record<Family, Run>> = { ...sealedRunning };
  const happenings = inOrder(nodes, episodes);
  const edges: IntentEdge[] = [];
  const began: Run[] = [];
  let next = 0;
  const sweepTo = (at: Instant): void => {
    for (let happening = happenings[next]; happening && happening.at.occurredAt <= at; happening = happenings[next]) {
      if ('episode' in happening) change(happening);
      else if (happening.node.run) close(happening.node.run, happening.at);
      next += 1;
    }
  };
  for (const part of nodes.parts) {
    sweepTo(part.startAt);
    const before = running[part.family] ?? null;
    const test = before && testOf(before, part, settings, episodes.keys);
    if (before && test?.joins) {
      edges.push({ a: before.lastMember, b: part, gapMs: test.gapMs, limitMs: test.limitMs, confidence: confidenceOf(before, part, test) });
      extend(before, part);
    } else {
      running[part.family] = begin(part, test?.inTime === false ? before : null);
      began.push(running[part.family]!);
    }
    carryKeys(running[part.family]!, part, episodes.keys, keepAllCarriers);
  }
  sweepTo(Infinity);
  return { edges, began, running };
}

function inOrder(nodes: IssueNodes, episodes: Episodes): Happening[] {
  const happenings: Happening[] = [];
  for (const episode of episodes.touched) for (const transition of episode.transitions) happenings.push(transition);
  for (const [reading, node] of nodes.ofReading) if (node.part && closingWord(reading.outcome)) happenings.push({ at: reading, node: node as PartNode });
  return happenings.sort((a, b) => compareRefs(a.at, b.at));
}

interface RunTest {
  readonly joins: boolean;
  readonly inTime: boolean;
  readonly gapMs: number;
  readonly limitMs: number;
}

export function isClosed(run: Pick<Run, 'closedAt' | 'open' | 'soldAt'>): boolean {
  return run.closedAt !== null && (run.open === 0 || run.soldAt !== null);
}

function testOf(run: Run, part: PartNode, settings: HierarchySettings, keys: ReadonlyMap<string, KeyFold>): RunTest {
  const { windowMs, reopenMs, differentKeys } = settings.families[part.family];
  const closed = isClosed(run);
  const gapMs = Math.max(0, part.startAt - (closed ? run.closedAt! : run.endAt));
  const limitMs = closed ? reopenMs : windowMs;
  const inTime = gapMs <= limitMs;
  return { joins: inTime && (differentKeys === 'together' || keysMeet(run, part, keys)), inTime, gapMs, limitMs };
}

function keysMeet(run: Run, part: PartNode, keys: ReadonlyMap<string, KeyFold>): boolean {
  const topicKeys = part.keys.filter(isTopicKey);
  return topicKeys.length === 0 || !run.hasKeys || topicKeys.some((key) => keys.get(key)?.carriedBy[run.family] === run);
}

function confidenceOf(run: Run, part: PartNode, { gapMs, limitMs }: RunTest): number {
  const loss = limitMs > 0 ? Math.floor((400 * gapMs) / limitMs) : 0;
  let confidence = Math.floor((Math.min(run.confidence, part.intentConfidence) * (1000 - loss)) / 1000);
  if (run.borrowed || part.familyBy === 'borrowed') confidence = Math.min(confidence, 500);
  return part.family === 'unknown' ? Math.min(confidence, 300) : confidence;
}

function begin(part: PartNode, earlier: Run | null): Run {
  const run: Run = {
    id: part.part.first.id,
    family: part.family,
    sealed: null,
    earlier,
    lastMember: part,
    startAt: part.startAt,
    first: part.part.first,
    endAt: part.endAt,
    confidence: part.intentConfidence,
    borrowed: part.familyBy === 'borrowed',
    hasKeys: false,
    open: 0,
    closedAt: null,
    soldAt: null,
    steps: [],
  };
  part.run = run;
  return run;
}

function extend(run: Run, part: PartNode): void {
  part.run = run;
  run.lastMember = part;
  run.startAt = part.startAt;
  run.first = part.part.first;
  run.endAt = Math.max(run.endAt, part.endAt);
  run.confidence = part.intentConfidence;
  run.borrowed = part.familyBy === 'borrowed';
  // Closings count from the start of the last member on; that very instant is included.
  if (run.closedAt !== part.startAt) run.closedAt = null;
  if (run.soldAt !== part.startAt) run.soldAt = null;
  run.steps = [];
}

/** Makes the run carry the topic keys of its new member, and counts what closed at the very start of it. */
function carryKeys(run: Run, part: PartNode, keys: ReadonlyMap<string, KeyFold>, keepAllCarriers: boolean): void {
  for (const key of part.keys) {
    if (!isTopicKey(key)) continue;
    run.hasKeys = true;
    keys.get(key)!.carriedBy[run.family] = run;
    const episode = part.episodes.get(key)!;
    if (!episode.carriers.includes(run)) {
      const older = keepAllCarriers ? -1 : episode.carriers.findIndex((other) => other.family === run.family);
      if (older >= 0) episode.carriers[older] = run;
      else episode.carriers.push(run);
      if (episode.sweepOpen) run.open += 1;
    }
    if (episode.sweepClosedAt === part.startAt) run.closedAt = part.startAt;
  }
  const { segments, items } = part.part;
  for (const { readings } of [...segments, ...items])
    for (const reading of readings) if (reading.occurredAt === part.startAt && closingWord(reading.outcome)) close(run, reading);
  run.steps.push({ at: part.startAt, closed: isClosed(run) });
}

function change({ at, episode, open, wasOpen, closing }: Transition): void {
  episode.sweepOpen = open;
  if (closing) episode.sweepClosedAt = at.occurredAt;
  for (const run of episode.carriers) {
    run.open += Number(open) - Number(wasOpen);
    if (closing && at.occurredAt >= run.startAt) run.closedAt = at.occurredAt;
    run.steps.push({ at: at.occurredAt, closed: isClosed(run) });
  }
}

function close(run: Run, reading: Reading): void {
  if (reading.occurredAt < run.startAt) return;
  run.closedAt = reading.occurredAt;
  if (reading.placed && run.family === 'purchase') run.soldAt = reading.occurredAt;
  run.steps.push({ at: reading.occurredAt, closed: isClosed(run) });
}
