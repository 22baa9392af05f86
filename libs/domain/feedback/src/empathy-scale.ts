/** How many items the long form has, and how many of them may be missing. */
export const longItems = 10;
export const mayBeMissing = 2;

export interface ScaleScore {
  /** Sum of the ten, 10–50; a missing item counts as the respondent's mean of the others. */
  readonly sum: number;
  /** The sum in the scale of one item: 1–5. */
  readonly mean: number;
  readonly answered: number;
}

/**
 * The score of the ten-item empathy form, each item 1–5, null where it was left out or does not apply. Up to two missing items take the respondent's mean; with more the form
 * is discarded (null). The rule is that of the CARE Measure (Mercer, Maxwell, Heaney, Watt, Family Practice 21, 2004); the items are our own.
 */
export function scoreEmpathyScale(items: readonly (number | null)[]): ScaleScore | null {
  if (items.length !== longItems) throw new Error(`The form has ${longItems} items, not ${items.length}.`);
  const given = items.filter((item): item is number => item !== null);
  if (given.some((item) => !Number.isInteger(item) || item < 1 || item > 5)) throw new Error('An item is a whole number from 1 to 5.');
  if (items.length - given.length > mayBeMissing) return null;
  const mean = given.reduce((sum, item) => sum + item, 0) / given.length;
  return { sum: mean * longItems, mean, answered: given.length };
}
