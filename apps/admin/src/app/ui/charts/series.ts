/** What the line chart draws: one line each, the important one first, six at most. */
export interface LineSeries {
  readonly name: string;
  /** A CSS value; by the order of the series unless told. */
  readonly colour?: string;
  readonly points: readonly LinePoint[];
}

export interface LinePoint {
  /** Start of its period, UTC milliseconds. */
  readonly at: number;
  /** Null is a gap. */
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly colour?: string;
}

export const colourOf = (place: number): string => `var(--tl-series-${(place % 6) + 1})`;
