import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { ActivatedRoute, RouterLink } from '@angular/router';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { Card } from '../ui/card';
import { channelName } from '../ui/channel';
import { formatDay, formatMoment, intentName } from '../ui/format';
import { PageHead } from '../ui/page-head';
import { State } from '../ui/state';
import { Toasts } from '../ui/toasts';
import { CoachingApi, type Deed, type PlanEvidence } from './coaching-api';
import { stateWords, valueWords } from './coaching-words';
import { EffectCard } from './effect-card';
import { PlanStore } from './plan-store';

const dayMs = 86_400_000;
const reopenedForDays = 42;
type PlainDeed = 'agreed' | 'started' | 'closed' | 'withdrawn' | 'reopened';

/** One plan: goal, contacts that show it, exercises, what happened, and whether it worked. The coached agent sees their side of it. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, EffectCard, PageHead, RouterLink, State],
  providers: [CoachingApi, PlanStore],
  templateUrl: './plan-page.html',
  styleUrl: './plan-page.css',
})
export class PlanPage {
  protected readonly store = inject(PlanStore);
  private readonly toasts = inject(Toasts);
  private readonly session = inject(Session);
  protected readonly text = texts.coaching.plan;
  protected readonly title = texts.coaching.title;
  protected readonly id = inject(ActivatedRoute).snapshot.paramMap.get('id') ?? '';
  protected readonly working = signal(false);
  protected readonly coaches = this.session.can('coaching.edit');
  protected readonly maySeeContacts = this.session.can('customer.read');

  protected readonly plan = this.store.plan.value;
  protected readonly heading = computed(() => {
    const plan = this.plan();
    return plan ? (plan.own ? this.text.own : plan.agentName) : this.title;
  });
  protected readonly goalWords = computed(() => {
    const { goal, metric } = this.plan()!;
    return this.text.goalWords(goal.baseline === null ? this.text.unknownBaseline : valueWords(goal.baseline, metric), valueWords(goal.target, metric));
  });
  /** What can be done next, the one that leads on first. */
  protected readonly deeds = computed<readonly { readonly kind: PlainDeed; readonly words: string; readonly primary: boolean }[]>(() => {
    const plan = this.plan();
    if (!plan || !this.coaches) return [];
    const { agree, start, close, withdraw, reopen } = this.text;
    const out = { kind: 'withdrawn' as const, words: withdraw, primary: false };
    switch (plan.state) {
      case 'draft':
        return [{ kind: 'agreed', words: agree, primary: true }, out];
      case 'agreed':
        return [{ kind: 'started', words: start, primary: true }, out];
      case 'practising':
        return [out];
      case 'remeasureDue':
        return [{ kind: 'closed', words: close, primary: true }, out];
      case 'closed':
        return [{ kind: 'reopened', words: reopen, primary: false }];
    }
  });
  /** The newest first. */
  protected readonly history = computed(() => [...(this.plan()?.history ?? [])].reverse());

  constructor() {
    void this.store.load(this.id);
  }

  protected again(): void {
    void this.store.load(this.id);
  }

  protected async act(kind: PlainDeed): Promise<void> {
    const deed: Deed =
      kind === 'withdrawn'
        ? { kind, reason: this.text.withdrawReason }
        : kind === 'reopened'
          ? { kind, reason: this.text.reopenReason, remeasureAt: this.laterDay() }
          : { kind };
    const undo =
      kind === 'withdrawn' || kind === 'closed'
        ? { undo: () => this.store.take(this.id, { kind: 'reopened', reason: texts.ui.undo, remeasureAt: this.laterDay() }) }
        : {};
    await this.take(deed, this.text.deeds[kind], undo);
  }

  protected practise(exercise: string): Promise<void> {
    return this.take({ kind: 'practised', exercise }, this.text.marked);
  }

  protected async note(event: Event, field: HTMLTextAreaElement): Promise<void> {
    event.preventDefault();
    if (field.value.trim() === '') return;
    await this.take({ kind: 'noted', note: field.value }, this.text.noted);
    field.value = '';
  }

  private async take(deed: Deed, done: string, options: { undo?: () => Promise<void> } = {}): Promise<void> {
    if (this.working()) return;
    this.working.set(true);
    try {
      await this.store.take(this.id, deed);
      this.toasts.show(done, options);
    } catch (error) {
      this.toasts.problem(error);
    } finally {
      this.working.set(false);
    }
  }

  /** Its own day while that is ahead, else as long as a practice usually is. */
  private laterDay(): number {
    const { remeasureAt } = this.plan()!;
    return remeasureAt > Date.now() ? remeasureAt : Date.now() + reopenedForDays * dayMs;
  }

  protected deedWords(kind: string): string {
    return this.text.deeds[kind as keyof typeof this.text.deeds] ?? kind;
  }

  /** The day, what it was about, the channel. */
  protected evidenceWords({ at, intent, channel }: PlanEvidence, index: number): string {
    if (at === null || intent === null) return this.text.evidenceGone(index + 1);
    return this.text.evidenceWords(formatDay(at), intentName(intent), channel === null ? null : channelName(channel));
  }

  protected stateOf = stateWords;
  protected day = (at: number): string => formatDay(at);
  protected moment = (at: number): string => formatMoment(at);
}
