import type { Dimensions } from '@throughline/contracts';
import type { Row, RowValue } from '@throughline/database';
import type { AnswersReading, ContactReading, EngagementShare, ItemReading, ScoredFacts } from '@throughline/domain-scoring';
import type { FactTable } from './score-tables';

/** The rows of some customers' facts, one list a table. */
export type FactRows = Record<FactTable, Row[]>;

export const noRows = (): FactRows => ({ contact: [], ledger: [], engagement: [], stay: [], visit: [], answer: [] });

/** No word of the house contains it; the views cut a list there. */
const between = '\u001f';
const words = (list: readonly string[]): string => list.map((word) => word.replaceAll(between, ' ')).join(between);
const dims = ({ channel, queue, agent, site, intent, family }: Dimensions): RowValue[] => [channel, queue, agent, site, intent, family];

/** Adds the rows of one customer's facts. */
export function addRowsOf(customer: string, facts: ScoredFacts, rows: FactRows): void {
  for (const fact of facts.contacts) {
    rows.contact.push([
      customer,
      fact.anchor,
      fact.at,
      fact.endedAt,
      fact.engagement,
      fact.place,
      ...dims(fact),
      fact.intentConfidence,
      fact.startedBy,
      words(fact.agents),
      fact.transactions,
      fact.events,
      fact.liveMs,
      fact.outcome,
      fact.failed,
      fact.looksResolved,
      fact.repeatAt,
      fact.channelRepeatAt,
      fact.frustration,
      words(fact.unjudged),
    ]);
    if (fact.ledger.length > 0) rows.ledger.push([customer, fact.anchor, JSON.stringify(fact.ledger)]);
  }
  for (const fact of facts.engagements)
    rows.engagement.push([
      customer,
      fact.anchor,
      fact.at,
      fact.firstContactEndAt,
      fact.lastContactEndAt,
      ...dims(fact),
      fact.intentConfidence,
      fact.closedAs,
      fact.closedAt,
      fact.resolvedAt,
      fact.idleAt,
      fact.contacts,
      fact.transactions,
      fact.steps,
      words(fact.channels),
      words(fact.agents),
      fact.liveMs,
      fact.nextSameIntentAt,
      fact.saidSolved,
      fact.saidSolvedAt,
      fact.falseSuccess,
      fact.frustration,
    ]);
  for (const fact of facts.stays) rows.stay.push([customer, fact.anchor, fact.contact, fact.at, fact.leftAt, ...dims(fact), fact.waitMs, fact.abandoned]);
  for (const fact of facts.visits)
    rows.visit.push([
      customer,
      fact.anchor,
      fact.place,
      fact.contact,
      fact.at,
      ...dims(fact),
      fact.node,
      fact.dwellMs,
      fact.invalidInputs,
      fact.optOut && JSON.stringify(fact.optOut),
    ]);
  for (const fact of facts.answers)
    rows.answer.push([
      customer,
      fact.anchor,
      fact.place,
      fact.at,
      ...dims(fact),
      fact.system,
      fact.question,
      fact.value,
      fact.about,
      fact.engagement,
      fact.cause,
    ]);
}

export const contactReadingRow = (customer: string, reading: ContactReading): Row => [
  customer,
  'contact',
  reading.anchor,
  reading.fromAt,
  reading.toAt,
  null,
  null,
  JSON.stringify(reading),
];

export const itemReadingRow = (customer: string, reading: ItemReading): Row => [
  customer,
  reading.kind,
  reading.anchor,
  reading.at,
  reading.at,
  reading.engagement,
  (reading as Partial<AnswersReading>).about ?? null,
  JSON.stringify(reading),
];

export const shareRow = (customer: string, share: EngagementShare): Row => [
  customer,
  share.engagement,
  share.contact,
  share.at,
  share.endedAt,
  share.settled,
  JSON.stringify(share),
];
