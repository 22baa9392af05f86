/** From how many people on a publication needs a second person, and from which change of their number. */
const people = 10_000;
const change = 0.2;

/** Why somebody else must agree before a version is in force, in words; undefined where nobody need. `before` is null for a segment that was never published. */
export function needsSecondPerson(before: number | null, after: number): string | undefined {
  if (after > people) return `It would hold ${after} people, more than ${people}.`;
  if (before === null || before === after) return undefined;
  if (before > 0 && Math.abs(after - before) <= change * before) return undefined;
  return `It would hold ${after} people instead of ${before}, a change of more than ${change * 100} %.`;
}
