import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { Explanation } from '@throughline/domain-segments';
import { texts } from '../../texts';

/** Each node of a rule with ✓ or ✗ and what was found. */
@Component({
  selector: 'tl-explained',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ul [attr.aria-label]="label()">
      @for (each of of(); track each.id) {
        <li [class.yes]="each.held === true" [class.no]="each.held === false">
          <span class="sign" aria-hidden="true">{{ each.held === null ? '·' : each.held ? '✓' : '✗' }}</span>
          <div class="words">
            <span class="tl-hidden">{{ each.held === null ? text.muted : each.held ? text.holds : text.fails }}</span>
            <span>{{ each.kind === 'group' ? joinOf(each) : capital(each.asks) }}</span>
            @if (each.found !== null) {
              <span class="tl-small">{{ text.found(each.found) }}</span>
            }
            @if (each.of.length > 0) {
              <tl-explained [of]="each.of" [label]="joinOf(each)" />
            }
          </div>
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: grid;
      gap: 6px;
      font-size: 13px;
    }

    li {
      display: grid;
      grid-template-columns: 14px minmax(0, 1fr);
      gap: 6px;
      color: var(--tl-mute);
    }

    .words {
      display: grid;
      gap: 1px;
      color: var(--tl-text);
      overflow-wrap: anywhere;
    }

    .sign {
      font-weight: 600;
    }

    .yes > .sign {
      color: var(--tl-good);
    }

    .no > .sign {
      color: var(--tl-bad);
    }
  `,
})
export class Explained {
  readonly of = input.required<readonly Explanation[]>();
  readonly label = input.required<string>();
  protected readonly text = texts.segments.tryOut;
  protected readonly capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

  protected joinOf({ asks }: Explanation): string {
    return this.capital(asks.replace(/^\(|\)$/g, ''));
  }
}
