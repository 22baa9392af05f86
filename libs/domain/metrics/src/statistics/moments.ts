/**
 * All that an estimate needs to know of the rows that count, one sum each, so that SQL can add them up. Rows of one customer hang together, therefore the sums over
 * customers: with nᶜ rows and the total yᶜ of customer c.
 */
export interface Moments {
  /** Rows. */
  readonly n: number;
  /** Sum of the values: the numerator. */
  readonly sum: number;
  readonly customers: number;
  /** Σ yᶜ². */
  readonly sumSquared: number;
  /** Σ yᶜ nᶜ. */
  readonly sumTimesRows: number;
  /** Σ nᶜ². */
  readonly rowsSquared: number;
}

export const noMoments: Moments = { n: 0, sum: 0, customers: 0, sumSquared: 0, sumTimesRows: 0, rowsSquared: 0 };

/** The sums of values that belong to customers. */
export function momentsOf(values: Iterable<{ readonly customerId: string; readonly value: number }>): Moments {
  const byCustomer = new Map<string, { n: number; sum: number }>();
  for (const { customerId, value } of values) {
    const of = byCustomer.get(customerId);
    if (of) {
      of.n += 1;
      of.sum += value;
    } else byCustomer.set(customerId, { n: 1, sum: value });
  }
  const total = { n: 0, sum: 0, customers: byCustomer.size, sumSquared: 0, sumTimesRows: 0, rowsSquared: 0 };
  for (const { n, sum } of byCustomer.values()) {
    total.n += n;
    total.sum += sum;
    total.sumSquared += sum * sum;
    total.sumTimesRows += sum * n;
    total.rowsSquared += n * n;
  }
  return total;
}
