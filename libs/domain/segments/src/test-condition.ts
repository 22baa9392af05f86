import type { Instant } from '@throughline/contracts';
import { since, type Condition, type NumberTest } from './rule';
import type { FieldValue } from './read-field';

/** Whether a value is as the condition says. An unknown value is none of anything, and passes no other test but `isUnknown`. */
export function meets(value: FieldValue, { is, value: wanted }: Condition, asOf: Instant): boolean {
  switch (is) {
    case 'isKnown':
      return value !== undefined;
    case 'isUnknown':
      return value === undefined;
    case 'isNoneOf':
      return value === undefined || !listOf(wanted).includes(String(value));
    case 'hasNoneOf':
      return !wordsOf(value).some((word) => listOf(wanted).includes(word));
    case 'hasAnyOf':
      return wordsOf(value).some((word) => listOf(wanted).includes(word));
    case 'hasAllOf':
      return listOf(wanted).every((word) => wordsOf(value).includes(String(word)));
    default:
      return value !== undefined && meetsKnown(value, is, wanted, asOf);
  }
}

function meetsKnown(value: NonNullable<FieldValue>, is: Condition['is'], wanted: Condition['value'], asOf: Instant): boolean {
  switch (is) {
    case 'isOneOf':
      return listOf(wanted).includes(String(value));
    case 'contains':
      return folded(String(value)).includes(folded(String(wanted)));
    case 'startsWith':
      return folded(String(value)).startsWith(folded(String(wanted)));
    case 'isTrue':
      return value === true;
    case 'isFalse':
      return value === false;
    case 'inLastDays':
      return Number(value) > since(asOf, Number(wanted)) && Number(value) <= asOf;
    case 'beforeLastDays':
      return Number(value) <= since(asOf, Number(wanted));
    case 'before':
      return Number(value) < Number(wanted);
    case 'after':
      return Number(value) >= Number(wanted);
    default:
      return passes(Number(value), { is, value: wanted } as NumberTest);
  }
}

/** Whether a number passes a test; both ends of `between` belong to it. */
export function passes(measured: number, test: NumberTest): boolean {
  switch (test.is) {
    case 'atLeast':
      return measured >= test.value;
    case 'atMost':
      return measured <= test.value;
    case 'moreThan':
      return measured > test.value;
    case 'lessThan':
      return measured < test.value;
    case 'equals':
      return measured === test.value;
    case 'between':
      return measured >= test.value[0] && measured <= test.value[1];
  }
}

const wordsOf = (value: FieldValue): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);
const listOf = (wanted: Condition['value']): readonly unknown[] => (Array.isArray(wanted) ? wanted : []);

/** Only A to Z lose their case: the one rule on which every database and browser agrees. */
const folded = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
