import type { HierarchySettings } from '@throughline/contracts';
import { UsageError } from './usage-error';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

function parseValue(text: string, before: unknown, field: string): unknown {
  if (typeof before === 'number') {
    const match = /^(\d+(?:\.\d+)?)(ms|s|min|h|d)?$/.exec(text);
    const value = match ? Number(match[1]) * (units[match[2] ?? 'ms'] ?? 1) : Number.NaN;
    if (!Number.isInteger(value)) throw new UsageError(`"${text}" is no value for ${field}: write a whole number, with ms, s, min, h or d for a time.`);
    return value;
  }
  if (Array.isArray(before)) return text.split(',').filter(Boolean);
  return text;
}

/** The settings with each `path.to.field=value` applied. Only fields that exist can be set; the schema of the server judges the values. */
export function editSettings(settings: HierarchySettings, changes: readonly string[]): HierarchySettings {
  const edited = structuredClone(settings) as unknown as Record<string, unknown>;
  for (const change of changes) {
    const [field = '', ...rest] = change.split('=');
    if (rest.length === 0) throw new UsageError(`"${change}" is no change: write field=value.`);
    const path = field.split('.');
    const last = path.pop() ?? '';
    let place: unknown = edited;
    for (const step of path) place = (place as Record<string, unknown> | undefined)?.[step];
    if (place === null || typeof place !== 'object' || !Object.hasOwn(place, last) || field === 'version')
      throw new UsageError(`There is no setting "${field}": see \`npx throughline settings show\`.`);
    const target = place as Record<string, unknown>;
    target[last] = parseValue(rest.join('='), target[last], field);
  }
  return edited as unknown as HierarchySettings;
}
