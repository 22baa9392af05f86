import { addTallies, meanOf, pooledVariance, type Tally } from './tally';

export interface CellMean {
  readonly mean: number;
  readonly error: number;
}

/** Four means and their differences, as a paper prints them: each contact an independent voice. What is shown beside the effect, not what it is judged by. */
export interface ChangeTable {
  readonly coachedBefore: CellMean;
  readonly coachedAfter: CellMean;
  readonly othersBefore: CellMean;
  readonly othersAfter: CellMean;
  readonly differenceBefore: CellMean;
  readonly differenceAfter: CellMean;
  readonly changeCoached: CellMean;
  readonly changeOthers: CellMean;
  readonly changeMore: CellMean;
}

/** a − b of two independent means. */
export const difference = (a: CellMean, b: CellMean): CellMean => ({ mean: a.mean - b.mean, error: Math.hypot(a.error, b.error) });

interface Periods {
  readonly before: Tally;
  readonly after: Tally;
}

/** The form of Table 3 of Card and Krueger 1994 (AER 84, 772–793). */
export function changeTable(coached: readonly Periods[], others: readonly Periods[]): ChangeTable {
  const coachedBefore = cellOf(coached.map(({ before }) => before));
  const coachedAfter = cellOf(coached.map(({ after }) => after));
  const othersBefore = cellOf(others.map(({ before }) => before));
  const othersAfter = cellOf(others.map(({ after }) => after));
  const changeCoached = difference(coachedAfter, coachedBefore);
  const changeOthers = difference(othersAfter, othersBefore);
  return {
    coachedBefore,
    coachedAfter,
    othersBefore,
    othersAfter,
    differenceBefore: difference(coachedBefore, othersBefore),
    differenceAfter: difference(coachedAfter, othersAfter),
    changeCoached,
    changeOthers,
    changeMore: difference(changeCoached, changeOthers),
  };
}

function cellOf(tallies: readonly Tally[]): CellMean {
  const all = addTallies(tallies);
  return { mean: meanOf(all), error: Math.sqrt((pooledVariance([all]) ?? 0) / all.n) };
}
