import type { IdentifierKind, IdentitySettings, Instant } from '@throughline/contracts';
import { compareFacts, compareMoments, momentOf, type EventFacts, type Moment } from './event-facts';
import { kindAndNamespaceOf, kindOf, type ValueKey } from './normalise';

/** When a use ends that never does. */
export const endOfTime = Number.MAX_SAFE_INTEGER;

/** One use of a value: its sightings between two silences longer than the kind's quiet gap. */
export interface Use {
  first: Moment;
  /** `endOfTime` for kinds without a quiet gap: their one use needs no note of each sighting. */
  lastAt: Instant;
  /** Latest end of its events; for identifiers the same as `lastAt`. */
  end: Instant;
}

/** The use of a naming value: a node of the graph. */
export interface NamingUse extends Use {
  /** The customer numbers (value keys) seen on the very same events, until it is shared. */
  numbers: ValueKey[];
  shared: boolean;
  /** null while shared, unless a person joined it to a customer. */
  customerId: string | null;
}

export type NodeKey = string;

export const nodeKey = (key: ValueKey, use: number): NodeKey => `${key}#${use}`;
export const valueOfNode = (node: NodeKey): ValueKey => node.slice(0, node.lastIndexOf('#'));
export const numberOfNode = (node: NodeKey): number => Number(node.slice(node.lastIndexOf('#') + 1));

/** Silence that ends a use; Infinity: never. */
export function quietGapOf(key: ValueKey, settings: IdentitySettings): number {
  if (key.startsWith('session:') || key.startsWith('link:')) return settings.contactQuietGapMs;
  return settings.kinds[kindOf(key)].quietGapMs ?? Infinity;
}

const endsCount = (key: ValueKey): boolean => key.startsWith('session:') || key.startsWith('link:');
export const endFor = (key: ValueKey, facts: EventFacts): Instant => (endsCount(key) ? facts.end : facts.at);

/** Cuts the sightings of a value into uses (docs/rules.md 1.1.4, 1.1.5). `sightings` in any order. */
export function cutUses(key: ValueKey, sightings: readonly EventFacts[], settings: IdentitySettings): { use: Use; sightings: EventFacts[] }[] {
  const gap = quietGapOf(key, settings);
  const uses: { use: Use; sightings: EventFacts[] }[] = [];
  const endless = gap === Infinity;
  for (const facts of [...sightings].sort(compareFacts)) {
    const running = uses.at(-1);
    if (running && facts.at - running.use.end <= gap) {
      if (!endless) {
        running.use.lastAt = Math.max(running.use.lastAt, facts.at);
        running.use.end = Math.max(running.use.end, endFor(key, facts));
      }
      running.sightings.push(facts);
    } else uses.push({ use: begin(key, facts, endless), sightings: [facts] });
  }
  return uses;
}

const begin = (key: ValueKey, facts: EventFacts, endless: boolean): Use => ({
  first: momentOf(facts),
  lastAt: endless ? endOfTime : facts.at,
  end: endless ? endOfTime : endFor(key, facts),
});

/** Index of the use that holds an event of the value, or −1. */
export function useAt(uses: readonly Use[], at: Instant): number {
  for (let index = uses.length - 1; index >= 0; index--) if (uses[index]!.first.at <= at && at <= uses[index]!.lastAt) return index;
  return -1;
}

/**
 * Adds one event to the uses of its value without looking at any other: `extended` a use or `appended` one behind all;
 * `recut` if the event ties two uses together or would stand as a use before another, so that the uses must be cut anew from all sightings.
 */
export function addToUses<U extends Use>(
  key: ValueKey,
  uses: U[],
  facts: EventFacts,
  settings: IdentitySettings,
  make: (use: Use) => U,
): { kind: 'within' | 'extended' | 'appended'; index: number } | { kind: 'recut' } {
  const gap = quietGapOf(key, settings);
  const end = endFor(key, facts);
  let meets = -1;
  for (let index = uses.length - 1; index >= 0; index--) {
    const use = uses[index]!;
    if (facts.at - use.end > gap) break;
    if (use.first.at - end > gap) continue;
    if (meets >= 0) return { kind: 'recut' };
    meets = index;
  }
  if (meets < 0) {
    const last = uses.at(-1);
    if (last && facts.at < last.first.at) return { kind: 'recut' };
    uses.push(make(begin(key, facts, gap === Infinity)));
    return { kind: 'appended', index: uses.length - 1 };
  }
  const use = uses[meets]!;
  let changed = false;
  if (compareMoments(facts, use.first) < 0) {
    use.first = momentOf(facts);
    changed = true;
  }
  if (facts.at > use.lastAt) {
    use.lastAt = facts.at;
    changed = true;
  }
  if (end > use.end) {
    use.end = end;
    changed = true;
  }
  return { kind: changed ? 'extended' : 'within', index: meets };
}

/** The customer numbers that an event shows together with a value of role `subject`. */
export function numbersShown(facts: EventFacts): ValueKey[] {
  const numbers: ValueKey[] = [];
  for (const value of facts.naming) if (value.subject && value.key.startsWith('customerNumber:')) numbers.push(value.key);
  return numbers;
}

/** Whether a node seen directly with these customer numbers is shared (docs/rules.md 1.1.6). */
export function isShared(kind: IdentifierKind, numbers: readonly ValueKey[], settings: IdentitySettings): boolean {
  const limit = settings.kinds[kind].sharedAt;
  if (limit === undefined || numbers.length < limit) return false;
  const ofNamespace = new Map<string, number>();
  for (const number of numbers) {
    const namespace = kindAndNamespaceOf(number);
    const seen = (ofNamespace.get(namespace) ?? 0) + 1;
    if (seen >= limit) return true;
    ofNamespace.set(namespace, seen);
  }
  return false;
}

/** Notes the customer numbers an event shows with the value. True if the node became shared by it. */
export function noteNumbers(key: ValueKey, use: NamingUse, facts: EventFacts, settings: IdentitySettings): 'unchanged' | 'noted' | 'shared' {
  const kind = kindOf(key);
  if (use.shared || settings.kinds[kind].sharedAt === undefined) return 'unchanged';
  const value = facts.naming.find((each) => each.key === key);
  if (!value?.subject) return 'unchanged';
  let noted = false;
  for (const number of numbersShown(facts))
    if (!use.numbers.includes(number)) {
      use.numbers.push(number);
      noted = true;
    }
  if (!noted) return 'unchanged';
  use.shared = isShared(kind, use.numbers, settings);
  return use.shared ? 'shared' : 'noted';
}
