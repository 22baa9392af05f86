import { ChangeDetectionStrategy, Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { Card } from '../ui/card';
import { Loaded } from '../ui/loaded';
import { State } from '../ui/state';
import { Toasts } from '../ui/toasts';
import { previewOf } from './preview-story';
import { SurveysApi, type Settings, type SettingsAnswer } from './surveys-api';

const words = texts.surveys;
const hour = 3_600_000;
const day = 24 * hour;

/** Who is asked, when and what; beside it what a customer would see. */
@Component({
  selector: 'tl-survey-settings',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, State],
  template: `
    @if (answer.value(); as answered) {
      <div class="both">
        <tl-card [heading]="text.settings" [sub]="text.settingsSub(answered.version, answered.activatedBy)">
          @let settings = this.draft()!;
          <form class="tl-stack wide" (submit)="save($event)">
            <fieldset [disabled]="!mayEdit">
              <legend>{{ text.who }}</legend>
              <label class="tl-field"
                ><span class="label">{{ fields.samplePerMille }}</span>
                <input
                  class="tl-input"
                  type="number"
                  min="0"
                  max="1000"
                  [value]="settings.samplePerMille"
                  (input)="change({ samplePerMille: numberOf($event) })"
                />
              </label>
              <label class="tl-field"
                ><span class="label">{{ fields.fatigueDays }}</span>
                <input
                  class="tl-input"
                  type="number"
                  min="0"
                  max="400"
                  [value]="settings.fatigue.windowMs / day"
                  (input)="change({ fatigue: { windowMs: numberOf($event) * day, surveys: settings.fatigue.surveys } })"
                />
              </label>
            </fieldset>
            <fieldset [disabled]="!mayEdit">
              <legend>{{ text.when }}</legend>
              <label class="tl-field"
                ><span class="label">{{ fields.delayHours }}</span>
                <input
                  class="tl-input"
                  type="number"
                  min="0"
                  max="336"
                  [value]="settings.delayMs / hour"
                  (input)="change({ delayMs: numberOf($event) * hour })"
                />
              </label>
              <div class="tl-row">
                <label class="tl-field"
                  ><span class="label">{{ fields.quietFrom }}</span>
                  <input class="tl-input" type="time" [value]="clockOf(settings.quiet.fromMinute)" (input)="quiet({ fromMinute: minuteOf($event) })" />
                </label>
                <label class="tl-field"
                  ><span class="label">{{ fields.quietUntil }}</span>
                  <input class="tl-input" type="time" [value]="clockOf(settings.quiet.untilMinute)" (input)="quiet({ untilMinute: minuteOf($event) })" />
                </label>
              </div>
              <label class="tl-field"
                ><span class="label">{{ fields.zone }}</span>
                <input class="tl-input" [value]="settings.quiet.zone" (input)="quiet({ zone: valueOf($event) })" />
              </label>
              <label class="tick"
                ><input type="checkbox" [checked]="settings.quiet.weekends" (change)="quiet({ weekends: checkedOf($event) })" /> {{ fields.weekends }}</label
              >
              <label class="tl-field"
                ><span class="label">{{ fields.expiryDays }}</span>
                <input
                  class="tl-input"
                  type="number"
                  min="1"
                  max="90"
                  [value]="settings.expiryMs / day"
                  (input)="change({ expiryMs: numberOf($event) * day })"
                />
              </label>
            </fieldset>
            <fieldset [disabled]="!mayEdit">
              <legend>{{ text.what }}</legend>
              @for (question of questions; track question) {
                <label class="tick"
                  ><input type="checkbox" [checked]="settings.ask[question]" (change)="ask(question, checkedOf($event))" /> {{ fields.ask[question] }}</label
                >
              }
              <label class="tl-field"
                ><span class="label">{{ fields.form }}</span>
                <select class="tl-select" (change)="change({ form: formOf($event) })">
                  <option value="short" [selected]="settings.form === 'short'">{{ fields.forms.short }}</option>
                  <option value="long" [selected]="settings.form === 'long'">{{ fields.forms.long }}</option>
                </select>
              </label>
              <label class="tl-field"
                ><span class="label">{{ fields.touchPoints }}</span>
                <input class="tl-input" type="number" min="1" max="8" [value]="settings.touchPoints" (input)="change({ touchPoints: numberOf($event) })" />
              </label>
              <label class="tl-field"
                ><span class="label">{{ fields.language }}</span>
                <select class="tl-select" (change)="change({ language: languageOf($event) })">
                  <option value="en" [selected]="settings.language === 'en'">{{ fields.languages.en }}</option>
                  <option value="de" [selected]="settings.language === 'de'">{{ fields.languages.de }}</option>
                </select>
              </label>
            </fieldset>
            <fieldset [disabled]="!mayEdit">
              <legend>{{ text.then }}</legend>
              <label class="tl-field"
                ><span class="label">{{ fields.csatAtMost }} ({{ fields.orLess }})</span>
                <input
                  class="tl-input"
                  type="number"
                  min="0"
                  max="5"
                  [value]="settings.recovery.csatAtMost"
                  (input)="recovery({ csatAtMost: numberOf($event) })"
                />
              </label>
              <label class="tl-field"
                ><span class="label">{{ fields.firstContactHours }}</span>
                <input
                  class="tl-input"
                  type="number"
                  min="1"
                  max="720"
                  [value]="settings.recovery.firstContactMs / hour"
                  (input)="recovery({ firstContactMs: numberOf($event) * hour })"
                />
              </label>
              <label class="tl-field"
                ><span class="label">{{ fields.randomPerMille }}</span>
                <input class="tl-input" type="number" min="0" max="1000" [value]="settings.review.randomPerMille" (input)="review(numberOf($event))" />
              </label>
            </fieldset>
            @if (mayEdit) {
              <button class="tl-button primary" type="submit" [disabled]="working()">{{ text.save }}</button>
            } @else {
              <p class="tl-small">{{ text.readOnly }}</p>
            }
          </form>
        </tl-card>
        <tl-card [heading]="text.preview" [sub]="text.previewSub">
          <select controls class="tl-select compact" [attr.aria-label]="text.previewLanguage" (change)="language.set(languageOf($event))">
            <option value="en" [selected]="language() === 'en'">{{ fields.languages.en }}</option>
            <option value="de" [selected]="language() === 'de'">{{ fields.languages.de }}</option>
          </select>
          <ol class="shown" [attr.lang]="language()">
            @for (question of preview(); track $index) {
              <li>
                <p>
                  <strong>{{ question.title }}</strong>
                  @if (question.items.length === 0) {
                    <span class="tl-small scale">{{ question.scale }}</span>
                  }
                </p>
                @for (item of question.items; track $index) {
                  <p>
                    {{ item }} <span class="tl-small scale">{{ question.scale }}</span>
                  </p>
                }
              </li>
            }
          </ol>
        </tl-card>
      </div>
    } @else {
      <tl-card><tl-state [state]="answer.state() ?? 'loading'" [problem]="answer.problem()" [rows]="8" (acted)="read()" /></tl-card>
    }
  `,
  styles: `
    .both {
      display: grid;
      gap: 16px;
      grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr));
      align-items: start;
    }

    fieldset {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(216px, 100%), 1fr));
      align-items: end;
      gap: 12px 16px;
      border: 0;
      border-top: 1px solid var(--tl-line);
      margin: 0;
      padding: 12px 0 0;
      min-width: 0;
    }

    legend {
      grid-column: 1 / -1;
      float: left; /* so that it takes part in the grid */
      font-weight: 600;
      padding: 0;
    }

    fieldset .tl-row {
      flex-wrap: nowrap;
    }

    fieldset .tl-row .tl-field {
      flex: 1;
    }

    .tl-select {
      width: 100%;
    }

    select[controls] {
      width: auto;
    }

    .tick {
      display: flex;
      gap: 8px;
      align-items: center;
      min-height: 34px;
    }

    .scale {
      margin-left: 8px;
    }

    .primary {
      justify-self: start;
    }

    .shown {
      list-style: decimal;
      margin: 0;
      padding-left: 24px;
      display: grid;
      gap: 12px;
    }
  `,
})
export class SettingsPart {
  private readonly api = inject(SurveysApi);
  private readonly toasts = inject(Toasts);
  protected readonly mayEdit = inject(Session).can('survey.edit');
  protected readonly text = words;
  protected readonly fields = words.fields;
  protected readonly day = day;
  protected readonly hour = hour;
  protected readonly questions = ['solved', 'csat', 'effort', 'nps'] as const;
  protected readonly answer = new Loaded<SettingsAnswer>();
  protected readonly draft = linkedSignal<Settings | undefined>(() => this.answer.value()?.settings);
  protected readonly language = linkedSignal<'en' | 'de'>(() => this.answer.value()?.settings.language ?? 'en');
  protected readonly working = signal(false);
  protected readonly preview = computed(() => {
    const settings = this.draft();
    return settings && settings.touchPoints >= 1 ? previewOf(settings, this.language()) : [];
  });

  constructor() {
    void this.read();
  }

  protected read(): Promise<void> {
    return this.answer.load(() => this.api.settings());
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const [settings, version] = [this.draft(), this.answer.value()?.version];
    if (!settings || version === undefined) return;
    this.working.set(true);
    try {
      const now = await this.api.set(version, settings);
      this.answer.set(now);
      this.toasts.show(words.saved(now.version));
    } catch (error) {
      this.toasts.problem(error);
    } finally {
      this.working.set(false);
    }
  }

  protected change(part: Partial<Settings>): void {
    this.draft.update((settings) => settings && { ...settings, ...part });
  }

  protected quiet(part: Partial<Settings['quiet']>): void {
    this.draft.update((settings) => settings && { ...settings, quiet: { ...settings.quiet, ...part } });
  }

  protected ask(question: keyof Settings['ask'], on: boolean): void {
    this.draft.update((settings) => settings && { ...settings, ask: { ...settings.ask, [question]: on } });
  }

  protected recovery(part: Partial<Settings['recovery']>): void {
    this.draft.update((settings) => settings && { ...settings, recovery: { ...settings.recovery, ...part } });
  }

  protected review(randomPerMille: number): void {
    this.draft.update((settings) => settings && { ...settings, review: { ...settings.review, randomPerMille } });
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }

  protected numberOf(event: Event): number {
    return Number(this.valueOf(event));
  }

  protected checkedOf(event: Event): boolean {
    return (event.target as HTMLInputElement).checked;
  }

  protected formOf(event: Event): Settings['form'] {
    return this.valueOf(event) === 'long' ? 'long' : 'short';
  }

  protected languageOf(event: Event): 'en' | 'de' {
    return this.valueOf(event) === 'de' ? 'de' : 'en';
  }

  protected clockOf(minute: number): string {
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  }

  protected minuteOf(event: Event): number {
    const [hours = 0, minutes = 0] = this.valueOf(event).split(':').map(Number);
    return hours * 60 + minutes;
  }
}
