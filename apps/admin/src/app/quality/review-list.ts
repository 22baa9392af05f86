import { afterNextRender, ChangeDetectionStrategy, Component, effect, ElementRef, inject, Injector, input, output } from '@angular/core';
import { texts } from '../../texts';
import { formatAgo, intentName } from '../ui/format';
import type { ReviewRow } from './quality-api';
import { reasonWords, type Reason } from './reason-words';

/** The queue: each engagement with why it is here. */
@Component({
  selector: 'tl-review-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ol [attr.aria-label]="text.queue">
      @for (row of rows(); track row.anchor) {
        <li>
          <button type="button" [attr.aria-current]="row.anchor === chosen() ? 'true' : null" (click)="opened.emit(row.anchor)">
            <span class="why">
              @for (reason of row.reasons; track $index) {
                <span class="tl-chip" [class.voice]="reason.kind === 'lowEmpathy'" [class.guess]="reason.kind === 'differs'">{{ wordsOf(reason, row) }}</span>
              }
            </span>
            <span class="what">{{ row.intent === null ? text.noIntent : intentName(row.intent) }}</span>
            <span class="tl-small">{{ detailOf(row) }}</span>
          </button>
        </li>
      }
    </ol>
  `,
  styles: `
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
      display: grid;
      gap: 8px;
    }

    button {
      width: 100%;
      display: grid;
      gap: 4px;
      padding: 10px 12px;
      text-align: left;
      font: inherit;
      color: inherit;
      background: none;
      border: 1px solid var(--tl-line);
      border-radius: var(--tl-radius-small);
      cursor: pointer;
    }

    button:hover {
      border-color: var(--tl-line-strong);
    }

    button[aria-current='true'] {
      border-color: var(--tl-act);
      background: var(--tl-act-soft);
    }

    .why {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
    }

    .what {
      font-weight: 500;
    }
  `,
})
export class ReviewList {
  readonly rows = input.required<readonly ReviewRow[]>();
  readonly chosen = input('');
  readonly opened = output<string>();
  protected readonly text = texts.quality;
  protected readonly intentName = intentName;
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  constructor() {
    const injector = inject(Injector);
    effect(() => {
      this.chosen();
      this.rows();
      afterNextRender(() => this.host.nativeElement.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }), { injector });
    });
  }

  protected wordsOf(reason: Reason, row: ReviewRow): string {
    return reasonWords(reason, row.agents);
  }

  protected detailOf({ agents, contacts, dueAt, state, assignedTo }: ReviewRow): string {
    const open = state === 'waiting' || state === 'assigned';
    const parts = [
      agents.map(({ name }) => name).join(', '),
      contacts === null ? '' : this.text.contacts(contacts),
      state === 'assigned' && assignedTo !== null ? this.text.takenBy(assignedTo) : '',
      open ? (dueAt < Date.now() ? this.text.late : this.text.due(formatAgo(dueAt))) : '',
    ];
    return parts.filter((part) => part !== '').join(' · ');
  }
}
