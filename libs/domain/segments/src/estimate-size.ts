import { z95 } from '@throughline/domain-metrics';

/** How many of `of` customers a rule holds for. `low` and `high` are the ends of a 95 % interval; all three are the same where every customer was asked. */
export interface SizeEstimate {
  readonly size: number;
  readonly low: number;
  readonly high: number;
  /** Customers asked. */
  readonly sample: number;
  readonly of: number;
}

/**
 * The size of a segment from a simple random sample without replacement: `held` of `sample` customers, of `of` in all. The interval is Wilson's score interval with the
 * variance of a finite population, (N − n) / (N − 1) (Cochran, Sampling Techniques, 3rd ed., § 2.6 and 3.2): asking everybody leaves none.
 */
export function estimateSize(held: number, sample: number, of: number): SizeEstimate {
  if (sample <= 0 || of <= 0) return { size: 0, low: 0, high: 0, sample: 0, of };
  if (sample >= of) return { size: held, low: held, high: held, sample, of };
  const p = held / sample;
  const z2 = (z95 * z95 * (of - sample)) / (of - 1);
  const centre = (p + z2 / (2 * sample)) / (1 + z2 / sample);
  const half = (Math.sqrt(z2) / (1 + z2 / sample)) * Math.sqrt((p * (1 - p)) / sample + z2 / (4 * sample * sample));
  // What was seen is certain: at least `held` are in, at least `sample - held` are not.
  const low = Math.max(held, Math.floor((centre - half) * of));
  const high = Math.min(of - (sample - held), Math.ceil((centre + half) * of));
  return { size: Math.round(p * of), low, high, sample, of };
}
