import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { texts } from '../../texts';
import { formatDay, formatMoment } from '../ui/format';
import { Ink } from '../ui/ink';
import { Toasts } from '../ui/toasts';
import type { Attested, JudgedCriterion } from './maturity-api';
import { MaturityStore } from './maturity-store';
import { Standing } from './standing';

/** One criterion: how it stands, what proves it, what to do, and a person's word where it takes one. */
@Component({
  selector: 'tl-criterion',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Ink, Standing],
  template: `
    <div class="tl-row">
      <tl-standing [is]="of().standing" />
      <tl-ink class="tl-push" [of]="of().kind === 'attested' ? 'said' : 'recorded'" />
    </div>
    <h3>{{ of().title }}</h3>
    <p>{{ of().words }}</p>
    @if (of().asOf; as at) {
      <p class="tl-small">{{ text.asOf(moment(at)) }}</p>
    }
    @if (of().standing !== 'met') {
      <p class="tl-small">
        <b>{{ text.doNext }}:</b> {{ of().next }}
      </p>
    }
    @if (of().attestation; as word) {
      <p class="tl-small">{{ word.holds ? text.attested(word.by, day(word.expiresAt)) : text.denied(word.by, day(word.expiresAt)) }}</p>
      @if (word.comment) {
        <p class="tl-quote">{{ word.comment }}</p>
      }
    }
    @if (of().kind === 'attested' && mayAttest()) {
      <form class="tl-stack" (submit)="$event.preventDefault()">
        <div class="tl-field">
          <label [attr.for]="id() + '-why'">{{ text.comment }}</label>
          <textarea class="tl-area" rows="2" [id]="id() + '-why'" [value]="comment()" (input)="comment.set($any($event.target).value)"></textarea>
        </div>
        <div class="tl-field">
          <label [attr.for]="id() + '-valid'">{{ text.valid }}</label>
          <select class="tl-select" [id]="id() + '-valid'" (change)="days.set(+$any($event.target).value)">
            @for (choice of choices; track choice) {
              <option [value]="choice" [selected]="choice === days()">{{ text.validDays[choice] }}</option>
            }
          </select>
        </div>
        <div class="tl-row">
          <button class="tl-button primary" type="button" [attr.aria-disabled]="working()" (click)="say(true)">{{ text.holds }}</button>
          <button class="tl-button" type="button" [attr.aria-disabled]="working()" (click)="say(false)">{{ text.holdsNot }}</button>
        </div>
      </form>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
      font-size: 13px;
      padding-bottom: 16px;
      border-bottom: 1px solid var(--tl-line-soft);
    }

    :host(:last-child) {
      border-bottom: 0;
    }
  `,
})
export class CriterionPanel {
  private readonly store = inject(MaturityStore);
  private readonly toasts = inject(Toasts);
  readonly of = input.required<JudgedCriterion>();
  readonly mayAttest = input(false);
  protected readonly text = texts.maturity;
  protected readonly choices = [90, 180, 365] as const;
  protected readonly comment = signal('');
  protected readonly days = signal(180);
  protected readonly working = signal(false);
  protected readonly id = computed(() => `criterion-${this.of().id}`);

  protected async say(holds: boolean): Promise<void> {
    if (this.working()) return;
    this.working.set(true);
    try {
      await this.store.attest(this.of().id as Attested, holds, this.comment(), this.days());
      this.toasts.show(this.text.said);
    } catch (error) {
      this.toasts.problem(error);
    } finally {
      this.working.set(false);
    }
  }

  protected day = (at: number): string => formatDay(at);
  protected moment = (at: number): string => formatMoment(at);
}
