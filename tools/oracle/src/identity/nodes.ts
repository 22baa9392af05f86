import { compareEvents, type CanonicalEvent, type IdentifierKind, type IdentitySettings } from '@throughline/contracts';
import { flood, noteLimit, type Note } from '../flood';
import { contactKeysOf, isCarrierKind, kindOfKey, valuesOf, type SeenValue } from './values';

/** One use of a value: `key` is `value#n`. */
export interface UseNode {
  readonly key: string;
  readonly value: string;
  readonly kind: IdentifierKind | 'contact';
  /** Events that show it, in total order. */
  readonly events: readonly CanonicalEvent[];
}

export interface Facts {
  /** Newest revisions in total order. */
  readonly events: readonly CanonicalEvent[];
  readonly valuesOf: ReadonlyMap<CanonicalEvent, readonly SeenValue[]>;
  readonly contactsOf: ReadonlyMap<CanonicalEvent, readonly string[]>;
  readonly nodes: readonly UseNode[];
  /** The use of a value (any kind, contacts too) that an event shows. */
  readonly nodeOf: (value: string, event: CanonicalEvent) => UseNode | undefined;
  readonly nodesOfValue: (value: string) => readonly UseNode[];
  readonly shared: ReadonlySet<UseNode>;
}

/** docs/rules.md 1.1: every value of the world, its sightings cut by silence, and which uses are shared. */
export function factsOf(all: readonly CanonicalEvent[], settings: IdentitySettings, note: Note): Facts {
  const newest = new Map<string, CanonicalEvent>();
  for (const event of all) if (event.revision > (newest.get(event.id)?.revision ?? -1)) newest.set(event.id, event);
  const events = [...newest.values()].sort(compareEvents);
  const values = new Map(events.map((event) => [event, valuesOf(event, settings)]));
  const contacts = new Map(events.map((event) => [event, contactKeysOf(event)]));

  const sightings = new Map<string, CanonicalEvent[]>();
  for (const event of events)
    for (const key of new Set([
      ...values
        .get(event)!
        .filter((value) => !isCarrierKind(value.kind, settings) || value.role === 'subject')
        .map((value) => value.key),
      ...contacts.get(event)!,
    ]))
      sightings.set(key, [...(sightings.get(key) ?? []), event]);

  const byValue = new Map<string, UseNode[]>();
  const byEvent = new Map<CanonicalEvent, UseNode[]>(events.map((event) => [event, []]));
  for (const [value, seen] of sightings) {
    const isContact = value.startsWith('link:') || value.startsWith('session:');
    const quiet = isContact ? settings.contactQuietGapMs : settings.kinds[kindOfKey(value)].quietGapMs;
    const silence = (a: CanonicalEvent, b: CanonicalEvent): number => {
      const [first, second] = compareEvents(a, b) < 0 ? [a, b] : [b, a];
      return Math.max(0, second.occurredAt - (isContact ? (first.endedAt ?? first.occurredAt) : first.occurredAt));
    };
    const pieces =
      quiet === undefined
        ? [seen]
        : flood(seen, (a, b) => {
            noteLimit(note, `use of ${isContact ? 'contact' : isCarrierKind(kindOfKey(value), settings) ? 'device' : kindOfKey(value)}`, silence(a, b), quiet);
            return silence(a, b) <= quiet;
          });
    const uses = pieces.map((piece, number) => ({
      key: `${value}#${number}`,
      value,
      kind: isContact ? ('contact' as const) : kindOfKey(value),
      events: piece,
    }));
    byValue.set(value, uses);
    for (const use of uses) for (const event of use.events) byEvent.get(event)!.push(use);
  }
  const nodes = [...byValue.values()].flat();
  const nodeOf = (value: string, event: CanonicalEvent): UseNode | undefined => byEvent.get(event)!.find((use) => use.value === value);
  const shared = new Set(nodes.filter((node) => isShared(node, values, settings)));
  return { events, valuesOf: values, contactsOf: contacts, nodes, nodeOf, nodesOfValue: (value) => byValue.get(value) ?? [], shared };
}

/** docs/rules.md 1.1.6: seen as the subject's own on the same events with that many customer numbers of one namespace. */
function isShared(node: UseNode, values: ReadonlyMap<CanonicalEvent, readonly SeenValue[]>, settings: IdentitySettings): boolean {
  const sharedAt = node.kind === 'contact' || isCarrierKind(node.kind, settings) ? undefined : settings.kinds[node.kind].sharedAt;
  if (sharedAt === undefined) return false;
  const own = node.events
    .map((event) => values.get(event)!.filter((value) => value.role === 'subject'))
    .filter((seen) => seen.some((value) => value.key === node.value));
  const numbers = new Set(own.flatMap((seen) => seen.filter((value) => value.kind === 'customerNumber').map((value) => value.key)));
  const namespaceOf = (key: string): string => key.split(':')[1]!;
  return [...numbers].some((number) => [...numbers].filter((other) => namespaceOf(other) === namespaceOf(number)).length >= sharedAt);
}
