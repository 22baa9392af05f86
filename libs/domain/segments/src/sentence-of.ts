import { activeNodes } from './active-nodes';
import { fieldOf, type Catalogue, type Field } from './catalogue';
import type { Behaviour, Condition, Group, Measure, NumberTest, RuleNode, SegmentRule, Sequence, Thing } from './rule';
import { dayWords, days, listWords, testWords } from './words-of-values';

/** What words need beside the rule: the fields, and the names of other segments by id. */
export interface Wording {
  readonly catalogue: Catalogue;
  readonly segmentNames: ReadonlyMap<string, string>;
}

/** The whole rule as one sentence; what is muted is left out. */
export function sentenceOf(rule: SegmentRule, wording: Wording): string {
  const words = groupWords(rule.root, wording, true);
  return words === '' ? 'Everybody.' : `Customers ${words}.`;
}

/** One node as words that follow "customers": `who had at least 2 contacts …`, `with orders at least 3`. */
export function nodeWords(node: RuleNode, wording: Wording): string {
  switch (node.kind) {
    case 'group':
      return groupWords(node, wording, false);
    case 'customer':
      return conditionWords(node, 'customer', wording.catalogue);
    case 'behaviour':
      return behaviourWords(node, wording.catalogue);
    case 'sequence':
      return sequenceWords(node, wording.catalogue);
    case 'membership':
      return `who are ${node.member ? '' : 'not '}in ${listWords([wording.segmentNames.get(node.segmentId) ?? node.segmentId])}`;
  }
}

function groupWords(group: Group, wording: Wording, outermost: boolean): string {
  const nodes = activeNodes(group);
  const parts = nodes.map((node) => nodeWords(node, wording));
  if (group.join === 'none') return parts.length === 0 ? '' : `none of: (${parts.join('; ')})`;
  const words = parts.join(group.join === 'all' ? ', and ' : ', or ');
  return outermost || parts.length < 2 ? words : `(${words})`;
}

function behaviourWords({ thing, where, lastDays, measure, test, none }: Behaviour, catalogue: Catalogue): string {
  const [one, many] = catalogue.things[thing].label;
  const single = measure.take === 'count' && test.value === 1 && (test.is === 'atLeast' || test.is === 'atMost' || test.is === 'equals');
  const things = [single ? one : many, ...where.map((condition) => conditionWords(condition, thing, catalogue))].join(' ');
  const time = lastDays === null ? '' : ` in ${days(lastDays)}`;
  const words = measure.take === 'count' ? countWords(test, things, time) : measuredWords(measure, test, thing, things, time, catalogue);
  return none.length === 0 ? words : `${words}, none of them ${none.map((condition) => conditionWords(condition, thing, catalogue)).join(' ')}`;
}

function countWords(test: NumberTest, things: string, time: string): string {
  const nothing = (test.is === 'equals' || test.is === 'atMost') && test.value === 0;
  return nothing ? `who had no ${things}${time}` : `who had ${testWords(test)} ${things}${time}`;
}

const measureWords = { sum: 'sum', average: 'average', least: 'least', greatest: 'greatest', latest: 'latest' } as const;

function measuredWords(
  measure: Exclude<Measure, { take: 'count' }>,
  test: NumberTest,
  thing: Thing,
  things: string,
  time: string,
  catalogue: Catalogue,
): string {
  const field = fieldOf(catalogue, thing, measure.field);
  return `whose ${measureWords[measure.take]} ${field?.label ?? measure.field} over ${things}${time} is ${testWords(test, unitOf(field))}`;
}

function sequenceWords({ first, then, withinMinutes, lastDays }: Sequence, catalogue: Catalogue): string {
  const of = (conditions: readonly Condition[]): string => conditions.map((condition) => ` ${conditionWords(condition, 'contact', catalogue)}`).join('');
  const within = withinMinutes % 60 === 0 ? `${withinMinutes / 60} h` : `${withinMinutes} min`;
  return `who had a contact${of(first)} and then, within ${within}, a contact${of(then)}${lastDays === null ? '' : ` in ${days(lastDays)}`}`;
}

/** A condition as words that follow what it is about: `with channel voice`. */
export function conditionWords({ field: name, is, value }: Condition, thing: Thing | 'customer', catalogue: Catalogue): string {
  const field = fieldOf(catalogue, thing, name);
  const label = field?.label ?? name;
  const list = (join?: 'or' | 'and'): string => listWords(Array.isArray(value) ? (value as string[]).map(String) : [], join);
  switch (is) {
    case 'isOneOf':
      return `with ${label} ${list()}`;
    case 'isNoneOf':
      return `with ${label} other than ${list()}`;
    case 'contains':
      return `with ${label} containing ${listWords([String(value)])}`;
    case 'startsWith':
      return `with ${label} starting with ${listWords([String(value)])}`;
    case 'hasAnyOf':
      return `with ${label} ${list()}`;
    case 'hasAllOf':
      return `with ${label} ${list('and')}`;
    case 'hasNoneOf':
      return `without ${label} ${list()}`;
    case 'inLastDays':
      return `with ${label} in ${days(Number(value))}`;
    case 'beforeLastDays':
      return `with ${label} before ${days(Number(value))}`;
    case 'before':
      return `with ${label} before ${dayWords(Number(value))}`;
    case 'after':
      return `with ${label} from ${dayWords(Number(value))} on`;
    case 'isTrue':
      return `that ${label}`;
    case 'isFalse':
      return `of which it is not so that it ${label}`;
    case 'isKnown':
      return `with a ${label}`;
    case 'isUnknown':
      return `without ${label}`;
    default:
      return `with ${label} ${testWords({ is, value } as NumberTest, unitOf(field))}`;
  }
}

const unitOf = (field: Field | undefined): Field['unit'] => field?.unit;
