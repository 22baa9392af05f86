import { repeatMs } from '@throughline/domain-metrics';
import type { Field } from './catalogue';
import type { Condition, NumberTest } from './rule';
import type { Statement } from './statement';

/**
 * A condition on a row `alias` of the field's view, as SQL that is true or false and never null. Columns and operators are the program's own words; the values, and the
 * keys of JSON, are parameters.
 */
export function compileCondition(statement: Statement, field: Field, alias: string, { is, value }: Condition): string {
  const column = columnOf(statement, field, alias);
  const list = (): string => statement.value(value as readonly string[], 'text[]');
  const from = (): string => statement.daysAgo(Number(value));
  switch (is) {
    case 'isKnown':
      return `${column} is not null`;
    case 'isUnknown':
      return `${column} is null`;
    case 'isOneOf':
      return definite(`${column} = any(${list()})`);
    case 'isNoneOf':
      return `not ${definite(`${column} = any(${list()})`)}`;
    case 'hasAnyOf':
      return definite(`${column} && ${list()}`);
    case 'hasAllOf':
      return definite(`${column} @> ${list()}`);
    case 'hasNoneOf':
      return `not ${definite(`${column} && ${list()}`)}`;
    case 'contains':
      return definite(`lower(${column} collate "C") like ${statement.value(`%${likeText(String(value))}%`, 'text')}`);
    case 'startsWith':
      return definite(`lower(${column} collate "C") like ${statement.value(`${likeText(String(value))}%`, 'text')}`);
    case 'isTrue':
      return definite(column);
    case 'isFalse':
      return definite(`not ${column}`);
    case 'inLastDays':
      return definite(`(${column} > ${from()} and ${column} <= ${statement.now()})`);
    case 'beforeLastDays':
      return definite(`${column} <= ${from()}`);
    case 'before':
      return definite(`${column} < ${statement.instant(Number(value))}`);
    case 'after':
      return definite(`${column} >= ${statement.instant(Number(value))}`);
    default:
      return definite(compileTest(statement, column, { is, value } as NumberTest));
  }
}

/** A test of a number; null where the number is. */
export function compileTest(statement: Statement, number: string, test: NumberTest): string {
  const place = (value: number): string => statement.value(value, 'double precision');
  switch (test.is) {
    case 'atLeast':
      return `${number} >= ${place(test.value)}`;
    case 'atMost':
      return `${number} <= ${place(test.value)}`;
    case 'moreThan':
      return `${number} > ${place(test.value)}`;
    case 'lessThan':
      return `${number} < ${place(test.value)}`;
    case 'equals':
      return `${number} = ${place(test.value)}`;
    case 'between':
      return `(${number} >= ${place(test.value[0])} and ${number} <= ${place(test.value[1])})`;
  }
}

/** The value of a field in a row. */
export function columnOf(statement: Statement, field: Field, alias: string): string {
  const column = `${alias}.${field.column}`;
  const { derived } = field;
  if (!derived) return field.type === 'number' ? `${column}::double precision` : field.type === 'words' ? `${column}::text[]` : column;
  switch (derived.from) {
    case 'identifiers':
      return `${alias}.kinds`;
    case 'key':
      return `(${column}::jsonb ->> ${statement.value(derived.key, 'text')})`;
    case 'eachKey':
      return `array(select each.value ->> ${statement.value(derived.key, 'text')} from jsonb_array_elements(${column}::jsonb) as each)`;
    case 'firstContact':
      return firstContactText(statement, alias);
    case 'state': {
      const now = statement.now();
      return `case when ${alias}.closed_at <= ${now} then ${column} when ${alias}.idle_at <= ${now} then 'abandoned' else 'open' end`;
    }
  }
}

/** What `firstContactVerdict` of domain-metrics says, in SQL. */
function firstContactText(statement: Statement, alias: string): string {
  const now = statement.now();
  const waitEnd = `${alias}.first_contact_end_at + make_interval(secs => ${statement.value(repeatMs / 1000, 'double precision')})`;
  const next = `${alias}.next_same_intent_at`;
  return [
    'case',
    `when ${now} <= ${waitEnd} then 'undecided'`,
    `when ${next} <= ${waitEnd} then 'notResolved'`,
    `when ${alias}.said_solved_at <= ${now} and ${alias}.said_solved is not null then case when ${alias}.said_solved then 'resolved' else 'notResolved' end`,
    `when ${alias}.resolved_at <= ${now} and (${next} is null or ${alias}.resolved_at < ${next}) then 'resolved'`,
    `when ${next} <= ${now} or (${alias}.closed_at <= ${now} and ${alias}.closed_as is not null) or ${alias}.idle_at <= ${now} then 'notResolved'`,
    `else 'undecided' end`,
  ].join(' ');
}

/** Unknown is "no". */
const definite = (sql: string): string => `coalesce(${sql}, false)`;

/** As a LIKE pattern that means exactly this text, A to Z in lower case. */
function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&').replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
