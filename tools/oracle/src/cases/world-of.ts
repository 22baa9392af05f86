import type { CanonicalEvent, CanonicalHierarchy, Correction, Decision, HierarchySettings, IdentitySettings } from '@throughline/contracts';
import { byKey } from '../flood';
import { oracleHierarchy } from '../hierarchy/oracle-hierarchy';
import type { OwnedEvent } from '../hierarchy/reading';
import { oracleIdentity, type Founding, type Owner } from '../identity/oracle-identity';

export interface BuiltWorld {
  readonly owners: ReadonlyMap<string, Owner>;
  /** By customer id, sorted. */
  readonly hierarchies: readonly CanonicalHierarchy[];
}

/** Identity and levels of a whole small world by oracle A. */
export function oracleWorldOf(
  facts: { events: readonly CanonicalEvent[]; decisions: readonly Decision[]; corrections?: readonly Correction[]; foundings?: readonly Founding[] },
  settings: { identity: IdentitySettings; hierarchy: HierarchySettings },
  asOf: number,
): BuiltWorld & { founded: readonly Founding[] } {
  const { owners, founded } = oracleIdentity(facts.events, facts.decisions, facts.foundings ?? [], settings.identity);
  const hierarchies = ownedEvents(facts.events, owners).map(([customerId, owned]) =>
    oracleHierarchy(customerId, owned, facts.corrections ?? [], settings.hierarchy, asOf),
  );
  return { owners, hierarchies, founded };
}

/** The events of each customer, customers sorted by id, newest revisions only. */
export function ownedEvents(
  events: readonly CanonicalEvent[],
  owners: ReadonlyMap<string, { customerId: string; decidedBy: string | null }>,
): [string, OwnedEvent[]][] {
  const newest = new Map<string, CanonicalEvent>();
  for (const event of events) if (event.revision > (newest.get(event.id)?.revision ?? -1)) newest.set(event.id, event);
  const owned = [...newest.values()].map((event) => ({ event, ...owners.get(event.id)! }));
  return [...byKey(owned, ({ customerId }) => customerId)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([customerId, mine]) => [customerId, mine.map(({ event, decidedBy }) => ({ event, decidedBy }))]);
}
