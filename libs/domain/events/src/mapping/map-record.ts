import type { MappingDocument, MappingValue } from '@throughline/contracts';
import { eventIdOf } from '../event-id';
import { minutesOfZone, parseTime } from '../parse-time';
import type { FileRecord } from './read-records';
import { parseByPattern } from './time-pattern';

/** A mapping document that fits its schema but not the record: the sentence says which part. */
export class MappingError extends Error {}

const halfDayMs = 43_200_000;
const dayMs = 86_400_000;
const listsByValue: Readonly<Record<string, string>> = { identifiers: 'value', contactLinks: 'value', issueKeys: 'value', intents: 'intent' };

/** The posted events of one record, in the order of the document. */
export function mapRecord(record: FileRecord, document: MappingDocument): Record<string, unknown>[] {
  const posted: Record<string, unknown>[] = [];
  for (const { when, fields } of document.events) {
    if (!when.every((condition) => holds(condition, record))) continue;
    const event: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(fields)) {
      const result = evaluate(value, record, document);
      if (result !== undefined)
        event[name] = name in listsByValue && Array.isArray(result) ? result.filter((item) => hasValue(item, listsByValue[name]!)) : result;
    }
    posted.push(document.negativeSpan === 'repair' ? repaired(event) : event);
  }
  return posted;
}

function holds(condition: MappingDocument['events'][number]['when'][number], record: FileRecord): boolean {
  const text = textOf(condition.of, record);
  return (condition.is === undefined || condition.is.includes(text)) && (condition.isNot === undefined || !condition.isNot.includes(text));
}

const hasValue = (item: unknown, field: string): boolean => typeof item === 'object' && item !== null && (item as Record<string, unknown>)[field] !== undefined;

/** A record that ends before it starts keeps its start; the end is left out, with the reason. */
function repaired(event: Record<string, unknown>): Record<string, unknown> {
  const { occurredAt, endedAt, ...rest } = event;
  if (typeof occurredAt !== 'number' || typeof endedAt !== 'number' || endedAt >= occurredAt) return event;
  const attributes = typeof rest['attributes'] === 'object' && rest['attributes'] !== null ? (rest['attributes'] as Record<string, unknown>) : {};
  return {
    occurredAt,
    ...rest,
    attributes: { ...attributes, repaired: [`negative_span: ended ${occurredAt - endedAt} ms before it began; the end was left out`] },
  };
}

function evaluate(value: MappingValue, record: FileRecord, document: MappingDocument): unknown {
  if (typeof value === 'string') return fromTemplate(value, record);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if (Array.isArray(value))
    return (value as readonly MappingValue[]).map((element) => evaluate(element, record, document)).filter((element) => element !== undefined);
  const object = value as Readonly<Record<string, MappingValue>>;
  if ('of' in object) return ofColumn(object, record, document);
  if ('time' in object) return timeOf(object, record, document);
  if ('first' in object)
    return listOf(object['first'])
      .map((choice) => evaluate(choice, record, document))
      .find((result) => result !== undefined);
  if ('latest' in object) return latest(listOf(object['latest']).map((choice) => evaluate(choice, record, document)));
  if ('plus' in object) return sum(listOf(object['plus']).map((choice) => evaluate(choice, record, document)));
  if ('digest' in object) return eventIdOf('digest', textOf(object['digest'], record));
  const result: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(object)) {
    const evaluated = evaluate(child, record, document);
    if (evaluated !== undefined) result[name] = evaluated;
  }
  return result;
}

const listOf = (value: MappingValue | undefined): readonly MappingValue[] => (Array.isArray(value) ? (value as readonly MappingValue[]) : []);

function latest(times: readonly unknown[]): number | undefined {
  const known = times.filter((time) => typeof time === 'number');
  return known.length === 0 ? undefined : Math.max(...known);
}

function sum(numbers: readonly unknown[]): number | undefined {
  return numbers.every((number) => typeof number === 'number') ? numbers.reduce((total: number, number) => total + (number as number), 0) : undefined;
}

const placeholder = /\{([^{}]+)\}/g;

function fromTemplate(template: string, record: FileRecord): unknown {
  const alone = /^\{([^{}]+)\}$/.exec(template);
  if (alone !== null) {
    const value = column(alone[1]!, record);
    return value === '' || value === null ? undefined : value;
  }
  if (!template.includes('{')) return template;
  let filled = false;
  const text = template.replace(placeholder, (_whole, name: string) => {
    const value = column(name, record);
    if (value === undefined || value === null || value === '') return '';
    filled = true;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
  return filled ? text : undefined;
}

function textOf(template: MappingValue | undefined, record: FileRecord): string {
  if (typeof template !== 'string') throw new MappingError('"of", "time" and "digest" are templates, that is texts');
  const value = fromTemplate(template, record);
  return value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function column(name: string, record: FileRecord): unknown {
  if (name === '@line') return record.line;
  if (Object.hasOwn(record.values, name)) return record.values[name];
  let value: unknown = record.values;
  for (const step of name.split('.')) {
    if (typeof value === 'string' && /^[[{]/.test(value)) value = converted(value, 'json'); // a column that holds JSON
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

function ofColumn(object: Readonly<Record<string, MappingValue>>, record: FileRecord, document: MappingDocument): unknown {
  const text = textOf(object['of'], record);
  const otherwise = object['default'] === undefined ? undefined : evaluate(object['default'], record, document);
  if (text === '' || isOmitted(object, text)) return otherwise;
  if (object['map'] !== undefined) {
    const map = document.maps[String(object['map'])];
    if (map === undefined) throw new MappingError(`there is no map "${String(object['map'])}"`);
    const mapped = Object.hasOwn(map, text) ? map[text] : undefined;
    return mapped === undefined ? otherwise : evaluate(mapped, record, document);
  }
  return converted(text, object['as']) ?? otherwise;
}

const isOmitted = (object: Readonly<Record<string, MappingValue>>, text: string): boolean => listOf(object['omit']).some((omitted) => String(omitted) === text);

function converted(text: string, kind: MappingValue | undefined): unknown {
  switch (kind) {
    case 'integer':
      return /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'boolean':
      return /^(true|1|yes|t)$/i.test(text) ? true : /^(false|0|no|f)$/i.test(text) ? false : undefined;
    case 'json':
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return undefined;
      }
    case 'lower':
      return text.toLowerCase();
    default:
      return text;
  }
}

function timeOf(object: Readonly<Record<string, MappingValue>>, record: FileRecord, document: MappingDocument): unknown {
  const text = textOf(object['time'], record);
  if (text === '' || isOmitted(object, text)) return undefined;
  const at = instantOfText(
    text,
    typeof object['format'] === 'string' ? object['format'] : 'iso',
    typeof object['zone'] === 'string' ? object['zone'] : document.zone,
  );
  // What cannot be read is posted as it stands, so that it is quarantined with its own words and not lost here.
  if (at === null) return text;
  const after = object['rollover'] === true && object['after'] !== undefined ? evaluate(object['after'], record, document) : undefined;
  return typeof after === 'number' && after - at > halfDayMs ? at + dayMs : at;
}

function instantOfText(text: string, format: string, zone: string): number | null {
  if (format === 'unix') return /^\d{1,11}(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : null;
  if (format === 'unixMs') return /^\d{1,15}$/.test(text) ? Number(text) : null;
  const offset = zone === 'UTC' ? 0 : minutesOfZone(zone);
  if (format === 'iso') {
    const parsed = parseTime(text, offset);
    return parsed.kind === 'time' ? parsed.at : null;
  }
  const local = parseByPattern(text, format);
  return local === null ? null : local - offset * 60_000;
}
