import { segmentsIn } from './active-nodes';
import type { SegmentRule } from './rule';

/** Segments in an order in which each comes after those it asks for. What would ask in a circle (which `checkRule` refuses) comes last, as it stands. */
export function segmentOrder<Segment extends { readonly id: string; readonly rule: SegmentRule }>(segments: readonly Segment[]): readonly Segment[] {
  const ids = new Set(segments.map(({ id }) => id));
  const ordered: Segment[] = [];
  const done = new Set<string>();
  let waiting = segments;
  for (;;) {
    const ready = waiting.filter(({ rule }) => segmentsIn(rule.root).every((id) => done.has(id) || !ids.has(id)));
    if (ready.length === 0) return [...ordered, ...waiting];
    for (const segment of ready) done.add(segment.id);
    ordered.push(...ready);
    waiting = waiting.filter(({ id }) => !done.has(id));
  }
}

/** The segments that ask for this one, directly or over others, in their order. */
export function dependentsOf<Segment extends { readonly id: string; readonly rule: SegmentRule }>(
  id: string,
  segments: readonly Segment[],
): readonly Segment[] {
  const asking = new Set([id]);
  return segmentOrder(segments).filter((segment) => {
    const asks = segment.id !== id && segmentsIn(segment.rule.root).some((other) => asking.has(other));
    if (asks) asking.add(segment.id);
    return asks;
  });
}
