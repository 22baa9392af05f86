import { compareRefs } from './event-order';
import { foldJourney } from './fold-journey';
import type { Journey, JourneyInput } from './hierarchy';
import { journeyRows } from './journey-rows';
import { readEvent, relabelsOf } from './reading';
import { emptyPast } from './sealed';

/**
 * The hierarchy of one customer from all its events, in whatever order they are given: facts only, so two calls with the same events, corrections
 * and settings answer the same. Sorts once; from there on near-linear in the number of events.
 */
export function buildJourney({ customerId, events, corrections, settings }: JourneyInput): Journey {
  const relabels = relabelsOf(corrections);
  const readings = events.map((owned) => readEvent(owned, relabels.get(owned.event.id), settings)).sort(compareRefs);
  return journeyRows(foldJourney({ customerId, readings, past: emptyPast, sealedSubjects: new Map(), corrections, settings }));
}
