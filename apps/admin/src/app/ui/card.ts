import { ChangeDetectionStrategy, Component, input } from '@angular/core';

let cards = 0;

/** A part of a page, with a heading, an optional line under it, controls (`[controls]`) and a foot (`[foot]`). Without a heading it is a plain box. */
@Component({
  selector: 'tl-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[attr.role]': 'heading() ? "region" : null', '[attr.aria-labelledby]': 'heading() ? id : null', '[class.on]': 'on()' },
  template: `
    @if (heading(); as words) {
      <div class="head">
        <div class="words">
          <h2 [id]="id">{{ words }}</h2>
          @if (sub()) {
            <p class="tl-small">{{ sub() }}</p>
          }
        </div>
        <div class="controls"><ng-content select="[controls]" /></div>
      </div>
    }
    <ng-content />
    <ng-content select="[foot]" />
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
      padding: 16px;
      background: var(--tl-card);
      border: 1px solid var(--tl-line);
      border-radius: var(--tl-radius);
    }

    :host(.on) {
      border-color: var(--tl-act);
    }

    .head {
      display: flex;
      align-items: flex-start;
      gap: 4px 12px;
      flex-wrap: wrap;
      margin-bottom: 8px;
    }

    .words {
      flex: 1 1 160px;
      min-width: 0;
    }

    .controls {
      display: flex;
      gap: 8px;
      align-items: center;
      flex-wrap: wrap;
    }

    .controls:empty {
      display: none;
    }

    @media (max-width: 767px) {
      :host {
        padding: 12px;
      }
    }
  `,
})
export class Card {
  readonly heading = input<string>();
  readonly sub = input<string>();
  /** Chosen among its fellows. */
  readonly on = input(false);
  protected readonly id = `card-${(cards += 1)}`;
}
