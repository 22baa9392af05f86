import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { texts } from '../../texts';

/** The mark of Throughline: the line through all, with five points on it. */
@Component({
  selector: 'tl-mark',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <svg viewBox="0 0 40 12" width="40" height="12" aria-hidden="true">
      <path d="M2 6h35" stroke="currentColor" stroke-width="1.75" />
      @for (x of points; track x) {
        <circle [attr.cx]="x" cy="6" r="2.25" fill="currentColor" />
      }
      <path d="m34 2 4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.75" />
    </svg>
    @if (!wordless()) {
      <span>{{ name }}</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 8px;
    }

    svg {
      color: var(--tl-act);
      flex: none;
    }

    span {
      font-weight: 600;
      font-size: 14px;
      letter-spacing: -0.01em;
    }
  `,
})
export class Mark {
  readonly wordless = input(false);
  protected readonly name = texts.shell.product;
  protected readonly points = [3, 10, 17, 24, 31];
}
