import { activeLeaves, allNodes, segmentsIn } from './active-nodes';
import { fieldOf, operatorsOf, valueKindOf, type Catalogue, type Field } from './catalogue';
import { limits, type Condition, type NumberTest, type RuleNode, type SegmentRule, type Thing } from './rule';
import { segmentRuleSchema } from './rule-schema';

/** What is wrong with a rule, in words a person can act on. `nodeId` is null where it concerns the whole document. */
export interface RuleProblem {
  readonly nodeId: string | null;
  readonly words: string;
}

/** The other segments, by id: their names and the rules that decide who is in them. */
export type KnownSegments = ReadonlyMap<string, { readonly name: string; readonly rule: SegmentRule }>;

export type ReadRule = { readonly kind: 'rule'; readonly rule: SegmentRule } | { readonly kind: 'refused'; readonly problems: readonly RuleProblem[] };

/** A rule document from outside, read: it has the form of a rule, as a draft must. Nothing in it, however deep or large, is an error of ours. */
export function readDraft(document: unknown): ReadRule {
  const tooMuch = outgrown(document);
  if (tooMuch) return { kind: 'refused', problems: [{ nodeId: null, words: tooMuch }] };
  const parsed = segmentRuleSchema.safeParse(document);
  if (parsed.success) return { kind: 'rule', rule: parsed.data };
  const problems = parsed.error.issues
    .slice(0, limits.problems)
    .map(({ path, message }) => ({ nodeId: null, words: `/${path.map(String).join('/')}: ${message}` }));
  return { kind: 'refused', problems };
}

/** A rule document from outside, read and checked: it can be run. */
export function readRule(document: unknown, catalogue: Catalogue, segments: KnownSegments, selfId?: string): ReadRule {
  const read = readDraft(document);
  if (read.kind === 'refused') return read;
  const problems = checkRule(read.rule, catalogue, segments, selfId);
  return problems.length === 0 ? read : { kind: 'refused', problems };
}

/** What keeps a rule of the right form from being run: unknown fields, operators and values that do not fit, its size, segments that are unknown or lead back to `selfId`. Empty: it can be run. */
export function checkRule(rule: SegmentRule, catalogue: Catalogue, segments: KnownSegments, selfId?: string): readonly RuleProblem[] {
  const nodes = allNodes(rule.root);
  const problems: RuleProblem[] = [];
  const size = nodes.reduce((sum, node) => sum + 1 + conditionsOf(node).length, 0);
  if (size > limits.nodes)
    problems.push({
      nodeId: null,
      words: `The rule has ${size} groups, rules and conditions; at most ${limits.nodes} are run. Make a part of it a segment of its own.`,
    });
  if (depthOf(rule.root) > limits.depth) problems.push({ nodeId: null, words: `Groups stand in each other ${limits.depth} deep at most.` });
  const seen = new Set<string>();
  for (const node of nodes) {
    if (seen.has(node.id)) problems.push({ nodeId: node.id, words: 'Two nodes have the same id.' });
    seen.add(node.id);
    problems.push(...nodeProblems(node, catalogue).map((words) => ({ nodeId: node.id, words })));
    if (node.kind === 'membership') {
      const words = membershipProblem(node.segmentId, segments, selfId);
      if (words) problems.push({ nodeId: node.id, words });
    }
  }
  return problems.slice(0, limits.problems);
}

/** Whether anything in the rule counts: one without is everybody, which may be drafted but not published. */
export function saysSomething(rule: SegmentRule): boolean {
  return activeLeaves(rule.root).length > 0;
}

function nodeProblems(node: RuleNode, catalogue: Catalogue): string[] {
  switch (node.kind) {
    case 'group':
    case 'membership':
      return [];
    case 'customer':
      return conditionProblems(node, 'customer', catalogue);
    case 'behaviour': {
      const { thing, measure, test } = node;
      const problems = [...node.where, ...node.none].flatMap((condition) => conditionProblems(condition, thing, catalogue));
      if (measure.take !== 'count') {
        const field = fieldOf(catalogue, thing, measure.field);
        if (!field) problems.push(unknownField(measure.field, thing, catalogue));
        else if (field.type !== 'number') problems.push(`${capital(field.label)} is no number, so it has no ${measure.take}.`);
      }
      return [...problems, ...rangeProblems(test)];
    }
    case 'sequence':
      return [...node.first, ...node.then].flatMap((condition) => conditionProblems(condition, 'contact', catalogue));
  }
}

function conditionProblems(condition: Condition, thing: Thing | 'customer', catalogue: Catalogue): string[] {
  const field = fieldOf(catalogue, thing, condition.field);
  if (!field) return [unknownField(condition.field, thing, catalogue)];
  if (!operatorsOf(field).includes(condition.is))
    return [`Of ${field.label} it cannot be said that it "${condition.is}"; use one of: ${operatorsOf(field).join(', ')}.`];
  return valueProblems(condition, field);
}

function valueProblems({ is, value }: Condition, field: Field): string[] {
  const of = capital(field.label);
  switch (valueKindOf(is)) {
    case 'none':
      return value === undefined ? [] : [`${of}: "${is}" has nothing after it.`];
    case 'text':
      return typeof value === 'string' && value !== '' ? [] : [`${of}: a text is missing.`];
    case 'list':
      return listProblems(value, field);
    case 'number':
      return typeof value === 'number' ? [] : [`${of}: a number is missing.`];
    case 'range':
      return isPair(value) ? rangeProblems({ is: 'between', value }) : [`${of}: two numbers are missing, the lesser first.`];
    case 'days':
      return isWhole(value, 1, limits.days) ? [] : [`${of}: a whole number of days is missing, ${limits.days} at most.`];
    case 'instant':
      return isWhole(value, 0, 253_402_300_799_999) ? [] : [`${of}: a day is missing.`];
  }
}

function listProblems(value: Condition['value'], field: Field): string[] {
  const of = capital(field.label);
  if (!Array.isArray(value) || value.length === 0 || !value.every((each) => typeof each === 'string')) return [`${of}: nothing is chosen.`];
  const { words } = field;
  const strange = words && (value as string[]).find((each) => !words.includes(each));
  return strange === undefined ? [] : [`${of} has no such value; choose from: ${words!.join(', ')}.`];
}

function rangeProblems(test: NumberTest): string[] {
  return test.is === 'between' && test.value[0] > test.value[1] ? ['The lesser of the two numbers comes first.'] : [];
}

function unknownField(name: string, thing: Thing | 'customer', catalogue: Catalogue): string {
  const subject = thing === 'customer' ? catalogue.customer : catalogue.things[thing];
  return `A ${subject.label[0]} has no field "${name}"; it has: ${Object.keys(subject.fields).join(', ')}.`;
}

function membershipProblem(segmentId: string, segments: KnownSegments, selfId: string | undefined): string | undefined {
  const name = (id: string): string => (id === selfId ? 'this segment' : `"${segments.get(id)?.name ?? id}"`);
  if (segmentId === selfId) return 'A segment cannot be asked whether somebody is in it while that is being worked out: this segment → this segment.';
  if (!segments.has(segmentId)) return 'The segment it asks for is not there, or was never published.';
  const way = selfId === undefined ? undefined : wayTo(selfId, segmentId, segments);
  return way && `The segments would ask each other in a circle: ${[selfId!, ...way].map(name).join(' → ')}.`;
}

/** From one segment over the segments its rule names to `goal`; undefined where there is no way. */
function wayTo(goal: string, from: string, segments: KnownSegments): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  const waiting = [from];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (id === goal) {
      const way: string[] = [];
      for (let at: string | undefined = id; at !== undefined; at = cameFrom.get(at)) way.unshift(at);
      return way;
    }
    const rule = segments.get(id)?.rule;
    for (const next of rule ? segmentsIn(rule.root) : []) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, id);
      waiting.push(next);
    }
  }
  return undefined;
}

const conditionsOf = (node: RuleNode): readonly Condition[] =>
  node.kind === 'behaviour' ? [...node.where, ...node.none] : node.kind === 'sequence' ? [...node.first, ...node.then] : [];

function depthOf(node: RuleNode): number {
  return node.kind === 'group' ? 1 + Math.max(0, ...node.of.map(depthOf)) : 0;
}

/** Why a document is not even looked into; undefined where it may be. Walks without recursion, since it may be as deep as it likes. */
function outgrown(document: unknown): string | undefined {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value: document, depth: 0 }];
  let seen = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.depth > 4 * limits.depth + 8) return `Groups stand in each other ${limits.depth} deep at most.`;
    if (typeof next.value !== 'object' || next.value === null) continue;
    const inside = Object.values(next.value);
    seen += inside.length;
    if (seen > limits.nodes * (limits.list + 20)) return `A rule has at most ${limits.nodes} groups, rules and conditions.`;
    for (const value of inside) waiting.push({ value, depth: next.depth + 1 });
  }
  return undefined;
}

const isPair = (value: Condition['value']): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === 'number');
const isWhole = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
