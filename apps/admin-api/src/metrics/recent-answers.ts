interface Kept {
  readonly at: number;
  readonly generation: number;
  readonly answer: Promise<unknown>;
  /** How long it took to make; unknown while it is being made. */
  tookMs: number;
}

/** While facts change, an answer is given again for as many times as long as it took to make, and never longer than the most. */
const timesAsLong = 10;
const mostMs = 10_000;
/** Waits end by themselves, without a fact changing: an answer is made anew after this even on a quiet day. */
const quietMs = 60_000;
const keptAtMost = 500;

/**
 * Answers of a moment ago, by their question: many people look at the same page, and a page that follows what happens asks again and again. On a quiet database an answer is
 * exact; while facts change it is at most ten times as old as it was dear, so that cheap questions are answered anew and dear ones do not pile up.
 */
export class RecentAnswers {
  private readonly kept = new Map<string, Kept>();
  private generation = 0;
  /** Hears that somebody was given an answer of before a change, and in how many milliseconds it will be made anew. */
  onOld: (renewedInMs: number) => void = () => undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Facts changed. */
  forget(): void {
    this.generation += 1;
  }

  /** The answer to this question, made by `make` unless one of a moment ago still holds. Several who ask at once share one. */
  get<Answer>(question: string, make: () => Promise<Answer>): Promise<Answer> {
    const last = this.kept.get(question);
    if (last && this.holds(last)) {
      if (last.generation !== this.generation) this.tellOld(last);
      return last.answer as Promise<Answer>;
    }
    const entry: Kept = { at: this.now(), generation: this.generation, answer: make(), tookMs: Number.POSITIVE_INFINITY };
    this.kept.delete(question);
    this.kept.set(question, entry);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= keptAtMost) break;
      this.kept.delete(oldest);
    }
    entry.answer.then(
      () => (entry.tookMs = this.now() - entry.at),
      // A failure is told to those who ask now, and not remembered.
      () => this.kept.get(question) === entry && this.kept.delete(question),
    );
    return entry.answer as Promise<Answer>;
  }

  private holds({ at, generation, tookMs }: Kept): boolean {
    const age = this.now() - at;
    return generation === this.generation ? age < quietMs : age < oldHoldsMs(tookMs);
  }

  private tellOld(entry: Kept): void {
    entry.answer.then(
      () => this.onOld(Math.max(0, entry.at + oldHoldsMs(entry.tookMs) - this.now())),
      () => undefined,
    );
  }
}

const oldHoldsMs = (tookMs: number): number => Math.min(mostMs, timesAsLong * tookMs);
