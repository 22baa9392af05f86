import { isDeepStrictEqual } from 'node:util';

type ChangedFields = {
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
};

/** The fields of an object that are otherwise afterwards, for the details of an entry of the audit. A field that is on one side alone stands there alone. */
export function changedFields(before: object, after: object): ChangedFields {
  const differing = (of: object, from: object) =>
    Object.fromEntries(Object.entries(of).filter(([name, value]) => !isDeepStrictEqual(value, (from as Record<string, unknown>)[name])));
  return { before: differing(before, after), after: differing(after, before) };
}
