import type { MenuVisitFact, OptOutReason } from '@throughline/contracts';
import { suppressedBelow } from '../registry/metric';
import { momentsOf, type Moments } from '../statistics/moments';

/** What the visits of one node add up to. A call is one way through the menu: a caller who rings twice makes two. */
export interface NodeSums {
  readonly node: string;
  /** Times that somebody came to it; a call may come several times. */
  readonly visits: number;
  /** Visits of a call that had been here before: steps back. */
  readonly again: number;
  readonly invalidInputs: number;
  /** Calls that ended here without a person after it: served by the menu, or given up. */
  readonly ended: number;
  /** Half of the visits were shorter. */
  readonly medianDwellMs: number;
  /** Of all calls, those that came here. */
  readonly reach: Moments;
  /** Of all calls that went on from where they began, those that went here first. */
  readonly firstChoice: Moments;
  /** Of the calls that came here, those that left for a person from here. */
  readonly optOut: Moments;
  readonly reasons: Readonly<Partial<Record<OptOutReason, number>>>;
}

/** What the definition of a sum looks at. */
export type MenuVisit = Pick<MenuVisitFact, 'customerId' | 'anchor' | 'place' | 'node' | 'dwellMs' | 'invalidInputs' | 'optOut'>;

/**
 * The sums of these visits, by node: what each of them means. The statement of admin-api, which adds up in the database, is tested against it. A caller chooses first where they go from
 * the place where the call began, so the second place of a call is its first choice.
 */
export function sumMenu(visits: readonly MenuVisit[]): NodeSums[] {
  const calls = [...callsOf(visits).values()];
  const choosing = calls.filter((call) => call.some(({ place }) => place === 2));
  return [...new Set(visits.map(({ node }) => node))].map((node) => {
    const here = visits.filter((visit) => visit.node === node);
    const came = calls.filter((call) => call.some((visit) => visit.node === node));
    const left = came.flatMap((call) => call.find((visit) => visit.node === node && visit.optOut !== null) ?? []);
    const share = (of: readonly MenuVisit[][], holds: (call: readonly MenuVisit[]) => boolean): Moments =>
      momentsOf(of.map((call) => ({ customerId: call[0]!.customerId, value: Number(holds(call)) })));
    return {
      node,
      visits: here.length,
      again: here.length - came.length,
      invalidInputs: here.reduce((sum, { invalidInputs }) => sum + invalidInputs, 0),
      ended: came.filter((call) => call.at(-1)!.node === node && call.at(-1)!.optOut === null).length,
      medianDwellMs: medianOf(here.map(({ dwellMs }) => dwellMs)),
      reach: share(calls, (call) => came.includes(call as MenuVisit[])),
      firstChoice: share(choosing, (call) => call.some((visit) => visit.place === 2 && visit.node === node)),
      optOut: share(came, (call) => call.some((visit) => left.includes(visit))),
      reasons: countBy(left.map(({ optOut }) => optOut!.reason)),
    };
  });
}

/** The visits of each call in the order of its way. */
function callsOf(visits: readonly MenuVisit[]): Map<string, MenuVisit[]> {
  const calls = new Map<string, MenuVisit[]>();
  for (const visit of [...visits].sort((a, b) => a.place - b.place)) {
    const key = `${visit.customerId} ${visit.anchor}`;
    calls.set(key, [...(calls.get(key) ?? []), visit]);
  }
  return calls;
}

/** Between the two in the middle where their number is even. */
function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

function countBy(reasons: readonly OptOutReason[]): Partial<Record<OptOutReason, number>> {
  const counts: Partial<Record<OptOutReason, number>> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** One node as it may be shown. What its few callers did is not told where they are too few: then the second half is null. */
export interface NodePopularity extends Pick<NodeSums, 'node' | 'visits' | 'reach' | 'firstChoice' | 'optOut'> {
  readonly calls: number;
  readonly isSuppressed: boolean;
  readonly again: number | null;
  readonly invalidInputs: number | null;
  readonly ended: number | null;
  readonly medianDwellMs: number | null;
  /** The most frequent first. */
  readonly reasons: readonly { readonly reason: OptOutReason; readonly count: number }[] | null;
}

/** Whether so few calls came to a node that what they did is not told. */
export const isNodeSuppressed = (calls: number): boolean => calls < suppressedBelow;

/** The nodes of a menu, the most popular first. In any order of `sums` the same. */
export function nodePopularity(sums: readonly NodeSums[]): NodePopularity[] {
  return sums
    .map(({ node, visits, again, invalidInputs, ended, medianDwellMs, reach, firstChoice, optOut, reasons }) => {
      const shown = { node, visits, calls: reach.sum, reach, firstChoice, optOut };
      if (isNodeSuppressed(reach.sum))
        return { ...shown, isSuppressed: true, again: null, invalidInputs: null, ended: null, medianDwellMs: null, reasons: null };
      return { ...shown, isSuppressed: false, again, invalidInputs, ended, medianDwellMs, reasons: mostFirst(reasons) };
    })
    .sort((a, b) => b.calls - a.calls || b.visits - a.visits || (a.node < b.node ? -1 : 1));
}

const mostFirst = (reasons: NodeSums['reasons']): { reason: OptOutReason; count: number }[] =>
  (Object.entries(reasons) as [OptOutReason, number][])
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
