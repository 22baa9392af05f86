import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { texts } from '../../texts';
import { formatNumber } from '../ui/format';
import type { Opportunity, OpportunitiesAnswer } from './coaching-api';
import { valueWords } from './coaching-words';

/** Agents by metrics: how far behind the middle each stands, hollow where few contacts say so. A table, so that it reads as one. */
@Component({
  selector: 'tl-opportunity-map',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="scroll" role="region" tabindex="0" [attr.aria-label]="text.map">
      <table>
        <caption class="tl-hidden">
          {{
            text.map
          }}
        </caption>
        <thead>
          <tr>
            <th scope="col">{{ text.columns.agent }}</th>
            @for (metric of answer().metrics; track metric.metric) {
              <th scope="col">{{ metric.title }}</th>
            }
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.agent) {
            <tr>
              <th scope="row">{{ row.name }}</th>
              @for (cell of row.cells; track $index) {
                <td [class.hollow]="cell?.of?.hollow" [style.--depth.%]="cell ? cell.depth : 0">
                  @if (cell) {
                    @if (opens()) {
                      <button type="button" [attr.aria-label]="cell.words" (click)="opened.emit(cell.of)">{{ cell.value }}</button>
                    } @else {
                      <span [attr.aria-label]="cell.words">{{ cell.value }}</span>
                    }
                  } @else {
                    <span class="tl-mute">–</span>
                  }
                </td>
              }
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styles: `
    .scroll {
      position: relative; /* what is only read out stays inside */
      overflow: auto;
      max-height: 560px;
    }

    table {
      border-collapse: separate;
      border-spacing: 2px;
      font-size: 13px;
      min-width: 100%;
    }

    th {
      font-weight: 500;
      text-align: left;
      padding: 4px 8px 4px 0;
      white-space: nowrap;
    }

    thead th {
      font-size: 12px;
      color: var(--tl-mute);
      text-align: right;
      padding-right: 8px;
      position: sticky;
      top: 0;
      background: var(--tl-card);
    }

    thead th:first-child {
      text-align: left;
    }

    td {
      text-align: right;
      min-width: 104px;
      border-radius: 4px;
      border: 1px solid transparent;
      background: color-mix(in srgb, var(--tl-bad) var(--depth), var(--tl-card));
    }

    td.hollow {
      background: none;
      border: 1px dashed var(--tl-line);
      color: var(--tl-mute);
    }

    td > * {
      display: block;
      width: 100%;
      min-height: 28px;
      padding: 4px 8px;
      font: inherit;
      text-align: right;
      color: inherit;
      background: none;
      border: 0;
    }

    button {
      cursor: pointer;
    }
  `,
})
export class OpportunityMap {
  readonly answer = input.required<OpportunitiesAnswer>();
  readonly opens = input(false);
  readonly opened = output<Opportunity>();
  protected readonly text = texts.coaching;

  protected readonly rows = computed(() => {
    const { agents, metrics, opportunities } = this.answer();
    const of = new Map(opportunities.map((one) => [`${one.agent}.${one.metric}`, one]));
    const widest = new Map(metrics.map(({ metric }) => [metric, Math.max(...opportunities.filter((one) => one.metric === metric).map(({ gap }) => gap), 0)]));
    return agents.map(({ agent, name }) => ({
      agent,
      name,
      cells: metrics.map((reading) => {
        const one = of.get(`${agent}.${reading.metric}`);
        if (!one || one.own === null) return undefined;
        const value = valueWords(one.own, { ...reading, of: '' });
        const most = widest.get(reading.metric) ?? 0;
        // At most a third of the hue: the number stays easy to read on it.
        return {
          of: one,
          value,
          depth: most === 0 ? 0 : Math.round((32 * one.gap) / most),
          words: this.text.mapCell(name, reading.title, value, formatNumber(one.n)),
        };
      }),
    }));
  });
}
