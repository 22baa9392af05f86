import { computed, inject, Injectable, signal } from '@angular/core';
import { explainRule, type CustomerFacts, type Explanation } from '@throughline/domain-segments';
import { ApiProblem } from '../../api/api-problem';
import { SegmentStore } from './segment-store';
import { SegmentsApi } from './segments-api';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A customer on whom the rule is tried as it is written: told here, by the function that the server uses. Provided by the page. */
@Injectable()
export class TryOut {
  private readonly api = inject(SegmentsApi);
  private readonly store = inject(SegmentStore);
  private readonly loaded = signal<{ readonly customerId: string; readonly facts: CustomerFacts; readonly asOf: number } | undefined>(undefined);
  private readonly failed = signal<ApiProblem | undefined>(undefined);
  private readonly missed = signal(false);
  private readonly asking = signal(false);

  readonly customer = this.loaded.asReadonly();
  readonly problem = this.failed.asReadonly();
  readonly missing = this.missed.asReadonly();
  readonly busy = this.asking.asReadonly();

  readonly explanation = computed<Explanation | undefined>(() => {
    const [rule, loaded] = [this.store.rule(), this.loaded()];
    // A rule that is not complete has no answer.
    return rule && loaded && this.store.problems().length === 0 ? explainRule(rule, loaded.facts, loaded.asOf, this.store.wording()) : undefined;
  });
  readonly isIn = computed(() => this.explanation()?.held ?? true);
  /** By node: whether it holds for this customer. */
  readonly answers = computed(() => new Map(flat(this.explanation()).map(({ id, held }) => [id, held])));

  async ask(identifier: string): Promise<void> {
    this.asking.set(true);
    this.missed.set(false);
    this.failed.set(undefined);
    try {
      const customerId = uuid.test(identifier) ? identifier : await this.api.lookUp(identifier);
      if (!customerId) return this.forget();
      this.loaded.set({ customerId, ...(await this.api.facts(customerId)) });
    } catch (error) {
      const problem = ApiProblem.from(error);
      if (problem.status === 404) return this.forget();
      this.loaded.set(undefined);
      this.failed.set(problem);
    } finally {
      this.asking.set(false);
    }
  }

  private forget(): void {
    this.loaded.set(undefined);
    this.missed.set(true);
  }
}

export function flat(explanation: Explanation | undefined): Explanation[] {
  return explanation ? [explanation, ...explanation.of.flatMap(flat)] : [];
}
