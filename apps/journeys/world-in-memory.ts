import { defaultHierarchySettings, defaultIdentitySettings, sourceSettingsSchema, type CanonicalEvent, type CanonicalParent } from '@throughline/contracts';
import { decideAcceptance, eventIdOf, plainEvents, splitBody, takeIn, tooDeep, type StoredKey } from '@throughline/domain-events';
import { buildJourney, toCanonical, type Journey } from '@throughline/domain-hierarchy';
import { resolveCustomers } from '@throughline/domain-identity';
import { generateWorld, postedForm, type DerivedRow, type PlantedFact, type Size, type TruthRow } from '@throughline/demo';
import { randomUUID } from 'node:crypto';

/** What the rules make of a simulated contact centre without any service: the same acceptance, identity and hierarchy, in one process. */
export interface WorldInMemory {
  readonly truth: readonly TruthRow[];
  readonly accepted: number;
  readonly aside: Readonly<Record<string, number>>;
  derivedOf(row: TruthRow): DerivedRow | null;
  /** The hierarchy of every customer, with its events. */
  readonly journeys: readonly CustomerJourney[];
  readonly facts: readonly PlantedFact[];
}

export interface CustomerJourney {
  readonly journey: Journey;
  readonly events: readonly CanonicalEvent[];
}

export function worldInMemory(size: Size, seed: number): WorldInMemory & { readonly world: ReturnType<typeof generateWorld> } {
  const facts: PlantedFact[] = [];
  const world = generateWorld({ size, seed, onFact: (fact) => facts.push(fact) });
  const truth = new Map<string, TruthRow>();
  const events = new Map<string, CanonicalEvent>();
  const keys = new Map<string, StoredKey>();
  const aside: Record<string, number> = {};
  const putAside = (reason: string): void => void (aside[reason] = (aside[reason] ?? 0) + 1);
  for (const deliveries of world.deliveries)
    for (const delivery of deliveries) {
      const row = world.truthOf(delivery);
      if (row) truth.set(`${row.source} ${row.sourceEventId}`, row);
      const receivedAt = delivery.at;
      const split = splitBody(JSON.stringify(postedForm(delivery.event)), {});
      if (split.kind === 'unreadable') throw new Error(split.detail);
      for (const record of split.records) {
        if (record.kind === 'unreadable') throw new Error('the simulator sends readable records');
        const source = sourceSettingsSchema.parse({ name: delivery.source });
        const taken = record.kind === 'tooDeep' ? tooDeep(record.text) : takeIn(record.value, { ...record, escapes: true }, plainEvents, source, receivedAt);
        if (taken.kind !== 'event') {
          putAside(taken.reason);
          continue;
        }
        const candidate = { eventId: taken.event.id, revision: taken.event.revision, fingerprint: taken.fingerprint };
        const verdict = decideAcceptance(candidate, keys.get(candidate.eventId));
        if (verdict === 'conflict') putAside('id_conflict');
        if (verdict !== 'insert' && verdict !== 'replace') continue;
        keys.set(candidate.eventId, candidate);
        events.set(candidate.eventId, taken.event);
      }
    }
  return { world, truth: [...truth.values()], accepted: events.size, aside, facts, ...derive(events) };
}

function derive(events: ReadonlyMap<string, CanonicalEvent>): Pick<WorldInMemory, 'derivedOf' | 'journeys'> {
  const resolved = resolveCustomers({ events: [...events.values()], decisions: [], foundings: [] }, defaultIdentitySettings, randomUUID);
  const ofCustomer = new Map<string, { event: CanonicalEvent; decidedBy: string | null }[]>();
  for (const [eventId, owner] of resolved.owners) {
    const own = { event: events.get(eventId)!, decidedBy: owner.decidedBy };
    const others = ofCustomer.get(owner.customerId);
    if (others) others.push(own);
    else ofCustomer.set(owner.customerId, [own]);
  }
  const derived = new Map<string, DerivedRow>();
  const journeys: CustomerJourney[] = [];
  for (const [customerId, owned] of ofCustomer) {
    const journey = buildJourney({ customerId, events: owned, corrections: [], settings: defaultHierarchySettings });
    journeys.push({ journey, events: owned.map(({ event }) => event) });
    const { nodes } = toCanonical(journey, defaultHierarchySettings, 0);
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const engagementsOf = (parents: readonly CanonicalParent[]): string[] => parents.map(({ id }) => id).filter((id) => id.startsWith('eng_'));
    for (const transaction of nodes) {
      if (transaction.level !== 'transaction') continue;
      const parent = byId.get(transaction.parents[0]?.id ?? '');
      const interaction = parent?.level === 'interaction' ? parent : null;
      const row: DerivedRow = {
        customer: customerId,
        interaction: interaction?.id ?? null,
        engagements: engagementsOf((interaction ?? transaction).parents),
      };
      for (const id of transaction.events) derived.set(id, row);
    }
  }
  return { journeys, derivedOf: ({ source, sourceEventId }) => derived.get(eventIdOf(source, sourceEventId)) ?? null };
}
