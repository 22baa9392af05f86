import { computed, inject, Injectable } from '@angular/core';
import { Loaded } from '../ui/loaded';
import { CoachingApi, type Deed, type Effect, type Plan } from './coaching-api';

/** One plan with its effect. A step names how many the reader had seen: what somebody else did meanwhile is not overrun. */
@Injectable()
export class PlanStore {
  private readonly api = inject(CoachingApi);
  readonly plan = new Loaded<Plan>();
  readonly effect = new Loaded<Effect>();
  /** There is something to measure, and the reader may see it. */
  readonly measures = computed(() => {
    const plan = this.plan.value();
    return plan !== undefined && !plan.own && plan.startedAt !== null && plan.result !== 'withdrawn';
  });

  async load(id: string): Promise<void> {
    await this.plan.load((signal) => this.api.plan(id, signal));
    if (this.measures()) await this.effect.load((signal) => this.api.effect(id, signal));
    else this.effect.clear();
  }

  async take(id: string, deed: Deed): Promise<void> {
    try {
      await this.api.step(id, this.plan.value()?.steps ?? 0, deed);
    } finally {
      await this.load(id);
    }
  }
}
