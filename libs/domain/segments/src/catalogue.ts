import { frustrationCauses, questions, vocabulary } from '@throughline/contracts';
import type { Operator, Thing } from './rule';

/**
 * `word`: one of a list that the code knows, or that grows with the data (an intent, a queue). `text`: a word that may also be searched in. `words`: several of them.
 * Numbers are compared as double precision.
 */
export type FieldType = 'word' | 'text' | 'words' | 'number' | 'instant' | 'boolean';

/** Who the customer is, what they went through, or what was made of it by a rule. */
export type FieldClass = 'profile' | 'behaviour' | 'score';

export interface Field {
  /** As people read it, after "the" or "with": `channel`, `time in the queue`. */
  readonly label: string;
  readonly type: FieldType;
  readonly class: FieldClass;
  /** Column of the view; where the value is worked out from several, the first of them. */
  readonly column: string;
  /** How the value is got where it is more than its column. */
  readonly derived?: Derived;
  /** `minorUnits` are hundredths of the installation's currency. */
  readonly unit?: 'points' | 'milliseconds' | 'minorUnits';
  /** The closed list of a word's values. */
  readonly words?: readonly string[];
  /** Values that show what is meant; a list that grows has its present ones from the server. */
  readonly samples: readonly string[];
}

export type Derived =
  /** Kinds of identifiers, from identity. */
  | { readonly from: 'identifiers' }
  /** `closedAs`, or `open` / `abandoned` as of now, from `closed_as`, `closed_at`, `idle_at`. */
  | { readonly from: 'state' }
  /** Whether the first contact solved it, as the metric `fcr.true` counts it. */
  | { readonly from: 'firstContact' }
  /** A key of a JSON object. */
  | { readonly from: 'key'; readonly key: string }
  /** A key of each object in a JSON list, which the fact calls `fact`. */
  | { readonly from: 'eachKey'; readonly fact: string; readonly key: string };

export interface Subject {
  /** One and many, as people read them. */
  readonly label: readonly [one: string, many: string];
  readonly view: string;
  readonly fields: Readonly<Record<string, Field>>;
}

/** What rules may speak of. Nothing outside it reaches a statement. */
export interface Catalogue {
  readonly customer: Subject;
  readonly things: Readonly<Record<Thing, Subject>>;
}

const operatorsByType: Readonly<Record<FieldType, readonly Operator[]>> = {
  word: ['isOneOf', 'isNoneOf', 'isKnown', 'isUnknown'],
  text: ['isOneOf', 'isNoneOf', 'contains', 'startsWith', 'isKnown', 'isUnknown'],
  words: ['hasAnyOf', 'hasAllOf', 'hasNoneOf'],
  number: ['atLeast', 'atMost', 'moreThan', 'lessThan', 'equals', 'between', 'isKnown', 'isUnknown'],
  instant: ['inLastDays', 'beforeLastDays', 'before', 'after', 'isKnown', 'isUnknown'],
  boolean: ['isTrue', 'isFalse'],
};

/** What may be said of a field. */
export function operatorsOf(field: Field): readonly Operator[] {
  return operatorsByType[field.type];
}

/** What stands after an operator. */
export function valueKindOf(operator: Operator): 'none' | 'text' | 'list' | 'number' | 'range' | 'days' | 'instant' {
  switch (operator) {
    case 'isOneOf':
    case 'isNoneOf':
    case 'hasAnyOf':
    case 'hasAllOf':
    case 'hasNoneOf':
      return 'list';
    case 'contains':
    case 'startsWith':
      return 'text';
    case 'between':
      return 'range';
    case 'inLastDays':
    case 'beforeLastDays':
      return 'days';
    case 'before':
    case 'after':
      return 'instant';
    case 'isTrue':
    case 'isFalse':
    case 'isKnown':
    case 'isUnknown':
      return 'none';
    default:
      return 'number';
  }
}

/** The field of that name, of the customer or of a thing; undefined where there is none (names such as `constructor` are none either). */
export function fieldOf(catalogue: Catalogue, thing: Thing | 'customer', name: string): Field | undefined {
  const { fields } = thing === 'customer' ? catalogue.customer : catalogue.things[thing];
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

const { channels, families, identifierKinds, outcomes } = vocabulary;
const word = (label: string, column: string, words: readonly string[]): Field => ({ label, type: 'word', class: 'behaviour', column, words, samples: words });
const text = (label: string, column: string, ...samples: string[]): Field => ({ label, type: 'text', class: 'behaviour', column, samples });
const count = (label: string, column: string): Field => ({ label, type: 'number', class: 'behaviour', column, samples: ['1', '2', '3'] });
const duration = (label: string, column: string): Field => ({ label, type: 'number', class: 'behaviour', column, unit: 'milliseconds', samples: [] });
const points = (label: string, column: string): Field => ({ label, type: 'number', class: 'score', column, unit: 'points', samples: ['25', '50', '75'] });
const yesNo = (label: string, column: string): Field => ({ label, type: 'boolean', class: 'behaviour', column, samples: [] });

const dimensions = {
  intent: text('intent', 'intent', 'charge not understood', 'internet down'),
  family: word('family of intents', 'family', families),
  channel: word('channel', 'channel', channels),
  queue: text('queue', 'queue'),
  agent: text('agent', 'agent'),
  site: text('site', 'site'),
};

/** The house's catalogue: the facts of scoring and the kinds of identifiers, by the columns of their read views. */
export const catalogue: Catalogue = {
  customer: {
    label: ['customer', 'customers'],
    view: 'scoring.read_customer',
    fields: {
      identifiers: {
        label: 'identifiers',
        type: 'words',
        class: 'profile',
        column: 'kind',
        derived: { from: 'identifiers' },
        words: identifierKinds,
        samples: identifierKinds,
      },
      firstAt: { label: 'first seen', type: 'instant', class: 'profile', column: 'first_at', samples: [] },
      lastAt: { label: 'last seen', type: 'instant', class: 'profile', column: 'last_at', samples: [] },
      leftAt: { label: 'cancellation', type: 'instant', class: 'profile', column: 'left_at', samples: [] },
      lastChannel: { ...word('last channel', 'last_channel', channels), class: 'profile' },
      lastIntent: { ...text('last intent', 'last_intent'), class: 'profile' },
      contacts: { ...count('contacts ever', 'contacts'), class: 'profile' },
      engagements: { ...count('engagements ever', 'engagements'), class: 'profile' },
      lastFrustration: points('frustration of the last contact', 'last_frustration'),
      spent: { label: 'amount spent', type: 'number', class: 'score', column: 'spent', unit: 'minorUnits', samples: [] },
      orders: { ...count('orders', 'orders'), class: 'score' },
    },
  },
  things: {
    contact: {
      label: ['contact', 'contacts'],
      view: 'scoring.read_contact',
      fields: {
        ...dimensions,
        startedBy: word('side that started it', 'started_by', ['customer', 'company', 'callback']),
        outcome: word('outcome', 'outcome', outcomes),
        failed: word('failure', 'failed', ['technical', 'other']),
        looksResolved: yesNo('looks resolved to its own channel', 'looks_resolved'),
        place: count('place in its engagement', 'place'),
        repeatAt: { label: 'next contact about the same', type: 'instant', class: 'behaviour', column: 'repeat_at', samples: [] },
        frustration: points('frustration', 'frustration'),
        causes: {
          label: 'causes of frustration',
          type: 'words',
          class: 'score',
          column: 'ledger',
          derived: { from: 'eachKey', fact: 'ledger', key: 'cause' },
          words: frustrationCauses,
          samples: frustrationCauses,
        },
        intentConfidence: { ...count('confidence of the intent', 'intent_confidence'), class: 'score', samples: ['600', '900'] },
        agents: { label: 'agents', type: 'words', class: 'behaviour', column: 'agents', samples: [] },
        transactions: count('transactions', 'transactions'),
        events: count('events', 'events'),
        liveMs: duration("time of the customer's", 'live_ms'),
      },
    },
    engagement: {
      label: ['engagement', 'engagements'],
      view: 'scoring.read_engagement',
      fields: {
        ...dimensions,
        state: {
          ...word('state', 'closed_as', ['open', 'resolved', 'sold', 'lost', 'cancelled', 'abandoned']),
          derived: { from: 'state' },
        },
        firstContact: {
          ...word('verdict on the first contact', 'resolved_at', ['resolved', 'notResolved', 'undecided']),
          class: 'score',
          derived: { from: 'firstContact' },
        },
        contacts: count('contacts', 'contacts'),
        transactions: count('transactions', 'transactions'),
        steps: count("steps of the customer's", 'steps'),
        channels: { label: 'channels', type: 'words', class: 'behaviour', column: 'channels', words: channels, samples: channels },
        agents: { label: 'agents', type: 'words', class: 'behaviour', column: 'agents', samples: [] },
        liveMs: duration("time of the customer's", 'live_ms'),
        closedAt: { label: 'closed', type: 'instant', class: 'behaviour', column: 'closed_at', samples: [] },
        saidSolved: yesNo('solved, as the customer says', 'said_solved'),
        falseSuccess: { ...yesNo('seemed resolved and was not', 'false_success'), class: 'score' },
        frustration: points('greatest frustration', 'frustration'),
      },
    },
    queueStay: {
      label: ['stay in a queue', 'stays in a queue'],
      view: 'scoring.read_queue_stay',
      fields: { ...dimensions, waitMs: duration('wait', 'wait_ms'), abandoned: yesNo('abandoned', 'abandoned') },
    },
    menuVisit: {
      label: ['visit of a menu node', 'visits of menu nodes'],
      view: 'scoring.read_menu_visit',
      fields: {
        ...dimensions,
        node: text('menu node', 'node', 'main menu'),
        dwellMs: duration('time in the node', 'dwell_ms'),
        invalidInputs: count('invalid inputs', 'invalid_inputs'),
        optOut: {
          ...word('reason for leaving the menu', 'opt_out', ['frustration', 'question', 'speed', 'menuLacksIt', 'failedRecognition', 'unknown']),
          class: 'score',
          derived: { from: 'key', key: 'reason' },
        },
      },
    },
    answer: {
      label: ['answer', 'answers'],
      view: 'scoring.read_answer',
      fields: {
        ...dimensions,
        system: text('system it is about', 'system'),
        question: word('question', 'question', questions),
        value: { ...count('value', 'value'), class: 'score' },
        cause: word('cause', 'cause', ['people', 'process', 'technology']),
      },
    },
  },
};
