import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { texts } from '../../texts';
import { formatAgo, formatNumber } from '../ui/format';
import type { Stage } from './sources-api';

/** Received → accepted → identified → linked → scored: what went through, what waits and since when. */
@Component({
  selector: 'tl-pipeline-strip',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ol>
      @for (stage of stages(); track stage.stage) {
        <li [class.late]="isLate(stage)">
          <span class="name">{{ text.stages[stage.stage] }}</span>
          <span class="count">{{ count(stage.count) }}</span>
          <span class="tl-small">{{ text.stageWords[stage.stage] }}</span>
          <span class="tl-small waits">
            @if (stage.behind > 0) {
              {{ text.behind(count(stage.behind), text.units[stage.unit]) }}
              @if (stage.oldestAt; as at) {
                , {{ text.since(ago(at)) }}
              }
            } @else {
              {{ text.nothingWaits }}
            }
            @if (stage.failed > 0) {
              · {{ stage.stage === 'accepted' ? text.kept(count(stage.failed)) : text.failed(count(stage.failed)) }}
            }
          </span>
        </li>
      }
    </ol>
  `,
  styles: `
    ol {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
      gap: 8px;
    }

    li {
      position: relative;
      display: grid;
      align-content: start;
      padding: 12px;
      border: 1px solid var(--tl-line);
      border-radius: var(--tl-radius);
    }

    li:last-child:nth-child(odd) {
      grid-column: 1 / -1;
    }

    /* The way from one stage to the next */
    @media (min-width: 1024px) {
      ol {
        grid-template-columns: repeat(5, minmax(0, 1fr));
        gap: 24px;
      }

      li:last-child:nth-child(odd) {
        grid-column: auto;
      }

      li + li::before {
        content: '';
        position: absolute;
        left: -16px;
        top: 50%;
        width: 6px;
        height: 6px;
        border: solid var(--tl-line-strong);
        border-width: 1.5px 1.5px 0 0;
        transform: translateY(-50%) rotate(45deg);
      }
    }

    li.late {
      border-color: var(--tl-bad);
    }

    .name {
      font-size: 12px;
      font-weight: 600;
    }

    .count {
      font-size: 20px;
      font-weight: 600;
      line-height: 1.3;
    }

    .waits {
      margin-top: 8px;
    }

    .late .waits {
      color: var(--tl-bad);
    }
  `,
})
export class PipelineStrip {
  readonly stages = input.required<readonly Stage[]>();
  protected readonly text = texts.sources;

  /** What waits longer than a minute is a stall. */
  protected isLate({ behind, oldestAt }: Stage): boolean {
    return behind > 0 && oldestAt !== null && Date.now() - oldestAt > 60_000;
  }

  protected count = (n: number): string => formatNumber(n);
  protected ago = (at: number): string => formatAgo(at);
}
