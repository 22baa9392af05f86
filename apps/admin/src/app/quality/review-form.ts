import { afterNextRender, ChangeDetectionStrategy, Component, ElementRef, inject, Injector, input, output, signal } from '@angular/core';
import { texts } from '../../texts';
import { Card } from '../ui/card';
import type { Deed, Review } from './quality-api';
import type { Cause, DraftFinding, ReviewDraft } from './review-draft';

const words = texts.quality;
const causes: readonly Cause[] = ['people', 'process', 'technology'];

/** What the reviewer found: findings by cause, a rating of each agent, a note; and what to do with the review. */
@Component({
  selector: 'tl-review-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card],
  template: `
    <tl-card [heading]="text.judge" [sub]="text.judgeSub">
      @let draft = this.draft();
      @if (open()) {
        <div class="tl-stack">
          <div class="tl-row" role="group" [attr.aria-label]="text.judge">
            @for (cause of causes; track cause) {
              <button class="tl-button" type="button" (click)="add(cause)">
                <span class="tl-hidden">{{ text.addTo }}&ngsp;</span>{{ text.causes[cause] }} <kbd aria-hidden="true">{{ $index + 1 }}</kbd>
              </button>
            }
          </div>
          @for (finding of draft.findings(); track finding.key) {
            <fieldset>
              <legend>{{ titleOf(finding, $index) }}</legend>
              @if (finding.cause === 'people') {
                <label class="tl-field"
                  ><span class="label">{{ text.agent }}</span>
                  <select class="tl-select" (change)="draft.change(finding.key, { agent: valueOf($event) || null })">
                    <option value="" [selected]="finding.agent === null">{{ text.nobody }}</option>
                    @for (agent of draft.agents; track agent.id) {
                      <option [value]="agent.id" [selected]="finding.agent === agent.id">{{ agent.name }}</option>
                    }
                  </select></label
                >
              }
              <label class="tl-field"
                ><span class="label">{{ text.what }}</span>
                <textarea
                  class="tl-area"
                  rows="2"
                  maxlength="2000"
                  [attr.data-finding]="finding.key"
                  [value]="finding.note"
                  (input)="draft.change(finding.key, { note: valueOf($event) })"
                ></textarea>
              </label>
              <button class="tl-button quiet" type="button" (click)="draft.remove(finding.key)">{{ text.remove }}</button>
            </fieldset>
          }
          @for (agent of draft.agents; track agent.id) {
            <label class="tl-field"
              ><span class="label">{{ text.empathyOf(agent.name) }}</span>
              <select class="tl-select" (change)="draft.mark(agent.id, numberOf($event))">
                <option value="" [selected]="draft.markOf(agent.id) === null">{{ text.notRated }}</option>
                @for (mark of marks; track mark) {
                  <option [value]="mark" [selected]="draft.markOf(agent.id) === mark">{{ mark }}</option>
                }
              </select></label
            >
          }
          <label class="tl-field"
            ><span class="label">{{ text.note }}</span>
            <textarea class="tl-area" rows="3" maxlength="4000" [value]="draft.note()" (input)="draft.note.set(valueOf($event))"></textarea>
          </label>
          <div class="tl-row">
            <button class="tl-button primary" type="button" [disabled]="working()" (click)="finished.emit()">
              {{ text.finish }} <kbd aria-hidden="true">Ctrl Enter</kbd>
            </button>
            @if (review().state === 'waiting') {
              <button class="tl-button" type="button" [disabled]="working()" (click)="acted.emit({ deed: { kind: 'assign' }, said: text.taken })">
                {{ text.take }}
              </button>
            } @else {
              <button class="tl-button" type="button" [disabled]="working()" (click)="acted.emit({ deed: { kind: 'release' }, said: text.released })">
                {{ text.release }}
              </button>
            }
            <button class="tl-button quiet" type="button" [attr.aria-expanded]="skipping()" (click)="skipping.set(!skipping())">{{ text.skip }}</button>
          </div>
          @if (skipping()) {
            <form class="tl-row" (submit)="skip($event)">
              <label class="tl-field"
                ><span class="label">{{ text.skipReason }}</span>
                <input class="tl-input" name="reason" required minlength="3" maxlength="500" />
              </label>
              <button class="tl-button" type="submit" [disabled]="working()">{{ text.skip }}</button>
            </form>
          }
        </div>
      } @else {
        <div class="tl-stack">
          @for (finding of review().findings; track finding.id) {
            <p>
              <span class="tl-chip">{{ text.causes[finding.cause] }}</span> {{ foundWords(nameOf(finding.agent), finding.note) }}
            </p>
          }
          @if (review().note) {
            <p>{{ review().note }}</p>
          }
          @if (review().skipReason; as reason) {
            <p>{{ text.skippedFor(reason) }}</p>
          }
          @if (review().assignedTo; as name) {
            <p class="tl-small">{{ text.finishedBy(name) }}</p>
          }
          <button class="tl-button again" type="button" [disabled]="working()" (click)="acted.emit({ deed: { kind: 'reopen' }, said: text.taken })">
            {{ text.reopen }}
          </button>
        </div>
      }
    </tl-card>
  `,
  styles: `
    fieldset {
      display: grid;
      gap: 8px;
      justify-items: start;
      border: 1px solid var(--tl-line);
      border-radius: var(--tl-radius-small);
      margin: 0;
      padding: 12px;
      min-width: 0;
    }

    fieldset .tl-field {
      width: 100%;
    }

    legend {
      font-weight: 500;
      padding: 0 4px;
    }

    .again {
      justify-self: start;
    }
  `,
})
export class ReviewForm {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  readonly review = input.required<Review>();
  readonly draft = input.required<ReviewDraft>();
  readonly working = input(false);
  readonly finished = output();
  readonly acted = output<{ readonly deed: Deed; readonly said: string; readonly next?: boolean }>();

  protected readonly text = words;
  protected readonly causes = causes;
  protected readonly marks = [1, 2, 3, 4, 5];
  protected readonly skipping = signal(false);

  protected foundWords(name: string, note: string | null): string {
    return [name, note].filter(Boolean).join(': ');
  }

  protected open(): boolean {
    return this.review().state === 'waiting' || this.review().state === 'assigned';
  }

  /** A new finding, with the focus where it is written. */
  add(cause: Cause): void {
    if (!this.open()) return;
    const key = this.draft().add(cause);
    afterNextRender({ read: () => this.host.nativeElement.querySelector<HTMLElement>(`[data-finding="${key}"]`)?.focus() }, { injector: this.injector });
  }

  protected titleOf({ cause }: DraftFinding, index: number): string {
    return words.finding(words.causes[cause], index + 1);
  }

  protected nameOf(agent: string | null): string {
    return agent === null ? '' : (this.review().agents.find(({ id }) => id === agent)?.name ?? agent);
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }

  protected numberOf(event: Event): number | null {
    const value = this.valueOf(event);
    return value === '' ? null : Number(value);
  }

  protected skip(event: Event): void {
    event.preventDefault();
    const reason = String(new FormData(event.target as HTMLFormElement).get('reason') ?? '');
    this.skipping.set(false);
    this.acted.emit({ deed: { kind: 'skip', reason }, said: words.skipped, next: true });
  }
}
