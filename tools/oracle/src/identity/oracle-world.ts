import type { CanonicalEvent, Decision, IdentitySettings } from '@throughline/contracts';
import { byKey, noNote, type Note } from '../flood';
import { oracleIdentity, type Founding, type IdentityWorld, type Owner } from './oracle-identity';
import { contactKeysOf, keyOf, valuesOf } from './values';

/**
 * The naive identity for many events: neighbourhoods of equal values are found first, and each is given to `oracleIdentity` alone.
 * Two events of different neighbourhoods share no value at all, no session and no contact link, and no decision names values of both: nothing in docs/rules.md 1 can tie them.
 */
export function oracleWorld(
  events: readonly CanonicalEvent[],
  decisions: readonly Decision[],
  foundings: readonly Founding[],
  settings: IdentitySettings,
  note: Note = noNote,
): Pick<IdentityWorld, 'owners' | 'customerOf' | 'founded' | 'resolves' | 'shared' | 'seen'> & { refused: number } {
  const records: { keys: string[]; event?: CanonicalEvent; decision?: Decision }[] = [
    ...events.map((event) => ({ event, keys: [`event ${event.id}`, ...valuesOf(event, settings).map((value) => value.key), ...contactKeysOf(event)] })),
    ...decisions.map((decision) => ({ decision, keys: valuesOfDecision(decision).flatMap((ref) => keyOf(ref, '', settings) ?? []) })),
  ];
  const byValue = new Map<string, number[]>();
  records.forEach(({ keys }, index) => {
    for (const key of keys) {
      const known = byValue.get(key);
      if (known) known.push(index);
      else byValue.set(key, [index]);
    }
  });
  const foundingsOfEvent = byKey(foundings, (founding) => founding.eventId);

  const owners = new Map<string, Owner>();
  const customerOf = new Map<string, string>();
  const founded: Founding[] = [];
  const resolves = new Map<string, string>();
  const shared: string[] = [];
  const seen: string[] = [];
  let refused = 0;
  const reached = new Set<number>();
  const visited = new Set<string>();
  for (let first = 0; first < records.length; first += 1) {
    if (reached.has(first)) continue;
    reached.add(first);
    const neighbourhood = [first];
    for (let at = 0; at < neighbourhood.length; at += 1)
      for (const key of records[neighbourhood[at]!]!.keys) {
        if (visited.has(key)) continue;
        visited.add(key);
        for (const other of byValue.get(key)!)
          if (!reached.has(other)) {
            reached.add(other);
            neighbourhood.push(other);
          }
      }
    const mine = neighbourhood.flatMap((index) => records[index]!.event ?? []);
    const world = oracleIdentity(
      mine,
      neighbourhood.flatMap((index) => records[index]!.decision ?? []),
      [...new Set(mine.map((event) => event.id))].flatMap((id) => foundingsOfEvent.get(id) ?? []),
      settings,
      note,
    );
    for (const [id, owner] of world.owners) owners.set(id, owner);
    for (const [node, customerId] of world.customerOf) customerOf.set(node, customerId);
    for (const [former, customerId] of world.resolves) resolves.set(former, customerId);
    founded.push(...world.founded);
    shared.push(...world.shared);
    seen.push(...world.seen);
    refused += world.clustering.refused.length;
  }
  return { owners, customerOf, founded, resolves, shared, seen, refused };
}

function valuesOfDecision(decision: Decision): { kind: Parameters<typeof keyOf>[0]['kind']; namespace: string; value: string }[] {
  return decision.kind === 'assign' ? [decision.value, decision.to] : [decision.a, decision.b];
}
