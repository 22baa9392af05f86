import { clusteredMean } from './clustered-mean';
import { differenceOf } from './difference';
import { estimateOf } from './estimate';
import { momentsOf } from './moments';
import { newcombeInterval } from './newcombe-interval';
import { t95, tInterval } from './t-interval';
import { trinomialVariance } from './trinomial-variance';
import { welchInterval } from './welch-interval';
import { wilsonInterval } from './wilson-interval';

const rows = (values: readonly number[]) => momentsOf(values.map((value, index) => ({ customerId: `c${index}`, value })));
const wilson = (successes: number, n: number) => ({ value: successes / n, ...wilsonInterval(successes, n) });

describe('Wilson’s interval', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('is that of Newcombe’s table for %d of %d', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('never leaves 0 to 1, and touches them where nobody or everybody is counted', () => {
    expect(wilsonInterval(0, 3).low).toBe(0);
    expect(wilsonInterval(3, 3).high).toBe(1);
    expect(() => wilsonInterval(0, 0)).toThrow('at least one row');
  });
});

describe('the interval of a difference of two rates', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('is that of Newcombe’s table for %d of %d less %d of %d', (a, m, b, n, low, high) => {
    const interval = newcombeInterval(wilson(a, m), wilson(b, n));
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});

/** R's data set `sleep` (Cushny and Peebles 1905, used by "Student" 1908): extra hours of sleep under two drugs. */
const sleep = {
  first: [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
  second: [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
};

describe('the interval of a mean', () => {
  it.each([
    [1, 12.7062],
    [9, 2.2622],
    [30, 2.0423],
    [2_000_000, 1.96],
  ])('uses the tabulated quantile of t for %d degrees of freedom', (degreesOfFreedom, quantile) => {
    expect(t95(degreesOfFreedom)).toBeCloseTo(quantile, 4);
  });

  it('is what R says of its data set sleep: t.test(sleep$extra[1:10])', () => {
    const { mean, standardError, degreesOfFreedom } = clusteredMean(rows(sleep.first));
    const interval = tInterval(mean, standardError, degreesOfFreedom);
    expect(mean).toBeCloseTo(0.75, 10);
    expect(interval.low).toBeCloseTo(-0.5297804, 6);
    expect(interval.high).toBeCloseTo(2.0297804, 6);
    expect(() => tInterval(1, 1, 0)).toThrow('two rows');
  });

  it('of a difference is what R says: t.test(extra ~ group, data = sleep)', () => {
    const interval = welchInterval(clusteredMean(rows(sleep.first)), clusteredMean(rows(sleep.second)));
    expect(interval.low).toBeCloseTo(-3.3654832, 6);
    expect(interval.high).toBeCloseTo(0.2054832, 6);
    expect(differenceOf('mean', rows(sleep.first), rows(sleep.second))!.interval).toEqual(interval);
  });
});

describe('the interval of an NPS', () => {
  it('rests on the trinomial variance, with n − 1', () => {
    const values = [1, 1, 1, 1, 1, 0, 0, 0, -1, -1];
    // 5 promoters and 2 detractors of 10: (0.5 + 0.2 − 0.3²) / 10 = 0.061.
    expect(trinomialVariance(5, 2, 10)).toBeCloseTo(0.061, 12);
    expect(clusteredMean(rows(values)).standardError ** 2).toBeCloseTo((0.061 * 10) / 9, 12);
    const { value, interval } = estimateOf('nps', rows(values));
    expect(value).toBeCloseTo(0.3, 12);
    expect(interval!.low).toBeCloseTo(0.3 - 2.262157 * Math.sqrt((0.061 * 10) / 9), 5);
  });
});

describe('the variance of a mean when a customer has several rows', () => {
  // Three customers: totals 3, 1, 0 of 3, 2, 1 rows. r = 4/6; residuals 3 − 2 = 1, 1 − 4/3 = −1/3, 0 − 2/3 = −2/3; their squares sum to 14/9; times 3/2, by 36.
  const values = [
    { customerId: 'a', value: 1 },
    { customerId: 'a', value: 1 },
    { customerId: 'a', value: 1 },
    { customerId: 'b', value: 1 },
    { customerId: 'b', value: 0 },
    { customerId: 'c', value: 0 },
  ];

  it('is the linearised one of a ratio, computed by hand', () => {
    const { mean, standardError, degreesOfFreedom } = clusteredMean(momentsOf(values));
    expect(mean).toBeCloseTo(2 / 3, 12);
    expect(standardError ** 2).toBeCloseTo(((14 / 9) * (3 / 2)) / 36, 12);
    expect(degreesOfFreedom).toBe(2);
  });

  it('is that of independent rows when each customer has one', () => {
    const of = [4, 5, 3, 5, 1];
    const mean = 3.6;
    const variance = of.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4 / 5;
    expect(clusteredMean(rows(of)).standardError ** 2).toBeCloseTo(variance, 12);
  });

  it('makes the interval of a rate wider than Wilson’s, never narrower', () => {
    const { low, high } = estimateOf('percent', momentsOf(values)).interval!;
    const plain = wilsonInterval(4, 6);
    expect(high - low).toBeGreaterThan(plain.high - plain.low);
    const even = momentsOf(Array.from({ length: 400 }, (_, index) => ({ customerId: `c${index >> 1}`, value: index % 2 })));
    const half = estimateOf('percent', even).interval!;
    expect(half.high - half.low).toBeGreaterThanOrEqual(wilsonInterval(200, 400).high - wilsonInterval(200, 400).low);
  });
});

describe('an estimate that too little stands behind', () => {
  it('is unknown without rows, and without an interval for one customer or for marks that are all alike', () => {
    expect(estimateOf('mean', rows([]))).toEqual({ value: null, interval: null, numerator: 0, n: 0, customers: 0, isSmall: true });
    expect(estimateOf('percent', momentsOf([1, 1, 0].map((value) => ({ customerId: 'a', value })))).interval).toBeNull();
    expect(estimateOf('mean', rows([5, 5, 5])).interval).toBeNull();
  });

  it('keeps an interval for a rate of nothing or everything, by its customers', () => {
    expect(estimateOf('percent', rows([0, 0, 0, 0])).interval).toEqual(wilsonInterval(0, 4, t95(3)));
  });

  it('is small below thirty rows', () => {
    expect(estimateOf('mean', rows(Array.from({ length: 29 }, (_, n) => n))).isSmall).toBe(true);
    expect(estimateOf('mean', rows(Array.from({ length: 30 }, (_, n) => n))).isSmall).toBe(false);
  });
});
