import type { Instant } from '@throughline/contracts';
import { activeNodes } from './active-nodes';
import { fieldOf, type Catalogue } from './catalogue';
import type { CustomerFacts } from './customer-facts';
import { readCustomerField, readThingField } from './read-field';
import { since, minuteMs, type Behaviour, type Condition, type Group, type Leaf, type Measure, type SegmentRule, type Sequence, type Thing } from './rule';
import { meets, passes } from './test-condition';

type ThingFact<T extends Thing = Thing> = CustomerFacts['things'][T][number];

/** What was found for one leaf; what it says is what the leaf's answer rests on. */
export type Finding =
  | { readonly kind: 'customer'; readonly value: string | number | boolean | readonly string[] | null }
  /** The things that were counted, the latest first, and their measure: null where it is unknown. `against`: those that `none` forbids. */
  | { readonly kind: 'behaviour'; readonly measured: number | null; readonly counted: readonly Occurrence[]; readonly against: readonly Occurrence[] }
  /** The latest pair, null where there is none. */
  | { readonly kind: 'sequence'; readonly pair: readonly [Occurrence, Occurrence] | null }
  | { readonly kind: 'membership'; readonly since: Instant | null };

export interface Occurrence {
  /** Anchor event. */
  readonly anchor: string;
  readonly at: Instant;
}

/**
 * Whether the customer is in the segment: the rule told in memory, independently of what `compileRule` makes of it. The rule must have passed `checkRule`. A placeholder,
 * which owns the events of nobody known, is in no segment.
 */
export function evaluateRule(rule: SegmentRule, facts: CustomerFacts, asOf: Instant, catalogue: Catalogue): boolean {
  return facts.customer.known && (holdsGroup(rule.root, (leaf) => evaluateLeaf(leaf, facts, asOf, catalogue).held) ?? true);
}

/** A group's answer from those of its leaves; undefined where nothing in it counts. */
export function holdsGroup(group: Group, holds: (leaf: Leaf) => boolean): boolean | undefined {
  const answers = activeNodes(group).map((node) => (node.kind === 'group' ? holdsGroup(node, holds)! : holds(node)));
  if (answers.length === 0) return undefined;
  if (group.join === 'all') return answers.every(Boolean);
  return answers.some(Boolean) === (group.join === 'any');
}

/** One leaf's answer and what it was found by. */
export function evaluateLeaf(leaf: Leaf, facts: CustomerFacts, asOf: Instant, catalogue: Catalogue): { readonly held: boolean; readonly finding: Finding } {
  switch (leaf.kind) {
    case 'customer': {
      const value = readCustomerField(facts, leaf.field, fieldOf(catalogue, 'customer', leaf.field)!);
      return { held: meets(value, leaf, asOf), finding: { kind: 'customer', value: value ?? null } };
    }
    case 'behaviour':
      return behaviour(leaf, facts, asOf, catalogue);
    case 'sequence': {
      const pair = sequence(leaf, facts, asOf, catalogue);
      return { held: pair !== null, finding: { kind: 'sequence', pair } };
    }
    case 'membership': {
      const stay = facts.segments.find(({ segmentId, since: from, until }) => segmentId === leaf.segmentId && from <= asOf && (until === null || until > asOf));
      return { held: (stay !== undefined) === leaf.member, finding: { kind: 'membership', since: stay?.since ?? null } };
    }
  }
}

function behaviour(leaf: Behaviour, facts: CustomerFacts, asOf: Instant, catalogue: Catalogue): { held: boolean; finding: Finding } {
  const fits = (thing: ThingFact, conditions: readonly Condition[]): boolean => all(leaf.thing, thing, conditions, asOf, catalogue);
  const counted = inTime<ThingFact>(facts.things[leaf.thing], leaf.lastDays, asOf).filter((thing) => fits(thing, leaf.where));
  const against = leaf.none.length === 0 ? [] : counted.filter((thing) => fits(thing, leaf.none));
  const measured = measure(leaf.measure, leaf.thing, counted, asOf, catalogue);
  return {
    held: measured !== null && passes(measured, leaf.test) && against.length === 0,
    finding: { kind: 'behaviour', measured, counted: occurrences(counted), against: occurrences(against) },
  };
}

function measure(of: Measure, thing: Thing, counted: readonly ThingFact[], asOf: Instant, catalogue: Catalogue): number | null {
  if (of.take === 'count') return counted.length;
  const field = fieldOf(catalogue, thing, of.field)!;
  const known = counted.flatMap((each) => {
    const value = readThingField(each, of.field, field, asOf);
    return typeof value === 'number' ? [{ at: each.at, value }] : [];
  });
  const values = known.map(({ value }) => value);
  const sum = values.reduce((total, value) => total + value, 0);
  if (of.take === 'sum') return sum;
  if (values.length === 0) return null;
  if (of.take === 'average') return sum / values.length;
  // In a loop, since a customer may have more of them than a call takes arguments.
  if (of.take === 'least') return values.reduce((least, value) => Math.min(least, value));
  if (of.take === 'greatest') return values.reduce((greatest, value) => Math.max(greatest, value));
  return known.reduce((latest, each) => (each.at > latest.at || (each.at === latest.at && each.value < latest.value) ? each : latest)).value;
}

function sequence(leaf: Sequence, facts: CustomerFacts, asOf: Instant, catalogue: Catalogue): readonly [Occurrence, Occurrence] | null {
  const contacts = inTime(facts.things.contact, leaf.lastDays, asOf);
  const firsts = contacts.filter((contact) => all('contact', contact, leaf.first, asOf, catalogue));
  const seconds = contacts.filter((contact) => all('contact', contact, leaf.then, asOf, catalogue));
  for (const second of newestFirst(seconds)) {
    const first = newestFirst(firsts).find(({ at, endedAt }) => at < second.at && second.at <= endedAt + leaf.withinMinutes * minuteMs);
    if (first) return [occurrence(first), occurrence(second)];
  }
  return null;
}

function all(thing: Thing, fact: ThingFact, conditions: readonly Condition[], asOf: Instant, catalogue: Catalogue): boolean {
  return conditions.every((condition) => meets(readThingField(fact, condition.field, fieldOf(catalogue, thing, condition.field)!, asOf), condition, asOf));
}

function inTime<T extends ThingFact>(facts: readonly T[], lastDays: number | null, asOf: Instant): T[] {
  return facts.filter(({ at }) => at <= asOf && (lastDays === null || at > since(asOf, lastDays)));
}

const newestFirst = <T extends Occurrence>(facts: readonly T[]): T[] => [...facts].sort((a, b) => b.at - a.at || (a.anchor < b.anchor ? -1 : 1));
const occurrence = ({ anchor, at }: Occurrence): Occurrence => ({ anchor, at });
const occurrences = (facts: readonly Occurrence[]): Occurrence[] => newestFirst(facts).map(occurrence);
