import { ChangeDetectionStrategy, Component, effect, ElementRef, inject, untracked, viewChild } from '@angular/core';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { Shortcuts } from '../shell/shortcuts';
import { PageHead } from '../ui/page-head';
import { State } from '../ui/state';
import { CustomerWord } from './customer-word';
import { GapPart } from './gap-part';
import { QualityApi, type Deed } from './quality-api';
import { QualityStore } from './quality-store';
import { reasonWords } from './reason-words';
import { ReviewForm } from './review-form';
import { ReviewList } from './review-list';
import { ReviewSteps } from './review-steps';
import { Card } from '../ui/card';

const words = texts.quality;

/** Which engagements deserve a human, and what is the fair word on each: the queue, the customer's own word, what happened, what was found. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, CustomerWord, GapPart, PageHead, ReviewForm, ReviewList, ReviewSteps, State],
  providers: [QualityStore, QualityApi],
  template: `
    <tl-page-head [heading]="text.title">
      <span sub>{{ sub() }}</span>
      <div class="tl-parts" role="group" [attr.aria-label]="text.partsLabel">
        @for (name of parts; track name) {
          <button class="tl-button" type="button" [attr.aria-pressed]="name === store.part()" (click)="store.part.set(name)">{{ text.parts[name] }}</button>
        }
      </div>
    </tl-page-head>
    <div class="tl-page">
      @if (store.part() === 'gap') {
        <tl-gap-part />
      } @else {
        <div class="desk" [class.opened]="store.chosen() !== ''">
          <tl-card class="queue" [heading]="text.queue" [sub]="text.queueSub">
            <div class="tl-row filters">
              <div class="tl-parts" role="group" [attr.aria-label]="text.statesLabel">
                @for (name of states; track name) {
                  <button class="tl-button" type="button" [attr.aria-pressed]="name === store.state()" (click)="store.state.set(name)">
                    {{ text.states[name] }}
                  </button>
                }
              </div>
              <select class="tl-select compact" [attr.aria-label]="text.reasonLabel" (change)="store.reason.set($any($event.target).value)">
                <option value="" [selected]="store.reason() === ''">{{ text.anyReason }}</option>
                @for (name of reasons; track name) {
                  <option [value]="name" [selected]="store.reason() === name">{{ text.reasons[name] }}</option>
                }
              </select>
            </div>
            @if (store.queue.state(); as state) {
              <tl-state [state]="state" [problem]="store.queue.problem()" [rows]="8" (acted)="store.readQueue()" />
            } @else if (store.rows().length === 0) {
              <tl-state
                [state]="store.reason() === '' ? 'empty' : 'filtered'"
                [sentence]="store.reason() === '' ? (store.state() === 'open' ? text.empty : text.emptyDone) : undefined"
                [detail]="store.reason() === '' && store.state() === 'open' ? text.emptyDetail : undefined"
                (acted)="store.reason.set('')"
              />
            } @else {
              <tl-review-list [rows]="store.rows()" [chosen]="store.chosen()" (opened)="store.chosen.set($event)" />
              @if (store.queue.value()?.more) {
                <p class="tl-small first">{{ text.first(store.rows().length) }}</p>
              }
            }
          </tl-card>
          <section class="reading" #reading tabindex="-1" [attr.aria-label]="text.said">
            @if (store.chosen() !== '') {
              <button class="tl-button back" type="button" (click)="store.chosen.set('')">‹ {{ text.queue }}</button>
            }
            @if (store.chosen() === '') {
              @if (store.rows().length > 0) {
                <tl-card><tl-state state="empty" [sentence]="text.pick" [detail]="text.pickDetail" /></tl-card>
              }
            } @else if (store.review.state(); as state) {
              <tl-card><tl-state [state]="state" [problem]="store.review.problem()" [rows]="6" (acted)="store.readReview(store.chosen())" /></tl-card>
            } @else if (store.review.value(); as review) {
              <div class="why">
                @for (reason of review.reasons; track $index) {
                  <span class="tl-chip" [class.voice]="reason.kind === 'lowEmpathy'" [class.guess]="reason.kind === 'differs'">{{
                    wordsOf(reason, review.agents)
                  }}</span>
                }
              </div>
              <tl-customer-word [review]="review" />
              <tl-review-steps [review]="review" />
              @if (mayScore && store.draft(); as draft) {
                <tl-review-form [review]="review" [draft]="draft" [working]="store.working()" (finished)="store.finish()" (acted)="act($event)" />
              }
            }
          </section>
        </div>
      }
    </div>
  `,
  styles: `
    .desk {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(280px, 5fr) minmax(0, 9fr);
      align-items: start;
    }

    .filters {
      margin-bottom: 12px;
      flex-wrap: wrap;
    }

    .first {
      margin-top: 12px;
    }

    .reading {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
      outline: none;
    }

    .why {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }

    .back {
      display: none;
      justify-self: start;
    }

    /* The queue goes by beside what is read. */
    @media (min-width: 1024px) {
      .queue {
        position: sticky;
        top: calc(var(--tl-head) + 20px);
        max-height: calc(100vh - var(--tl-head) - 40px);
        overflow-y: auto;
      }
    }

    /* One thing at a time: the queue, or the one that was opened. */
    @media (max-width: 1023px) {
      .desk {
        grid-template-columns: minmax(0, 1fr);
      }

      .opened .queue {
        display: none;
      }

      .back {
        display: inline-flex;
      }
    }
  `,
})
export class QualityPage {
  protected readonly store = inject(QualityStore);
  private readonly form = viewChild(ReviewForm);
  private readonly reading = viewChild<ElementRef<HTMLElement>>('reading');
  protected readonly mayScore = inject(Session).can('review.score');
  protected readonly text = words;
  protected readonly parts = ['queue', 'gap'] as const;
  protected readonly states = ['open', 'mine', 'done'] as const;
  protected readonly reasons = ['lowEmpathy', 'differs', 'randomSample'] as const;
  protected readonly wordsOf = reasonWords;

  constructor() {
    effect(() => {
      this.store.state();
      this.store.reason();
      untracked(() => void this.store.readQueue());
    });
    effect(() => {
      const anchor = this.store.chosen();
      untracked(() => void this.store.readReview(anchor));
    });
    const { keys } = words;
    inject(Shortcuts).add([
      { keys: 'j', label: keys.next, run: () => this.store.step(1) },
      { keys: 'k', label: keys.previous, run: () => this.store.step(-1) },
      { keys: 'o', label: keys.open, run: () => this.reading()?.nativeElement.focus() },
      ...(['people', 'process', 'technology'] as const).map((cause, index) => ({
        keys: String(index + 1),
        label: words.add[cause],
        run: () => this.form()?.add(cause),
      })),
      { keys: 'mod+Enter', label: keys.finish, inFields: true, run: () => void this.store.finish() },
    ]);
  }

  protected sub(): string {
    const open = this.store.queue.value()?.open;
    return open === undefined ? '' : words.sub(open);
  }

  protected act({ deed, said, next }: { deed: Deed; said: string; next?: boolean }): void {
    void this.store.act(deed, said, next);
  }
}
