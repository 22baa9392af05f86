import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { Shortcuts } from '../shell/shortcuts';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { Drawer } from '../ui/drawer';
import { formatDay, formatMoment } from '../ui/format';
import { PageHead } from '../ui/page-head';
import { State } from '../ui/state';
import { Table, TableCell, type Column } from '../ui/table';
import { Toasts } from '../ui/toasts';
import { CriterionPanel } from './criterion-panel';
import { MaturityApi, type JudgedCriterion, type Snapshot } from './maturity-api';
import { MaturityMatrix } from './maturity-matrix';
import { MaturityStore } from './maturity-store';
import { Standing } from './standing';

/** Where do we stand on three dimensions by four levels, what proves it, what next? */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, CriterionPanel, Drawer, MaturityMatrix, PageHead, Standing, State, Table, TableCell],
  providers: [MaturityApi, MaturityStore],
  template: `
    <tl-page-head [heading]="text.title">
      <span sub>{{ text.question }}</span>
      @if (mayAttest) {
        <button class="tl-button" type="button" (click)="keep()">{{ text.keep }} <kbd>s</kbd></button>
      }
    </tl-page-head>
    <div class="tl-page">
      @if (store.matrix.value(); as answer) {
        @if (answer.contradictions.length > 0) {
          <tl-card [heading]="text.contradictions">
            <ul class="tl-stack">
              @for (one of answer.contradictions; track $index) {
                <li class="against"><span aria-hidden="true">▼</span> {{ text.contradiction(one.claim, one.evidence) }}</li>
              }
            </ul>
          </tl-card>
        }
        <tl-card [heading]="heading()" [sub]="text.matrixDetail(answer.computed, answer.attested)">
          <span controls class="tl-small">{{ text.asOf(moment(answer.asOf)) }}</span>
          <tl-maturity-matrix [answer]="answer" [chosen]="cell()" [mayAttest]="mayAttest" (opened)="cell.set($event)" />
        </tl-card>
        <tl-card [heading]="text.steps" [sub]="text.stepsDetail">
          <tl-table [label]="text.steps" [columns]="stepColumns" [rows]="answer.nextSteps" [keyOf]="idOf" [opens]="true" (opened)="openStep($event)">
            <ng-template tlCell="words" let-step><tl-standing [is]="step.standing" [bare]="true" /> {{ step.words }}</ng-template>
          </tl-table>
        </tl-card>
        <tl-card [heading]="text.history">
          <tl-table
            [label]="text.history"
            [columns]="historyColumns"
            [rows]="history()"
            [state]="store.history.state() ?? (history().length === 0 ? 'empty' : undefined)"
            [problem]="store.history.problem()"
            [sentence]="history().length === 0 && !store.history.state() ? text.historyEmpty : undefined"
            (acted)="store.load()"
          />
        </tl-card>
      } @else {
        <tl-card>
          <tl-state [state]="store.matrix.state() ?? 'loading'" [problem]="store.matrix.problem()" [rows]="12" (acted)="store.load()" />
        </tl-card>
      }
    </div>
    @if (open(); as cell) {
      <tl-drawer [heading]="text.cell(text.dimensions[cell.dimension], text.levels[cell.level])" (closed)="this.cell.set('')">
        @for (criterion of cell.criteria; track criterion.id) {
          <tl-criterion [of]="criterion" [mayAttest]="mayAttest" />
        }
      </tl-drawer>
    }
  `,
  styles: `
    .against {
      color: var(--tl-bad);
      font-size: 13px;
    }
  `,
})
export class MaturityPage {
  protected readonly store = inject(MaturityStore);
  private readonly toasts = inject(Toasts);
  protected readonly text = texts.maturity;
  protected readonly mayAttest = inject(Session).can('maturity.attest');
  /** The open cell: `insights.advanced`. */
  protected readonly cell = inject(UrlState).text('cell');

  protected readonly open = computed(() => this.store.matrix.value()?.cells.find(({ dimension, level }) => `${dimension}.${level}` === this.cell()));
  protected readonly heading = computed(() => {
    const overall = this.store.matrix.value()?.overall;
    return `${this.text.overall}: ${overall ? this.text.levels[overall] : this.text.below}`;
  });
  /** The newest first. */
  protected readonly history = computed(() => [...(this.store.history.value() ?? [])].reverse());

  private readonly words = texts.maturity.stepColumns;
  protected readonly stepColumns: readonly Column<JudgedCriterion>[] = [
    { name: 'title', head: this.words.title, text: ({ title }) => title, width: '24%' },
    { name: 'where', head: this.words.where, align: 'left', text: ({ dimension, level }) => `${this.text.dimensions[dimension]} · ${this.text.levels[level]}` },
    { name: 'words', head: this.words.words, align: 'left', long: true, text: ({ words }) => words },
    { name: 'next', head: this.words.next, align: 'left', long: true, text: ({ next }) => next },
    { name: 'effort', head: this.words.effort, align: 'left', text: ({ effort }) => this.text.weight[effort] ?? null },
    { name: 'effect', head: this.words.effect, align: 'left', text: ({ effect }) => this.text.weight[effect] ?? null },
  ];
  private readonly past = texts.maturity.historyColumns;
  protected readonly historyColumns: readonly Column<Snapshot>[] = [
    { name: 'at', head: this.past.at, text: ({ at }) => formatDay(at) },
    { name: 'by', head: this.past.by, align: 'left', text: ({ by }) => by },
    { name: 'overall', head: this.past.overall, align: 'left', text: ({ overall }) => (overall ? this.text.levels[overall] : this.text.below) },
    ...(['integration', 'insights', 'operations'] as const).map((dimension): Column<Snapshot> => ({
      name: dimension,
      head: this.text.dimensions[dimension],
      align: 'left',
      text: ({ reached }) => (reached[dimension] ? this.text.levels[reached[dimension]] : this.text.below),
    })),
    { name: 'met', head: this.past.met, text: ({ met }) => met },
  ];

  constructor() {
    if (this.mayAttest) inject(Shortcuts).add([{ keys: 's', label: this.text.keep, run: () => void this.keep() }]);
    void this.store.load();
  }

  protected async keep(): Promise<void> {
    try {
      await this.store.keep();
      this.toasts.show(this.text.kept);
    } catch (error) {
      this.toasts.problem(error);
    }
  }

  protected openStep({ dimension, level }: JudgedCriterion): void {
    this.cell.set(`${dimension}.${level}`);
  }

  protected idOf = ({ id }: JudgedCriterion): string => id;
  protected moment = (at: number): string => formatMoment(at);
}
