import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** The 48 px head of every page: what it is, a quiet word beside it (`[sub]`), and the page's controls. */
@Component({
  selector: 'tl-page-head',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header>
      <h1>{{ heading() }}</h1>
      <span class="sub"><ng-content select="[sub]" /></span>
      <div class="controls"><ng-content /></div>
    </header>
  `,
  styles: `
    :host {
      display: block;
      position: sticky;
      top: 0;
      z-index: 15;
    }

    header {
      display: flex;
      align-items: center;
      gap: 12px;
      min-height: var(--tl-head);
      padding: 6px 24px;
      border-bottom: 1px solid var(--tl-line);
      background: var(--tl-card);
    }

    h1 {
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
      flex-shrink: 1;
      min-width: 4ch;
    }

    .sub {
      color: var(--tl-mute);
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
      min-width: 0;
      flex: 0 10 auto;
    }

    .controls {
      display: flex;
      align-items: center;
      justify-content: flex-end;
      gap: 8px;
      margin-left: auto;
      flex-wrap: wrap;
      /* What the page is stays legible: many controls take a second line, few take no more than they need. */
      flex: 1 1 50%;
      max-width: max-content;
    }

    @media (max-width: 767px) {
      :host {
        position: static;
      }

      header {
        flex-wrap: wrap;
        gap: 8px 12px;
        padding: 6px 12px 8px;
      }

      h1 {
        padding-left: 36px;
        min-height: 36px;
        align-content: center;
      }

      .sub:empty {
        display: none;
      }

      .controls {
        justify-content: flex-start;
        margin-left: 0;
        flex: none;
        max-width: none;
        width: 100%;
      }

      .controls:empty {
        display: none;
      }
    }
  `,
})
export class PageHead {
  readonly heading = input.required<string>();
}
