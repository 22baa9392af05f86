import { computed, DestroyRef, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { activeLeaves, type SegmentRule } from '@throughline/domain-segments';
import { ApiProblem } from '../../api/api-problem';
import type { SegmentPreview } from '../../api/schema';
import { SegmentRights } from './segment-rights';
import { SegmentStore } from './segment-store';
import { SegmentsApi } from './segments-api';

const pauseMs = 450;
const exactAfterMs = 1_400;

/** How many the rule on the screen would hold: from a sample soon after each change, exactly once the writing rests. Provided by the page. */
@Injectable()
export class LiveCount {
  private readonly api = inject(SegmentsApi);
  private readonly store = inject(SegmentStore);
  private readonly rights = inject(SegmentRights);
  private readonly counted = signal<SegmentPreview | undefined>(undefined);
  private readonly failed = signal<ApiProblem | undefined>(undefined);
  private readonly asking = signal(false);
  private readonly waits = signal(0);
  private stop = new AbortController();
  private timers: ReturnType<typeof setTimeout>[] = [];

  readonly count = this.counted.asReadonly();
  readonly problem = this.failed.asReadonly();
  /** What is shown is of the rule before. */
  readonly busy = this.asking.asReadonly();
  /** Seconds until the server may be asked again. */
  readonly waiting = this.waits.asReadonly();
  readonly incomplete = computed(() => this.store.problems().length > 0);
  readonly everybody = computed(() => {
    const rule = this.store.rule();
    return rule !== undefined && activeLeaves(rule.root).length === 0;
  });
  /** Of each rule for how large a part of the customers asked it holds by itself. */
  readonly shares = computed(() => {
    const count = this.counted();
    return new Map(count && count.sample > 0 ? count.leaves.map(({ id, held }) => [id, held / count.sample]) : []);
  });

  constructor() {
    // The rule as text: what is undone and done again is not counted twice.
    const asked = computed(() => (this.incomplete() || this.everybody() ? '' : JSON.stringify(this.store.rule())));
    effect(() => {
      const text = asked();
      untracked(() => this.schedule(text === '' ? undefined : (JSON.parse(text) as SegmentRule)));
    });
    inject(DestroyRef).onDestroy(() => this.rest());
  }

  again(): void {
    const rule = this.store.rule();
    if (rule && !this.incomplete()) this.schedule(rule);
  }

  private schedule(rule: SegmentRule | undefined): void {
    this.rest();
    if (!this.rights.count()) return;
    if (!rule) {
      if (this.everybody()) this.counted.set(undefined);
      return;
    }
    this.asking.set(true);
    this.timers.push(
      setTimeout(() => void this.ask(rule, false), pauseMs),
      setTimeout(() => void this.ask(rule, true), exactAfterMs),
    );
  }

  private async ask(rule: SegmentRule, exact: boolean): Promise<void> {
    const id = this.store.segment()?.id;
    const { stop } = this;
    // Where a sample is everybody there is nothing left to count.
    if (!id || (exact && !this.asking() && this.counted()?.isExact)) return;
    try {
      const counted = await this.api.preview(rule, id, exact, stop.signal);
      if (stop.signal.aborted) return;
      if (exact || !this.counted()?.isExact || this.asking()) this.counted.set(counted);
      this.failed.set(undefined);
      this.asking.set(false);
    } catch (error) {
      if (stop.signal.aborted) return;
      const problem = ApiProblem.from(error);
      this.asking.set(false);
      if (problem.status === 429) this.later(rule, exact, /in (\d+) seconds/.exec(problem.detail ?? '')?.[1]);
      // The estimate stays where only the exact count is refused.
      else if (!exact || !this.counted()) this.failed.set(problem);
    }
  }

  private later(rule: SegmentRule, exact: boolean, seconds = '1'): void {
    this.waits.set(Number(seconds));
    this.timers.push(
      setTimeout(
        () => {
          this.waits.set(0);
          void this.ask(rule, exact);
        },
        Number(seconds) * 1_000,
      ),
    );
  }

  private rest(): void {
    this.stop.abort();
    this.stop = new AbortController();
    this.timers.splice(0).forEach(clearTimeout);
    this.waits.set(0);
    this.asking.set(false);
  }
}
