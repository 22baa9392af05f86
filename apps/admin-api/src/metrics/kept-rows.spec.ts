import { dayMs, metricOf, type AnyMetric } from '@throughline/domain-metrics';
import { KeptRows, Names, type KeptFact } from './kept-rows';
import { keptSpans, keptTiles } from './kept-sums';
import type { Span } from './metric-statements';
import { stream } from './test-facts';

const random = stream(Number(process.env['SEED'] ?? 20261122));
const begin = Date.UTC(2026, 0, 1);
const asOf = begin + 400 * dayMs;
const customers = 60;
const queues = ['billing', 'tech', null] as const;
const whole = (below: number): number => Math.floor(random() * below);

/** An engagement at some time of the year; one in four is not closed, and then none of the metrics of closed ones counts it. */
function engagement(customer: number, at = begin + whole(365 * dayMs)): KeptFact {
  const closedAt = whole(4) === 0 ? null : at + whole(5 * dayMs);
  return {
    customerId: String(customer),
    queue: queues[whole(3)]!,
    at,
    firstContactEndAt: at + 360_000,
    closedAs: closedAt === null ? null : 'resolved',
    closedAt,
    resolvedAt: closedAt,
    idleAt: at + 14 * dayMs,
    steps: 1 + whole(7),
    nextSameIntentAt: whole(3) === 0 ? at + whole(12 * dayMs) : null,
    saidSolved: null,
    saidSolvedAt: null,
    falseSuccess: whole(9) === 0,
  };
}

interface Counted {
  readonly customer: string;
  readonly queue: string | null;
  readonly at: number;
  readonly value: number;
}

/** The rows that count in a metric, by its own rule. */
const countedBy = (metric: AnyMetric, facts: readonly KeptFact[]): Counted[] =>
  facts.flatMap((fact) => {
    const at = fact[metric.datedBy] as number | null;
    const said = metric.contribute(fact as never, { asOf, from: Number.NaN, until: Number.NaN });
    return at !== null && said.counted ? [{ customer: fact.customerId, queue: fact['queue'] as string | null, at, value: said.value }] : [];
  });

/** What the sums are, by a look at every row. */
function naively(rows: readonly Counted[], { from, until }: Span, queue?: string | null): number[] {
  const of = new Map<string, { n: number; sum: number }>();
  for (const row of rows) {
    if (row.at < from || row.at >= until || (queue !== undefined && row.queue !== queue)) continue;
    const one = of.get(row.customer) ?? { n: 0, sum: 0 };
    of.set(row.customer, { n: one.n + 1, sum: one.sum + row.value });
  }
  const all = [...of.values()];
  const total = (value: (one: { n: number; sum: number }) => number): number => all.reduce((sum, one) => sum + value(one), 0);
  return [total(({ n }) => n), total(({ sum }) => sum), all.length, total(({ sum }) => sum * sum), total(({ n, sum }) => n * sum), total(({ n }) => n * n)];
}

const atMetric = metricOf('fcr.true')!;
const closedMetric = metricOf('goal.time')!;
const spanOf = (key: string, fromDay: number, untilDay: number): Span => ({ key, from: begin + fromDay * dayMs, until: begin + untilDay * dayMs });
const spans = [spanOf('now', 200, 228), spanOf('before', 172, 200), spanOf('across', 190, 400), spanOf('none', 500, 600)];
/** Long enough that whole blocks lie in a bar, and some across two. */
const line = [0, 1, 2, 3].map((bar) => spanOf(String(bar), 100 * bar, 100 * bar + 100));

const nothing = [0, 0, 0, 0, 0, 0];

function expectTheSums(rows: KeptRows, names: Names, facts: readonly KeptFact[]): void {
  for (const metric of [atMetric, closedMetric]) {
    const date = metric.datedBy as 'at' | 'closedAt';
    const counted = countedBy(metric, facts);
    for (const queue of [undefined, 'billing', null]) {
      const marks = queue === undefined ? [] : [['queue', names.chosen((name) => name === queue)] as const];
      const said = new Map(keptTiles(rows, customers, [metric], date, marks, spans, line).map(({ key, sums }) => [key, sums]));
      expect(spans.map(({ key }) => said.get(key) ?? nothing)).toEqual(spans.map((span) => naively(counted, span, queue)));
      expect(line.map(({ key }) => said.get(key)!.slice(0, 2))).toEqual(line.map((bar) => naively(counted, bar, queue).slice(0, 2)));
    }
    const cut = { dimension: 'queue', slices: names.all() } as const;
    const bySlice = new Map(keptSpans(rows, customers, [metric], date, [], spans, cut).map(({ key, slice, sums }) => [`${key}/${slice}`, sums]));
    const each = spans.flatMap((span) => queues.map((queue) => ({ span, queue })));
    expect(each.map(({ span, queue }) => bySlice.get(`${span.key}/${queue}`) ?? nothing)).toEqual(each.map(({ span, queue }) => naively(counted, span, queue)));
  }
}

it('sums what a look at every row sums, while rows change, move, come and go', () => {
  const names = new Names();
  let facts = Array.from({ length: 4_000 }, () => engagement(whole(customers))).sort((a, b) => (a['at'] as number) - (b['at'] as number));
  const rows = new KeptRows('engagement', names, facts.length);
  for (const fact of facts) rows.add(Number(fact.customerId), fact, asOf);
  expectTheSums(rows, names, facts);
  for (let round = 0; round < 6; round += 1) {
    for (let turn = 0; turn < 10; turn += 1) {
      const customer = whole(customers);
      const his = facts.filter(({ customerId }) => customerId === String(customer));
      const after = his.flatMap((fact) => {
        const what = whole(10);
        // Changed at its place, moved, gone, and twice at one instant; the rest is as it was.
        if (what === 0) return [engagement(customer, fact['at'] as number)];
        if (what === 1) return [engagement(customer)];
        if (what === 2) return [];
        return what === 3 ? [fact, engagement(customer, fact['at'] as number)] : [fact];
      });
      if (whole(8) === 0) after.length = 0;
      rows.replaceOf(customer, after, asOf);
      facts = [...facts.filter(({ customerId }) => customerId !== String(customer)), ...after];
    }
    expect(rows.filled).toBe(facts.length);
    expectTheSums(rows, names, facts);
  }
});

it('finds a month by its blocks, and says when too much has come and gone', () => {
  const names = new Names();
  const rows = new KeptRows('engagement', names, 50_000);
  for (let n = 0; n < 50_000; n += 1) rows.add(n % customers, engagement(n % customers, begin + n * 600_000), asOf);
  const month = rows.blocks('at', begin, begin + 30 * dayMs);
  expect(month.reduce((sum, block) => sum + block.end - block.begin, 0)).toBeLessThan(30 * 144 + 512);
  expect(month.filter(({ isWhole }) => !isWhole)).toHaveLength(1);
  expect(rows.isOutOfOrder).toBe(false);
  for (let customer = 0; customer < customers && !rows.isOutOfOrder; customer += 1) rows.replaceOf(customer, [], asOf);
  expect(rows.isOutOfOrder).toBe(true);
  expect(rows.filled).toBeGreaterThan(25_000);
  expect(rows.filled).toBeLessThan(27_600);
});
