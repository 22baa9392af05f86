import type { IdentitySettings, Instant } from '@throughline/contracts';
import { v5 as uuidv5 } from 'uuid';
import { compareMoments, isDevice, momentOf, type EventFacts, type Moment } from './event-facts';
import { comparePreference, type NodeOnEvent, type StandingDecisions } from './links';
import type { ValueKey } from './normalise';
import type { NodeKey, Use } from './uses';

export type OwnerRule = 'identifier' | 'contact' | 'session' | 'device' | 'placeholder' | 'internal';

/** Whose an event is and why. */
export interface Owner {
  readonly customerId: string;
  readonly rule: OwnerRule;
  /** Value key of the identifier or carrier that decided; null: nothing but the event itself. */
  readonly decidedBy: string | null;
  /** 0–1000. */
  readonly confidence: number;
}

const customerNamespace = '6f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a10';
const derivedId = (...parts: string[]): string => uuidv5(parts.join('\u001f'), customerNamespace);
export { derivedId };

/** Which node decides an event directly: the node whose customer owns it, and the value that says so. */
export interface DirectDecision {
  readonly node: NodeKey;
  readonly value: ValueKey;
}

/**
 * Step 1 of docs/rules.md 1.4. `nodeOf` gives the usable node of a value on the event or null;
 * `assignedTo` the node that stands for the customer a person assigned the value to at that instant, or null.
 */
export function decideDirectly(
  facts: EventFacts,
  nodeOf: (key: ValueKey, at: Instant) => { node: NodeKey; usable: boolean } | null,
  assignedTo: (key: ValueKey, at: Instant) => NodeKey | null,
): DirectDecision | null {
  for (const subject of [true, false]) {
    let best: (NodeOnEvent & { readonly decides: NodeKey; readonly value: ValueKey }) | null = null;
    for (const value of facts.naming) {
      if (value.subject !== subject) continue;
      const own = nodeOf(value.key, facts.at);
      if (own === null) continue;
      const assigned = assignedTo(value.key, facts.at);
      if (assigned === null && !own.usable) continue;
      const candidate = { node: own.node, rank: value.rank, verified: value.verified, decides: assigned ?? own.node, value: value.key };
      if (best === null || comparePreference(candidate, best) < 0) best = candidate;
    }
    if (best !== null) return { node: best.decides, value: best.value };
  }
  return null;
}

/** A stretch of identifications of one carrier piece by one node, without another in between. */
export interface Run {
  first: Moment;
  last: Moment;
  readonly node: NodeKey;
}

/** One use of a carrier: a session or contact piece, or the use of a device. */
export interface Piece extends Use {
  /** Its identifications, in total order, folded by node. */
  runs: Run[];
}

/** Folds identifications, in total order, into runs. */
export function foldRuns(identifications: readonly { readonly moment: Moment; readonly node: NodeKey }[]): Run[] {
  const runs: Run[] = [];
  for (const { moment, node } of identifications) {
    const running = runs.at(-1);
    if (running?.node === node) running.last = moment;
    else runs.push({ first: moment, last: moment, node });
  }
  return runs;
}

/** The run before (its last identification at or before the moment) and the run after, and the run that spans it. */
export function runsAround(runs: readonly Run[], moment: Moment): { before: Run | null; within: Run | null; after: Run | null; index: number } {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareMoments(runs[middle]!.first, moment) <= 0) low = middle + 1;
    else high = middle;
  }
  const begun = runs[low - 1] ?? null;
  const within = begun !== null && compareMoments(moment, begun.last) < 0 ? begun : null;
  return { before: within ? null : begun, within, after: runs[low] ?? null, index: low };
}

/** What a carrier says of an event that step 1 does not decide: a customer, or nobody. Step 2 of docs/rules.md 1.4. */
function answerOf(carrier: ValueKey, piece: Piece, moment: Moment, customerOf: (node: NodeKey) => string | null, settings: IdentitySettings): string | null {
  const { before, within, after } = runsAround(piece.runs, moment);
  if (within) return customerOf(within.node);
  const previous = before && customerOf(before.node);
  const next = after && customerOf(after.node);
  if (!isDevice(carrier)) return previous ?? next;
  if (before && after) return previous === next ? previous : null;
  if (after) return after.first.at - moment.at <= settings.reachBackMs ? next : null;
  if (before) return moment.at - before.last.at <= settings.reachForwardMs ? previous : null;
  return null;
}

/** The owner of an event that step 1 does not decide, or that is internal. `pieceOf` gives the piece of a carrier that holds the event. */
export function decideByCarrier(
  facts: EventFacts,
  pieceOf: (carrier: ValueKey) => { piece: Piece; number: number },
  customerOf: (node: NodeKey) => string | null,
  settings: IdentitySettings,
): Owner {
  const moment = momentOf(facts);
  const named = (carrier: ValueKey): string => `${carrier}#${pieceOf(carrier).number}`;
  const first = facts.carriers[0];
  if (facts.internal) {
    const customerId = derivedId('internal', first === undefined ? facts.id : named(first));
    return { customerId, rule: 'internal', decidedBy: first ?? null, confidence: 1000 };
  }
  for (const carrier of facts.carriers) {
    const customerId = answerOf(carrier, pieceOf(carrier).piece, moment, customerOf, settings);
    if (customerId === null) continue;
    if (isDevice(carrier)) return { customerId, rule: 'device', decidedBy: carrier, confidence: 700 };
    if (carrier.startsWith('session:')) return { customerId, rule: 'session', decidedBy: carrier, confidence: 950 };
    return { customerId, rule: 'contact', decidedBy: carrier, confidence: 980 };
  }
  if (first === undefined) return { customerId: derivedId('anonymous', facts.id), rule: 'placeholder', decidedBy: null, confidence: 1000 };
  if (!isDevice(first)) return { customerId: derivedId('anonymous', named(first)), rule: 'placeholder', decidedBy: first, confidence: 1000 };
  const { before, within } = runsAround(pieceOf(first).piece.runs, moment);
  return { customerId: derivedId('anonymous', named(first), (within ?? before)?.last.id ?? 'start'), rule: 'placeholder', decidedBy: first, confidence: 1000 };
}

/** Finds the node that an `assign` in force names for a value at an instant. `target` gives the node of a value that has a customer, or null. */
export function assignmentOf(
  decisions: StandingDecisions,
  target: (key: ValueKey, at: Instant) => NodeKey | null,
): (key: ValueKey, at: Instant) => NodeKey | null {
  if (decisions.assigns.length === 0) return () => null;
  return (key, at) => {
    for (const assign of decisions.assigns) {
      if (assign.value !== key || at < assign.from || at >= assign.until) continue;
      const node = target(assign.to, assign.at);
      if (node !== null) return node;
    }
    return null;
  };
}
