import type { Instant } from '@throughline/contracts';
import { activeLeaves } from './active-nodes';
import { fieldOf, type Catalogue, type Subject } from './catalogue';
import { columnOf, compileCondition, compileTest } from './compile-condition';
import { holdsText } from './compile-group';
import { minuteMs, type Behaviour, type Condition, type Leaf, type Measure, type SegmentRule, type Sequence, type Thing } from './rule';
import { Statement, type ParameterValue } from './statement';

/** Which customers are asked about. `range`: ids in the order of uuids, `after` exclusive and `upTo` inclusive, null for an open end. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'customers'; readonly ids: readonly string[] }
  | { readonly kind: 'range'; readonly after: string | null; readonly upTo: string | null };

export interface CompiledRule {
  /**
   * A select of `customer_id` and `reason`, one row a customer who is in. `reason` is JSON, a list with an entry for each leaf that counts, in the order of `leaves`:
   * `[held, value]`, where `value` is the measured number of a behaviour and null of the others.
   */
  readonly text: string;
  readonly params: readonly ParameterValue[];
  /** Ids of the leaves that count. */
  readonly leaves: readonly string[];
}

/** A leaf as SQL: what it joins, when it holds, what was measured. */
interface CompiledLeaf {
  readonly joins: readonly string[];
  readonly holds: string;
  readonly measured?: string;
}

const identifiersAlias = 'identifiers';

/** Counts of a rule: a select of one row. */
export interface CompiledTally {
  /** `asked`: the known customers of the scope; `held`: those who are in; `leaves`: for each leaf that counts, in the order of `leaves`, for how many it holds by itself. */
  readonly text: string;
  readonly params: readonly ParameterValue[];
  readonly leaves: readonly string[];
}

/**
 * A rule as one statement over read views. Each leaf that counts things is one grouped subquery beside the customers, so that the cost is a few passes over the views,
 * whatever the tree. Only known customers are in a segment. The rule must have passed `checkRule` with this catalogue.
 */
export function compileRule(rule: SegmentRule, catalogue: Catalogue, asOf: Instant, scope: Scope = { kind: 'all' }): CompiledRule {
  const { params, leaves, compiled, holds, from, within } = compileParts(rule, catalogue, asOf, scope);
  const reasons = compiled.map((leaf) => `json_build_array(${leaf.holds}, ${leaf.measured ?? 'null'})`);
  const text = `select c.customer_id, json_build_array(${reasons.join(', ')}) as reason\n${from}\nwhere ${within} and ${holds}`;
  return { text, params, leaves };
}

/** How many customers a rule holds for, and each of its leaves alone: what empties a segment is seen at once. */
export function compileTally(rule: SegmentRule, catalogue: Catalogue, asOf: Instant, scope: Scope = { kind: 'all' }): CompiledTally {
  const { params, leaves, compiled, holds, from, within } = compileParts(rule, catalogue, asOf, scope);
  const counts = compiled.map((leaf) => `count(*) filter (where ${leaf.holds})`);
  const columns = ['count(*)::integer as asked', `(count(*) filter (where ${holds}))::integer as held`, `array[${counts.join(', ')}]::integer[] as leaves`];
  return { text: `select ${columns.join(', ')}\n${from}\nwhere ${within}`, params, leaves };
}

function compileParts(rule: SegmentRule, catalogue: Catalogue, asOf: Instant, scope: Scope) {
  const statement = new Statement(asOf);
  const within = scopeText(statement, scope);
  const leaves = activeLeaves(rule.root);
  const byLeaf = new Map(leaves.map((leaf, index) => [leaf, compileLeaf(statement, leaf, `j${index}`, catalogue, within)]));
  const compiled = [...byLeaf.values()];
  const joins = [...new Set(compiled.flatMap((leaf) => leaf.joins))];
  return {
    params: statement.params,
    leaves: leaves.map(({ id }) => id),
    compiled,
    holds: holdsText(rule.root, (leaf) => byLeaf.get(leaf)!.holds),
    from: [`from ${catalogue.customer.view} c`, ...joins].join('\n'),
    within: `c.known and ${within('c')}`,
  };
}

type Within = (alias: string) => string;

/** The scope as a condition on each view, so that none is read further than it must be. */
function scopeText(statement: Statement, scope: Scope): Within {
  switch (scope.kind) {
    case 'all':
      return () => 'true';
    case 'customers': {
      const ids = statement.value(scope.ids, 'uuid[]');
      return (alias) => `${alias}.customer_id = any(${ids})`;
    }
    case 'range': {
      const after = scope.after === null ? undefined : statement.value(scope.after, 'uuid');
      const upTo = scope.upTo === null ? undefined : statement.value(scope.upTo, 'uuid');
      return (alias) =>
        [after && `${alias}.customer_id > ${after}`, upTo && `${alias}.customer_id <= ${upTo}`].filter((part) => part !== undefined).join(' and ') || 'true';
    }
  }
}

function compileLeaf(statement: Statement, leaf: Leaf, alias: string, catalogue: Catalogue, within: Within): CompiledLeaf {
  switch (leaf.kind) {
    case 'customer': {
      const field = fieldOf(catalogue, 'customer', leaf.field)!;
      if (field.derived?.from !== 'identifiers') return { joins: [], holds: compileCondition(statement, field, 'c', leaf) };
      const kinds = `select i.customer_id, array_agg(i.kind)::text[] as kinds from identity.read_identifier i where ${within('i')} group by i.customer_id`;
      return { joins: [joined(kinds, identifiersAlias)], holds: compileCondition(statement, field, identifiersAlias, leaf) };
    }
    case 'behaviour':
      return compileBehaviour(statement, leaf, alias, catalogue, within);
    case 'sequence':
      return compileSequence(statement, leaf, alias, catalogue, within);
    case 'membership': {
      const now = statement.now();
      const members = `select distinct m.customer_id from scoring.read_segment_member m where m.segment_id = ${statement.value(leaf.segmentId, 'uuid')}
  and m.since <= ${now} and (m.until is null or m.until > ${now}) and ${within('m')}`;
      return { joins: [joined(members, alias)], holds: `${alias}.customer_id is ${leaf.member ? 'not null' : 'null'}` };
    }
  }
}

function compileBehaviour(statement: Statement, leaf: Behaviour, alias: string, catalogue: Catalogue, within: Within): CompiledLeaf {
  const subject = catalogue.things[leaf.thing];
  const condition = (each: Condition): string => compileCondition(statement, fieldOf(catalogue, leaf.thing, each.field)!, 'x', each);
  const where = [within('x'), ...timeText(statement, leaf.lastDays), ...leaf.where.map(condition)];
  const columns = ['x.customer_id', `${measureText(statement, leaf.measure, leaf.thing, catalogue)} as measured`];
  if (leaf.none.length > 0) columns.push(`count(*) filter (where ${leaf.none.map(condition).join(' and ')}) as against`);
  const counted = `select ${columns.join(', ')} from ${subject.view} x where ${where.join(' and ')} group by x.customer_id`;
  const { take } = leaf.measure;
  // Of nothing the count and the sum are 0; any other measure is unknown.
  const measured = take === 'count' || take === 'sum' ? `coalesce(${alias}.measured, 0)` : `${alias}.measured`;
  const holds = `coalesce(${compileTest(statement, measured, leaf.test)}, false)`;
  return {
    joins: [joined(counted, alias)],
    holds: leaf.none.length > 0 ? `(${holds} and coalesce(${alias}.against, 0) = 0)` : holds,
    measured,
  };
}

function measureText(statement: Statement, measure: Measure, thing: Thing, catalogue: Catalogue): string {
  if (measure.take === 'count') return 'count(*)::double precision';
  const value = columnOf(statement, fieldOf(catalogue, thing, measure.field)!, 'x');
  switch (measure.take) {
    case 'sum':
      return `sum(${value})`;
    case 'average':
      return `sum(${value}) / nullif(count(${value}), 0)`;
    case 'least':
      return `min(${value})`;
    case 'greatest':
      return `max(${value})`;
    case 'latest':
      // The greatest of (when, value), compared from the left: nothing has to be sorted. Of two at one instant the smaller value counts.
      return `-(max(array[date_part('epoch', x.at), -(${value})]) filter (where ${value} is not null))[2]`;
  }
}

/** One pass in the order of time: beside each contact stands the latest end of a first one that had begun before it. */
function compileSequence(statement: Statement, leaf: Sequence, alias: string, catalogue: Catalogue, within: Within): CompiledLeaf {
  const contact: Subject = catalogue.things.contact;
  const conditions = (list: readonly Condition[]): string =>
    list.map((each) => compileCondition(statement, fieldOf(catalogue, 'contact', each.field)!, 'x', each)).join(' and ') || 'true';
  const where = [within('x'), ...timeText(statement, leaf.lastDays)];
  const walk = `select x.customer_id, x.at, ${conditions(leaf.then)} as fits,
  max(case when ${conditions(leaf.first)} then x.ended_at end) over (partition by x.customer_id order by x.at groups between unbounded preceding and 1 preceding) as first_ended_at
  from ${contact.view} x where ${where.join(' and ')}`;
  const limit = statement.value((leaf.withinMinutes * minuteMs) / 1000, 'double precision');
  const found = `select distinct w.customer_id from (${walk}) w where w.fits and w.at <= w.first_ended_at + make_interval(secs => ${limit})`;
  return { joins: [joined(found, alias)], holds: `${alias}.customer_id is not null` };
}

function timeText(statement: Statement, lastDays: number | null): string[] {
  const upTo = `x.at <= ${statement.now()}`;
  return lastDays === null ? [upTo] : [`x.at > ${statement.daysAgo(lastDays)}`, upTo];
}

const joined = (select: string, alias: string): string => `left join (${select}) ${alias} on ${alias}.customer_id = c.customer_id`;
