/** What a mended record changes: top-level fields with their new values, null for those that were taken away. Undefined where nothing changed, null where the text is no JSON object. */
export function editOf(before: unknown, text: string): Record<string, unknown> | null | undefined {
  let after: unknown;
  try {
    after = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(after) || !isObject(before)) return null;
  const changed = Object.entries(after).filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value));
  const gone = Object.keys(before).filter((name) => !(name in after));
  if (changed.length + gone.length === 0) return undefined;
  return Object.fromEntries([...changed, ...gone.map((name) => [name, null] as const)]);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
