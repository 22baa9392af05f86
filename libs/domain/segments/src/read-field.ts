import type { EngagementFact, Instant } from '@throughline/contracts';
import { registry } from '@throughline/domain-metrics';
import type { Field } from './catalogue';
import type { CustomerFacts } from './customer-facts';

/** What a field can hold; undefined where it is unknown. */
export type FieldValue = string | number | boolean | readonly string[] | undefined;

/** One field's value of the customer. `name` is that of the catalogue, which is that of the fact. */
export function readCustomerField(facts: CustomerFacts, name: string, field: Field): FieldValue {
  return field.derived?.from === 'identifiers' ? facts.identifiers : plain(facts.customer, name);
}

/** One field's value of a thing, as of an instant: what happened later is not known yet. */
export function readThingField(thing: object, name: string, field: Field, asOf: Instant): FieldValue {
  const { derived } = field;
  if (!derived || derived.from === 'identifiers') return plain(thing, name);
  if (derived.from === 'state') return stateOf(thing as EngagementFact, asOf);
  if (derived.from === 'firstContact') return firstContactOf(thing as EngagementFact, asOf);
  if (derived.from === 'key') return wordAt(plainOf(thing, name), derived.key);
  return (plainOf(thing, derived.fact) as readonly unknown[]).flatMap((each) => wordAt(each, derived.key) ?? []);
}

/** What an engagement is at an instant. */
export function stateOf(engagement: Pick<EngagementFact, 'closedAs' | 'closedAt' | 'idleAt'>, asOf: Instant): string {
  if (engagement.closedAs !== null && engagement.closedAt !== null && engagement.closedAt <= asOf) return engagement.closedAs;
  return engagement.idleAt !== null && engagement.idleAt <= asOf ? 'abandoned' : 'open';
}

/** Whether the first contact solved it, by the one definition of the number that people see. */
function firstContactOf(engagement: EngagementFact, asOf: Instant): string {
  const contribution = registry.fcrTrue.contribute(engagement, { asOf, from: engagement.at, until: asOf });
  return !contribution.counted ? 'undecided' : contribution.value === 1 ? 'resolved' : 'notResolved';
}

function plain(holder: object, name: string): FieldValue {
  const value = plainOf(holder, name);
  return value === null ? undefined : (value as FieldValue);
}

const plainOf = (holder: object, name: string): unknown => (holder as Readonly<Record<string, unknown>>)[name];

function wordAt(holder: unknown, key: string): string | undefined {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) return undefined;
  const value = (holder as Record<string, unknown>)[key];
  return value === null || value === undefined ? undefined : String(value);
}
