import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { texts } from '../../texts';
import { DotWhisker } from '../ui/charts/dot-whisker';
import { Card } from '../ui/card';
import { formatNumber } from '../ui/format';
import { NumberFigure } from '../ui/number';
import { Table, TableCell, type Column } from '../ui/table';
import type { GapAnswer } from './quality-api';
import { QualityStore } from './quality-store';

type Gap = GapAnswer['gaps'][number];
type Score = GapAnswer['scores'][number];
const words = texts.quality;

/** How far reviewers and customers are apart, and what reviews found. */
@Component({
  selector: 'tl-gap-part',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, DotWhisker, NumberFigure, Table, TableCell],
  template: `
    <tl-card [heading]="text.gap" [sub]="text.gapSub">
      <tl-table
        [label]="text.gap"
        [columns]="columns"
        [rows]="gaps()"
        [keyOf]="agentOf"
        [state]="gaps().length === 0 ? (store.gap.state() ?? 'empty') : undefined"
        [sentence]="store.gap.state() ? undefined : text.gapEmpty"
        [problem]="store.gap.problem()"
        (acted)="store.readGap()"
      >
        <ng-template tlCell="picture" let-gap>
          <tl-dot-whisker [value]="gap.gap" [low]="gap.interval?.[0] ?? null" [high]="gap.interval?.[1] ?? null" [n]="gap.ratings" [least]="-4" [most]="4" />
        </ng-template>
      </tl-table>
    </tl-card>
    @if (store.gap.value(); as answer) {
      <tl-card [heading]="text.found" [sub]="text.foundSub">
        <div class="tl-tiles">
          @for (cause of causes; track cause) {
            <div>
              <p class="tl-small">{{ text.causes[cause] }}</p>
              <tl-number [value]="answer.findings[cause]" size="small" />
            </div>
          }
        </div>
      </tl-card>
      <tl-card [heading]="text.scores">
        <tl-table
          [label]="text.scores"
          [columns]="scoreColumns"
          [rows]="answer.scores"
          [keyOf]="scoreKey"
          [state]="answer.scores.length === 0 ? 'empty' : undefined"
          [sentence]="text.scoresEmpty"
        />
      </tl-card>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
  `,
})
export class GapPart {
  protected readonly store = inject(QualityStore);
  protected readonly text = words;
  protected readonly causes = ['people', 'process', 'technology'] as const;
  protected readonly gaps = computed(() => this.store.gap.value()?.gaps ?? []);
  protected readonly columns: readonly Column<Gap>[] = [
    { name: 'agent', head: words.gapColumns.agent, text: ({ name }) => name },
    {
      name: 'gap',
      head: words.gapColumns.gap,
      text: ({ gap, state }) => (gap === null ? words.gapState[state as 'unknown' | 'tooFew'] : formatNumber(gap, { digits: 1, signed: true })),
    },
    {
      name: 'interval',
      head: words.gapColumns.interval,
      text: ({ interval }) =>
        interval && `${formatNumber(interval[0], { digits: 1, signed: true })} to ${formatNumber(interval[1], { digits: 1, signed: true })}`,
    },
    { name: 'reviews', head: words.gapColumns.reviews, text: ({ reviews }) => reviews },
    { name: 'ratings', head: words.gapColumns.ratings, text: ({ ratings }) => ratings },
    { name: 'picture', head: words.gapColumns.picture, text: () => '' },
  ];
  protected readonly scoreColumns: readonly Column<Score>[] = [
    { name: 'agent', head: words.scoreColumns.agent, text: ({ name }) => name },
    { name: 'clean', head: words.scoreColumns.clean, text: ({ clean }) => clean },
    { name: 'of', head: words.scoreColumns.of, text: ({ of }) => of },
  ];

  constructor() {
    void this.store.readGap();
  }

  protected agentOf(gap: Gap): string {
    return gap.agent;
  }

  protected scoreKey(score: Score): string {
    return score.agent;
  }
}
