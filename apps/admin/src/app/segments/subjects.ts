import {
  catalogue,
  things,
  type Condition,
  type Field,
  type Measure,
  type Operator,
  operatorsOf,
  type RuleNode,
  type Thing,
  valueKindOf,
} from '@throughline/domain-segments';
import { texts } from '../../texts';

const words = texts.segments.edit;

/** What a rule can be about: one line of the picker, and the rule it begins. */
export interface Subject {
  readonly key: string;
  readonly label: string;
  readonly group: string;
  readonly detail?: string;
  /** A rule about it, of which one `id` is the name. */
  make(id: string): RuleNode;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const takes = ['sum', 'average', 'least', 'greatest', 'latest'] as const;

/** The first thing that can be said of a field. */
export function firstCondition(name: string, field: Field): Condition {
  const is = operatorsOf(field)[0]!;
  return { field: name, is, ...valueAfter(is, undefined) };
}

/** A value that fits the operator: the present one where it does. */
export function valueAfter(is: Operator, value: Condition['value']): { value?: Condition['value'] } {
  switch (valueKindOf(is)) {
    case 'none':
      return {};
    case 'list':
      return { value: Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : [] };
    case 'text':
      return { value: typeof value === 'string' ? value : '' };
    case 'range':
      return { value: Array.isArray(value) && typeof value[0] === 'number' ? value : [1, typeof value === 'number' ? Math.max(1, value) : 10] };
    case 'days':
      return { value: typeof value === 'number' && value >= 1 && value <= 3650 && Number.isInteger(value) ? value : 14 };
    case 'instant':
      return { value: typeof value === 'number' && value > 1e11 ? value : Date.UTC(new Date().getUTCFullYear(), 0, 1) };
    case 'number':
      return { value: typeof value === 'number' ? value : Array.isArray(value) && typeof value[0] === 'number' ? value[0] : 1 };
  }
}

function behaviour(id: string, thing: Thing, measure: Measure): RuleNode {
  return { id, kind: 'behaviour', thing, where: [], lastDays: 14, measure, test: { is: 'atLeast', value: measure.take === 'count' ? 1 : 0 }, none: [] };
}

const ofCustomer: readonly Subject[] = Object.entries(catalogue.customer.fields).map(([name, field]) => ({
  key: `customer.${name}`,
  label: capital(field.label),
  group: field.class === 'score' ? words.groups.score : words.groups.profile,
  make: (id) => ({ id, kind: 'customer', ...firstCondition(name, field) }),
}));

const counts: readonly Subject[] = things.map((thing) => ({
  key: `${thing}.count`,
  label: words.countOf(catalogue.things[thing].label[1]),
  group: words.groups.behaviour,
  make: (id) => behaviour(id, thing, { take: 'count' }),
}));

const sequence: Subject = {
  key: 'sequence',
  label: words.sequence,
  group: words.groups.behaviour,
  make: (id) => ({
    id,
    kind: 'sequence',
    first: [{ field: 'channel', is: 'isOneOf', value: ['chat'] }],
    then: [{ field: 'channel', is: 'isOneOf', value: ['voice'] }],
    withinMinutes: 120,
    lastDays: 30,
  }),
};

const measured: readonly Subject[] = things.flatMap((thing) =>
  Object.entries(catalogue.things[thing].fields)
    .filter(([, { type }]) => type === 'number')
    .flatMap(([field, { label }]) =>
      takes.map((take): Subject => ({
        key: `${thing}.${take}.${field}`,
        label: words.measureOf(words.takes[take], label, catalogue.things[thing].label[1]),
        group: words.groups.scored,
        make: (id) => behaviour(id, thing, { take, field }),
      })),
    ),
);

/** Everything a rule can be about, the other segments included. */
export function subjectsOf(segments: ReadonlyMap<string, string>, selfId: string): readonly Subject[] {
  const memberships = [...segments].filter(([id]) => id !== selfId);
  return [
    ...ofCustomer,
    ...counts,
    sequence,
    ...memberships.map(([segmentId, name]): Subject => ({
      key: `segment.${segmentId}`,
      label: words.inSegment(name),
      group: words.groups.membership,
      make: (id) => ({ id, kind: 'membership', segmentId, member: true }),
    })),
    ...measured,
  ];
}

/** The subject of a rule that is there. */
export function subjectKeyOf(node: RuleNode): string {
  switch (node.kind) {
    case 'group':
      return '';
    case 'customer':
      return `customer.${node.field}`;
    case 'behaviour':
      return node.measure.take === 'count' ? `${node.thing}.count` : `${node.thing}.${node.measure.take}.${node.measure.field}`;
    case 'sequence':
      return 'sequence';
    case 'membership':
      return `segment.${node.segmentId}`;
  }
}

/** Whether each word typed begins a word of the label. */
export function fits(label: string, typed: string): boolean {
  const parts = label.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => parts.some((part) => part.startsWith(word)));
}
