import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';
import { Loaded } from '../ui/loaded';
import { formatDay, intentName } from '../ui/format';
import { State } from '../ui/state';
import { Toasts } from '../ui/toasts';
import { CoachingApi, type EvidenceContact, type MetricReading, type Opportunity } from './coaching-api';
import { valueWords } from './coaching-words';

const dayMs = 86_400_000;
const usualPracticeDays = 42;
const chosenAtFirst = 3;

/** A plan is drafted from a gap: one behaviour, a target, contacts that show it, exercises, a day. */
@Component({
  selector: 'tl-plan-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [State],
  template: `
    <form class="tl-stack wide" novalidate (submit)="submit($event)">
      <p class="tl-small">{{ text.metric }}: {{ reading().title }}. {{ text.targetHint(now()) }}</p>
      <div class="tl-field">
        <label for="plan-behaviour">{{ text.behaviour }}</label>
        <input class="tl-input" id="plan-behaviour" maxlength="300" [placeholder]="text.behaviourHint" #behaviour />
      </div>
      <div class="tl-field">
        <label for="plan-target">{{ text.target }}</label>
        <input class="tl-input" id="plan-target" type="number" step="any" [value]="target()" #goal />
      </div>
      <fieldset>
        <legend>{{ text.evidence }}</legend>
        @if (contacts.value(); as found) {
          @for (contact of found; track contact.contact) {
            <label class="contact">
              <input type="checkbox" [checked]="picked().has(contact.contact)" (change)="pick(contact.contact)" />
              {{ text.evidenceWords(shown(contact.value), day(contact.at), intentName(contact.intent)) }}
            </label>
          } @empty {
            <p class="tl-small">{{ text.evidenceNone }}</p>
          }
        } @else {
          <tl-state [state]="contacts.state() ?? 'loading'" [problem]="contacts.problem()" />
        }
      </fieldset>
      <div class="tl-field">
        <label for="plan-exercises">{{ text.exercises }}</label>
        <textarea class="tl-area" id="plan-exercises" rows="3" [placeholder]="text.exercisesHint" #exercises></textarea>
      </div>
      <div class="tl-field">
        <label for="plan-day">{{ text.remeasure }}</label>
        <input class="tl-input" id="plan-day" type="date" [value]="usualDay" #remeasure />
        <span class="tl-small">{{ text.remeasureHint }}</span>
      </div>
      <div class="tl-field">
        <label for="plan-group">{{ text.group }}</label>
        <input class="tl-input" id="plan-group" maxlength="100" #group />
        <span class="tl-small">{{ text.groupHint }}</span>
      </div>
      <div class="tl-field">
        <label for="plan-since">{{ text.since }}</label>
        <input class="tl-input" id="plan-since" type="date" #since />
        <span class="tl-small">{{ text.sinceHint }}</span>
      </div>
      <label class="contact"><input type="checkbox" checked #low /> {{ text.picked }}</label>
      <p class="tl-fault" role="alert">{{ fault() }}</p>
      <button
        class="tl-button primary"
        type="submit"
        [attr.aria-disabled]="working()"
        (click)="
          ask({
            behaviour: behaviour.value,
            target: goal.value,
            exercises: exercises.value,
            remeasure: remeasure.value,
            group: group.value,
            since: since.value,
            low: low.checked,
          })
        "
      >
        {{ working() ? text.working : text.submit }}
      </button>
    </form>
  `,
  styles: `
    fieldset {
      border: 0;
      padding: 0;
      min-width: 0;
    }

    legend {
      padding: 0;
      font-size: 13px;
      font-weight: 500;
      margin-bottom: 4px;
    }

    .contact {
      display: flex;
      gap: 8px;
      align-items: start;
      font-size: 13px;
      padding: 4px 0;
    }

    .contact input {
      margin-top: 2px;
    }

    .primary {
      justify-content: center;
    }

    .tl-fault:empty {
      display: none;
    }
  `,
})
export class PlanForm {
  private readonly api = inject(CoachingApi);
  private readonly toasts = inject(Toasts);
  private readonly router = inject(Router);
  readonly opportunity = input.required<Opportunity>();
  readonly name = input.required<string>();
  readonly reading = input.required<MetricReading>();
  readonly days = input.required<number>();

  protected readonly intentName = intentName;
  protected readonly text = texts.coaching.form;
  protected readonly contacts = new Loaded<readonly EvidenceContact[]>();
  protected readonly picked = signal<ReadonlySet<string>>(new Set());
  protected readonly working = signal(false);
  protected readonly fault = signal('');
  protected readonly usualDay = new Date(Date.now() + usualPracticeDays * dayMs).toISOString().slice(0, 10);
  protected readonly now = computed(() => this.shown(this.opportunity().own ?? this.opportunity().pooled));
  /** The middle of the others: what the gap is measured to. */
  protected readonly target = computed(() => {
    const { pooled, gap } = this.opportunity();
    const middle = this.reading().better === 'higher' ? pooled + gap : pooled - gap;
    return Number(middle.toFixed(this.reading().unit === 'percent' ? 0 : 1));
  });

  constructor() {
    effect(() => {
      const [{ agent, metric }, days] = [this.opportunity(), this.days()];
      this.contacts.clear();
      void this.contacts
        .load((signal) => this.api.contacts(agent, metric, days, signal))
        .then(() => this.picked.set(new Set((this.contacts.value() ?? []).slice(0, chosenAtFirst).map(({ contact }) => contact))));
    });
  }

  protected pick(contact: string): void {
    this.picked.update((picked) => {
      const next = new Set(picked);
      if (!next.delete(contact)) next.add(contact);
      return next;
    });
  }

  protected submit(event: Event): void {
    event.preventDefault();
  }

  protected async ask(said: {
    behaviour: string;
    target: string;
    exercises: string;
    remeasure: string;
    group: string;
    since: string;
    low: boolean;
  }): Promise<void> {
    if (this.working()) return;
    if (said.behaviour.trim() === '' || said.target === '' || said.remeasure === '') return this.fault.set(this.text.missing);
    const { agent, metric } = this.opportunity();
    this.fault.set('');
    this.working.set(true);
    try {
      const id = await this.api.draft({
        agent,
        group: said.group.trim() || null,
        pickedBecauseLow: said.low,
        since: said.since === '' ? null : Date.parse(`${said.since}T00:00:00.000`),
        goal: { behaviour: said.behaviour, metric, target: Number(said.target) },
        evidence: [...this.picked()].map((contact) => ({ contact })),
        exercises: said.exercises
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean)
          .map((text, index) => ({ id: `exercise-${index + 1}`, text })),
        // The whole of the day counts, where the reader is: the page says this very day again.
        remeasureAt: Date.parse(`${said.remeasure}T23:59:59.999`),
      });
      this.toasts.show(this.text.done(this.name()));
      await this.router.navigate(['/coaching/plans', id]);
    } catch (error) {
      const { title, detail } = ApiProblem.from(error);
      this.fault.set(detail ? `${title}. ${detail}` : `${title}.`);
    } finally {
      this.working.set(false);
    }
  }

  protected shown = (value: number): string => valueWords(value, this.reading());
  protected day = (at: number): string => formatDay(at);
}
