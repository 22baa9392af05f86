import type { CustomerFact, ScoringSettings } from '@throughline/contracts';
import { customerFact } from './customer-fact';
import { readJourney } from './read-journey';
import { scoreReadings, type ScoredFacts } from './score-readings';
import type { ScoringInput } from './scoring-input';

export interface JourneyFacts extends ScoredFacts {
  /** Null of a customer without any event. */
  readonly customer: CustomerFact | null;
}

/** Everything that scoring says of one customer's whole past. Facts are sorted by time within each list; nothing depends on the time of asking. */
export function scoreJourney(input: ScoringInput, settings: ScoringSettings): JourneyFacts {
  const readings = readJourney(input, settings);
  const facts = scoreReadings(input.customerId, readings, input.engagements, settings);
  const times = input.transactions.flatMap(({ events }) => events.flatMap(({ occurredAt, endedAt }) => [occurredAt, endedAt ?? occurredAt]));
  const seen =
    times.length === 0
      ? undefined
      : times.reduce((span, at) => ({ firstAt: Math.min(span.firstAt, at), lastAt: Math.max(span.lastAt, at) }), { firstAt: Infinity, lastAt: -Infinity });
  const customer = seen ? customerFact({ customerId: input.customerId, known: input.known, ...seen }, facts, readings.items) : null;
  return { ...facts, customer };
}
