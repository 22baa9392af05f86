import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Scrambles a 32-bit word (the finaliser of MurmurHash3), so that neighbouring seeds give unrelated sequences. */
function scramble(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** A stream of chance, the same for the same parts. Every person, issue and job has its own, so that none disturbs another. */
export class Random {
  private readonly generator;

  constructor(...parts: readonly number[]) {
    let state = 0x9e3779b9 | 0;
    for (const part of parts) state = scramble(state ^ scramble((part | 0) + 0x7f4a7c15)) + Math.floor(part / 0x1_0000_0000);
    this.generator = xoroshiro128plusFromState([scramble(state + 1), scramble(state + 2), scramble(state + 3), scramble(state + 4) | 1]);
  }

  /** Uniform in [0, 1). */
  next(): number {
    return (this.generator.next() >>> 0) / 0x1_0000_0000;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Uniform integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  between(low: number, high: number): number {
    return Math.round(low + this.next() * (high - low));
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  /** The index drawn in proportion to `weights`. */
  weighted(weights: readonly number[]): number {
    let rest = this.next() * weights.reduce((sum, weight) => sum + weight, 0);
    for (let i = 0; i < weights.length; i++) if ((rest -= weights[i] as number) < 0) return i;
    return weights.length - 1;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Whole milliseconds, log-normal around `medianMs`; `sigma` is the standard deviation of the logarithm. */
  logNormal(medianMs: number, sigma: number): number {
    return Math.round(medianMs * Math.exp(sigma * this.normal()));
  }
}
