import type { CanonicalEvent } from '@throughline/contracts';
import type { EventRef, Journey, NodeFrom } from '@throughline/domain-hierarchy';
import type { ScoringInput } from './scoring-input';

const anchorOf = (nodeId: string): string => nodeId.slice(nodeId.indexOf('_') + 1);
const isFrom = ({ from }: NodeFrom, { occurredAt, sourceSequence, id }: EventRef): boolean =>
  from.occurredAt < occurredAt ||
  (from.occurredAt === occurredAt && (from.sourceSequence < sourceSequence || (from.sourceSequence === sourceSequence && from.id <= id)));

/** The rule's own journey in the form in which scoring reads the views, for tests and for tools that have no database. */
export function inputOfJourney(journey: Journey, events: readonly CanonicalEvent[], known = true): ScoringInput {
  const bodies = new Map(events.map((event) => [event.id, event]));
  const engagementOf = new Map(journey.engagements.flatMap(({ components, anchor }) => components.map((component) => [component, anchor.id] as const)));
  const memberOf = new Map(journey.memberships.map(({ node, component }) => [node, engagementOf.get(component) ?? null]));
  return {
    customerId: journey.customerId,
    known,
    transactions: journey.transactions.map((transaction) => ({
      anchor: transaction.anchor.id,
      kind: transaction.kind,
      system: transaction.system,
      channel: transaction.channel,
      agent: transaction.agent,
      queue: transaction.queue,
      live: transaction.live,
      interaction: transaction.interaction ? anchorOf(transaction.interaction.id) : null,
      engagement:
        transaction.kind === 'contact'
          ? null
          : (memberOf.get(transaction.nodes.find((node) => isFrom(node, transaction.anchor))?.node ?? transaction.id) ?? null),
      events: transaction.events.map(({ id }) => bodies.get(id)!),
    })),
    interactions: journey.interactions.map((interaction) => ({
      anchor: interaction.anchor.id,
      kind: interaction.kind,
      startAt: interaction.startAt,
      endAt: interaction.endAt,
      live: interaction.live,
      parts: interaction.parts.map(({ node, startAt, endAt, liveMs, share, family, familyBy, intentConfidence, failed }) => ({
        engagement: memberOf.get(node) ?? null,
        startAt,
        endAt,
        liveMs,
        share,
        family,
        familyBy,
        intentConfidence,
        failed,
      })),
    })),
    engagements: journey.engagements.map(({ anchor, firstAt, lastAt, lastActivityAt, windowMs, phases }) => ({
      anchor: anchor.id,
      firstAt,
      lastAt,
      lastActivityAt,
      windowMs,
      phases,
    })),
  };
}
