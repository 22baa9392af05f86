import fc from 'fast-check';
import { whatMovedIt } from './what-moved-it';

const counted = fc.nat(50).chain((n) => fc.record({ n: fc.constant(n), sum: fc.integer({ min: 0, max: n }) }));
const slices = fc.uniqueArray(fc.record({ slice: fc.option(fc.string({ maxLength: 3 })), now: counted, before: counted }), {
  selector: ({ slice }) => slice,
  minLength: 1,
});

describe('what moved a number', () => {
  it('sums to the change, by slice and by kind, whatever the slices', () => {
    fc.assert(
      fc.property(slices, (all) => {
        const moved = whatMovedIt(all);
        const n = (period: 'now' | 'before') => all.reduce((sum, slice) => sum + slice[period].n, 0);
        if (moved === null) return void expect(n('now') * n('before')).toBe(0);
        expect(moved.mix + moved.rate).toBeCloseTo(moved.change, 10);
        expect(moved.slices.reduce((sum, { total }) => sum + total, 0)).toBeCloseTo(moved.change, 10);
      }),
    );
  });

  it('blames the slice whose own rate fell', () => {
    const moved = whatMovedIt([
      { slice: 'billing', now: { n: 50, sum: 20 }, before: { n: 50, sum: 30 } },
      { slice: 'fault', now: { n: 50, sum: 35 }, before: { n: 50, sum: 35 } },
    ])!;
    expect(moved).toMatchObject({ mix: 0, change: expect.closeTo(-0.1, 12) });
    expect(moved.slices[0]).toEqual({ slice: 'billing', mix: 0, rate: expect.closeTo(-0.1, 12), total: expect.closeTo(-0.1, 12) });
    expect(moved.slices[1]!.total).toBe(0);
  });

  it('blames the mix when a poor slice grew and no rate changed', () => {
    const moved = whatMovedIt([
      { slice: 'poor', now: { n: 80, sum: 32 }, before: { n: 50, sum: 20 } },
      { slice: 'good', now: { n: 20, sum: 16 }, before: { n: 50, sum: 40 } },
    ])!;
    expect(moved.rate).toBeCloseTo(0, 12);
    expect(moved.mix).toBeCloseTo(0.48 - 0.6, 12);
  });

  it('lets a slice that is new move the number by its mix alone', () => {
    const moved = whatMovedIt([
      { slice: 'old', now: { n: 50, sum: 25 }, before: { n: 100, sum: 50 } },
      { slice: 'new', now: { n: 50, sum: 50 }, before: { n: 0, sum: 0 } },
    ])!;
    expect(moved.rate).toBe(0);
    expect(moved.mix).toBeCloseTo(0.25, 12);
  });

  it('says nothing where a period has no rows', () => {
    expect(whatMovedIt([{ slice: 'a', now: { n: 1, sum: 1 }, before: { n: 0, sum: 0 } }])).toBeNull();
  });
});
