import { scoreRecovery, type DerivedRow } from './score-recovery';
import type { TruthPerson, TruthRow } from './truth';

const person = (name: string, suffices = true): TruthPerson => ({
  person: name,
  kind: suffices ? 'ordinary' : 'officeLine',
  suffices,
  household: null,
  organisation: null,
  sharesPhone: false,
});

/** One event a letter, ten minutes apart: of whom, in which block of time, for which issues. */
const event = (sourceEventId: string, of: string, interaction: string | null, engagements: readonly string[], at = 0): TruthRow => ({
  source: 'web',
  sourceEventId,
  person: of,
  interaction,
  engagements,
  occurredAt: at,
});
const placed = (customer: string | null, interaction: string | null, ...engagements: readonly string[]): DerivedRow => ({ customer, interaction, engagements });
const score = (persons: TruthPerson[], rows: TruthRow[], derived: Record<string, DerivedRow>) =>
  scoreRecovery(persons, rows, ({ sourceEventId }) => derived[sourceEventId] ?? null);

describe('recovery of truth', () => {
  it('counts the pairs of the textbook example: six, five and six documents in three classes', () => {
    // Manning, Raghavan, Schütze: Introduction to Information Retrieval, 16.3: 17 documents in clusters xxxxxo, xooood?, xxddd; TP 20, FP 20, FN 24.
    const clusters = ['xxxxxo', 'xoooo♦', 'xx♦♦♦'];
    const rows: TruthRow[] = [];
    const derived: Record<string, DerivedRow> = {};
    clusters.forEach((members, cluster) =>
      [...members].forEach((kind, index) => {
        const id = `${cluster}.${index}`;
        rows.push(event(id, kind, null, []));
        derived[id] = placed(`c${cluster}`, null);
      }),
    );
    const { customer } = score([person('x'), person('o'), person('♦')], rows, derived).all;
    expect(customer).toMatchObject({ commonPairs: 20, derivedPairs: 40, truePairs: 44 });
    expect(customer.precision).toBeCloseTo(0.5, 12);
    expect(customer.recall).toBeCloseTo(20 / 44, 12);
    expect(customer.f1).toBeCloseTo((2 * 0.5 * (20 / 44)) / (0.5 + 20 / 44), 12);
  });

  it('gives 1 to a perfect world under other names, and lists no miss', () => {
    const rows = [event('a', 'p', 'p.1.b0', ['p.1/fault']), event('b', 'p', 'p.1.b0', ['p.1/fault']), event('c', 'p', null, [])];
    const result = score([person('p')], rows, { a: placed('1', 'i', 'e'), b: placed('1', 'i', 'e'), c: placed('1', null) });
    for (const level of ['customer', 'interaction', 'engagement'] as const) expect(result.all[level].f1).toBe(1);
    expect(result.misses).toEqual([]);
  });

  it('counts an event outside every block of time as alone, so that taking it in costs precision', () => {
    const rows = [event('a', 'p', 'p.1.b0', []), event('b', 'p', 'p.1.b0', []), event('c', 'p', null, [])];
    const result = score([person('p')], rows, { a: placed('1', 'i'), b: placed('1', 'i'), c: placed('1', 'i') });
    expect(result.all.interaction).toMatchObject({ truePairs: 1, derivedPairs: 3, commonPairs: 1 });
    expect(result.misses).toMatchObject([{ level: 'interaction', kind: 'merged', reason: 'itemTakenIn', pairs: 2 }]);
  });

  it('joins two events of overlapping engagements once, however many they share', () => {
    // a and b serve both issues, c only the first, d only the second: true pairs ab, ac, bc, ad, bd.
    const rows = [event('a', 'p', null, ['1', '2']), event('b', 'p', null, ['1', '2']), event('c', 'p', null, ['1']), event('d', 'p', null, ['2'])];
    const result = score([person('p')], rows, {
      a: placed('1', null, 'x', 'y'),
      b: placed('1', null, 'x'),
      c: placed('1', null, 'x'),
      d: placed('1', null, 'y'),
    });
    // derived pairs: ab, ac, bc by x; ad by y. Common: all of those.
    expect(result.all.engagement).toMatchObject({ truePairs: 5, derivedPairs: 4, commonPairs: 4 });
  });

  it('measures those whose identifiers suffice by every pair in which one of them stands', () => {
    const rows = [event('a', 'p', null, []), event('b', 'p', null, []), event('c', 'q', null, []), event('d', 'r', null, [])];
    // The call of a stranger (q) is put under p; q and r, who hide, are put together elsewhere in d.
    const result = score([person('p'), person('q', false), person('r', false)], rows, {
      a: placed('1', null),
      b: placed('1', null),
      c: placed('1', null),
      d: placed('2', null),
    });
    expect(result.persons).toEqual({ all: 3, sufficing: 1, share: 1 / 3 });
    expect(result.sufficing.customer).toMatchObject({ truePairs: 1, derivedPairs: 3, commonPairs: 1 });
    const strangers = score([person('p'), person('q', false), person('r', false)], rows, {
      a: placed('1', null),
      b: placed('1', null),
      c: placed('2', null),
      d: placed('2', null),
    });
    expect(strangers.sufficing.customer).toMatchObject({ truePairs: 1, derivedPairs: 1, commonPairs: 1 });
    expect(strangers.all.customer.precision).toBe(0.5);
  });

  it('names a missing event and the pause that came between', () => {
    const rows = [event('a', 'p', 'p.1.b0', [], 0), event('b', 'p', 'p.1.b0', [], 2_000_000), event('c', 'p', 'p.1.b0', [], 2_000_001)];
    const apart = score([person('p')], rows, { a: placed('1', 'i'), b: placed('1', 'j'), c: placed('1', 'j') });
    expect(apart.misses).toMatchObject([{ level: 'interaction', kind: 'split', reason: 'pauseOverLimit', gapMs: 2_000_000, pairs: 2, examples: ['a', 'b'] }]);
    const gone = score([person('p')], rows, { b: placed('1', 'j'), c: placed('1', 'j') });
    expect(gone.missing).toBe(1);
    expect(gone.misses.map(({ level, reason }) => [level, reason])).toEqual([
      ['customer', 'eventMissing'],
      ['interaction', 'eventMissing'],
    ]);
  });

  it('tells a second issue of the same family from one of another', () => {
    const rows = [event('a', 'p', null, ['p.1/fault']), event('b', 'p', null, ['p.2/fault'])];
    const other = [event('a', 'p', null, ['p.1/fault']), event('b', 'p', null, ['p.2/billing'])];
    const together = { a: placed('1', null, 'e'), b: placed('1', null, 'e') };
    expect(score([person('p')], rows, together).misses).toMatchObject([{ kind: 'merged', reason: 'sameFamily' }]);
    expect(score([person('p')], other, together).misses).toMatchObject([{ kind: 'merged', reason: 'otherFamily' }]);
  });
});
