/** A character that JSON never contains. */
const separator = '\u001e';

/**
 * JSON texts as one parameter, null as nothing: as an array literal every quote in them would have to be escaped, and that costs more than everything else.
 * Postgres gets them back by `cutJsonTexts`.
 */
export function jsonTexts(values: readonly (string | null | undefined)[]): string {
  return values.map((value) => value ?? '').join(separator);
}

/** SQL: parameter `number` of `jsonTexts` as `text[]`. Of one null alone nothing is left, which `unnest` beside other arrays fills up with null. */
export const cutJsonTexts = (number: number): string => `string_to_array($${number}, E'\\x1e', '')`;
