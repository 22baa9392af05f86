import { fcrTrue } from '../registry/engagement-metrics';
import { effort } from '../registry/engagement-metrics';
import { csat } from '../registry/survey-metrics';
import { changeInWords } from './change-in-words';
import { formatNumber } from './format-number';
import { momentsOf } from './moments';
import { decimalsFor } from './rounding';

const than = 'the 28 days before';
const rows = (values: readonly number[]) => momentsOf(values.map((value, index) => ({ customerId: `c${index}`, value })));
const share = (ones: number, n: number) => rows(Array.from({ length: n }, (_, index) => Number(index < ones)));

describe('a change in words', () => {
  it('names its size, its direction and what it is compared with', () => {
    expect(changeInWords(fcrTrue, share(5820, 10_000), share(6130, 10_000), than)).toMatchObject({
      direction: 'worse',
      words: '3.1 points worse than the 28 days before',
    });
  });

  it('calls a fall better where lower is better, and says the unit', () => {
    const steps = (few: number, many: number) => rows([...Array<number>(few).fill(2), ...Array<number>(many).fill(4)]);
    const change = changeInWords(effort, steps(700, 300), steps(500, 500), than);
    expect(change.direction).toBe('better');
    expect(change.words).toBe('0.40 steps better than the 28 days before');
    expect(change.difference!.value).toBeCloseTo(-0.4, 10);
  });

  it('claims nothing where the interval holds zero', () => {
    expect(changeInWords(fcrTrue, share(58, 100), share(61, 100), than)).toMatchObject({ direction: 'noClearChange', words: 'no clear change' });
  });

  it('says when there is too little to compare', () => {
    expect(changeInWords(csat, rows([]), rows([5, 4]), than)).toEqual({ direction: 'unknown', difference: null, words: `too little to compare with ${than}` });
    expect(changeInWords(csat, rows([4]), rows([5, 4]), than).direction).toBe('unknown');
  });
});

describe('rounding', () => {
  it.each([
    [1.8, 1],
    [0.9, 1],
    [0.05, 2],
    [4, 0],
    [3.6, 0],
    [3.5, 1],
    [0.1, 2],
    [0.96, 1],
    [14, 0],
    [0.001, 2],
    [0, 1],
  ])('gives a half width of %d the decimals it supports: %d', (halfWidth, decimals) => {
    expect(decimalsFor(halfWidth)).toBe(decimals);
  });

  it('writes thousands, a true minus and no minus zero', () => {
    expect([formatNumber(12431, 0), formatNumber(-1234.56, 1), formatNumber(-0.04, 1), formatNumber(0.126, 2)]).toEqual(['12,431', '−1,234.6', '0.0', '0.13']);
  });
});
