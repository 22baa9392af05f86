import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import type { ContactScore } from '@throughline/contracts';
import { texts } from '../../texts';
import { Ink } from '../ui/ink';

/** The frustration of a contact and what it is made of: each line brings its points, and leads to the first event that shows it. */
@Component({
  selector: 'tl-frustration-ledger',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Ink],
  template: `
    <div class="tl-row">
      <h3>{{ text.title }}</h3>
      <tl-ink class="tl-push" of="inferred" />
    </div>
    <p class="figure">
      <span class="value">{{ score().frustration }}</span>&ngsp;<span class="tl-small">{{ text.of }}</span>
    </p>
    @if (lines().length === 0) {
      <p class="tl-small">{{ text.none }}</p>
    } @else {
      <dl>
        @for (line of lines(); track line.cause) {
          <div>
            <dt>
              @if (line.event; as event) {
                <button class="tl-link" type="button" (click)="shown.emit(event)">{{ line.words }}</button>
              } @else {
                {{ line.words }}
              }
            </dt>
            <dd>+{{ line.points }}</dd>
          </div>
        }
      </dl>
      <p class="tl-small">{{ text.sum }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 4px;
    }

    .figure {
      display: flex;
      align-items: baseline;
      gap: 6px;
    }

    .value {
      font-size: 28px;
      font-weight: 600;
      line-height: 1.2;
      letter-spacing: -0.02em;
      color: var(--tl-guess);
    }

    dl {
      font-size: 13px;
    }

    dl div {
      display: flex;
      gap: 12px;
      align-items: baseline;
      padding: 6px 0;
      border-bottom: 1px solid var(--tl-line-soft);
    }

    dl div:last-child {
      border-bottom: 0;
    }

    dd {
      margin-left: auto;
      font-variant-numeric: tabular-nums;
    }

    button {
      color: inherit;
    }
  `,
})
export class FrustrationLedger {
  readonly score = input.required<ContactScore>();
  /** An event that shows a line. */
  readonly shown = output<string>();
  protected readonly text = texts.customers.frustration;
  protected readonly lines = computed(() =>
    [...this.score().ledger]
      .sort((a, b) => b.points - a.points)
      .map(({ cause, points, facts, events }) => ({ cause, points, event: events[0], words: this.text.causes[cause]?.(facts) ?? cause })),
  );
}
