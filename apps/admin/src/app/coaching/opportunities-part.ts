import { ChangeDetectionStrategy, Component, computed, effect, inject } from '@angular/core';
import { texts } from '../../texts';
import { Loaded } from '../ui/loaded';
import { Session } from '../shell/session';
import { Shortcuts } from '../shell/shortcuts';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { DotWhisker } from '../ui/charts/dot-whisker';
import { Drawer } from '../ui/drawer';
import { formatDay } from '../ui/format';
import { Table, TableCell, type Column } from '../ui/table';
import { CoachingApi, type MetricReading, type OpportunitiesAnswer, type Opportunity } from './coaching-api';
import { distanceWords, valueWords } from './coaching-words';
import { OpportunityMap } from './opportunity-map';
import { PlanForm } from './plan-form';

const words = texts.coaching;
const shownAtMost = 12;

/** Where each agent stands against the others: the gaps worth coaching first, then the whole map. */
@Component({
  selector: 'tl-opportunities',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, DotWhisker, Drawer, OpportunityMap, PlanForm, Table, TableCell],
  template: `
    <tl-card [heading]="heading()" [sub]="text.rankingDetail">
      <div controls class="tl-row">
        <label class="tl-small" for="coaching-days">{{ text.daysLabel }}</label>
        <select class="tl-select compact" id="coaching-days" (change)="days.set($any($event.target).value)">
          @for (choice of choices; track choice) {
            <option [value]="choice" [selected]="days() === choice">{{ text.days[choice] }}</option>
          }
        </select>
        @if (mayPlan && first()) {
          <button class="tl-button primary" type="button" (click)="plan(first()!)">{{ text.newPlan }} <kbd>n</kbd></button>
        }
      </div>
      <tl-table
        [label]="text.ranking"
        [columns]="columns"
        [rows]="ranked()"
        [keyOf]="keyOf"
        [chosen]="open()"
        [opens]="mayPlan"
        [busy]="answer.busy()"
        [state]="answer.state() ?? (ranked().length === 0 ? 'empty' : undefined)"
        [problem]="answer.problem()"
        [sentence]="nothing()"
        [detail]="agents().length === 0 && answer.value() ? text.emptyDetail : undefined"
        (opened)="plan($event)"
        (acted)="read()"
      >
        <ng-template tlCell="interval" let-row>
          <tl-dot-whisker
            [value]="row.pooled"
            [low]="row.low"
            [high]="row.high"
            [n]="row.hollow ? 1 : row.n"
            [least]="scaleOf(row).least"
            [most]="scaleOf(row).most"
          />
        </ng-template>
        <ng-template tlCell="n" let-row>
          @if (row.hollow) {
            <span class="tl-chip">{{ text.hollow }}</span>&ngsp;
          } @else if (row.clear) {
            <span class="tl-chip bad">▼ {{ text.clear }}</span
            >&ngsp;
          }
          <span class="count">{{ row.n }}</span>
        </ng-template>
      </tl-table>
      @if (answer.value(); as value) {
        <p class="tl-foot">{{ text.period(day(value.from), day(value.until)) }}</p>
      }
    </tl-card>
    @if (agents().length > 0) {
      <tl-card [heading]="text.map" [sub]="text.mapDetail">
        <tl-opportunity-map [answer]="answer.value()!" [opens]="mayPlan" (opened)="plan($event)" />
      </tl-card>
    }
    @if (chosen(); as opportunity) {
      <tl-drawer [heading]="text.form.title(nameOf(opportunity.agent))" (closed)="open.set('')">
        <tl-plan-form [opportunity]="opportunity" [name]="nameOf(opportunity.agent)" [reading]="readings().get(opportunity.metric)!" [days]="+days()" />
      </tl-drawer>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }

    .count {
      display: inline-block;
      min-width: 4ch;
    }
  `,
})
export class OpportunitiesPart {
  private readonly api = inject(CoachingApi);
  protected readonly text = words;
  protected readonly choices = ['28', '90', '365'] as const;
  protected readonly mayPlan = inject(Session).can('coaching.edit');
  private readonly url = inject(UrlState);
  protected readonly days = this.url.choice('days', this.choices, '90');
  /** `agent.metric` of the gap that is made a plan. */
  protected readonly open = this.url.text('gap');

  protected readonly answer = new Loaded<OpportunitiesAnswer>();
  protected readonly agents = computed(() => this.answer.value()?.agents ?? []);
  protected readonly ranked = computed(() => (this.answer.value()?.opportunities ?? []).filter(({ gap }) => gap > 0).slice(0, shownAtMost));
  protected readonly first = computed(() => this.ranked().find(({ hollow }) => !hollow));
  protected readonly readings = computed(
    () => new Map<string, MetricReading>((this.answer.value()?.metrics ?? []).map((reading) => [reading.metric, reading])),
  );
  protected readonly chosen = computed(() => this.answer.value()?.opportunities.find((one) => this.keyOf(one) === this.open()));
  protected readonly heading = computed(() => {
    const first = this.first();
    return first?.clear ? words.rankingFound(this.nameOf(first.agent), this.titleOf(first)) : words.ranking;
  });
  protected readonly nothing = computed(() => {
    if (!this.answer.value() || this.ranked().length > 0) return undefined;
    return this.agents().length === 0 ? words.empty : words.rankingEmpty;
  });

  protected readonly columns: readonly Column<Opportunity>[] = [
    { name: 'agent', head: words.columns.agent, text: ({ agent }) => this.nameOf(agent) },
    { name: 'team', head: words.columns.team, align: 'left', aside: true, text: ({ agent }) => this.agents().find((one) => one.agent === agent)?.team ?? null },
    { name: 'metric', head: words.columns.metric, align: 'left', text: (row) => this.titleOf(row) },
    { name: 'own', head: words.columns.own, text: (row) => (row.own === null ? null : this.shown(row.own, row)) },
    { name: 'gap', head: words.columns.gap, text: (row) => distanceWords(row.gap, this.readings().get(row.metric)!) },
    { name: 'interval', head: words.columns.interval, text: () => '', width: '180px' },
    { name: 'n', head: words.columns.n, text: ({ n }) => n },
  ];

  constructor() {
    effect(() => {
      this.days();
      void this.read();
    });
    if (this.mayPlan)
      inject(Shortcuts).add([
        {
          keys: 'n',
          label: words.newPlanKey,
          run: () => {
            const first = this.first();
            if (first) this.plan(first);
          },
        },
      ]);
  }

  protected read(): Promise<void> {
    const days = Number(this.days());
    return this.answer.load((signal) => this.api.opportunities(days, signal));
  }

  protected plan(opportunity: Opportunity): void {
    this.open.set(this.keyOf(opportunity));
  }

  /** The common scale of one metric's whiskers. */
  protected scaleOf({ metric }: Opportunity): { readonly least: number; readonly most: number } {
    const bounds = (this.answer.value()?.opportunities ?? [])
      .filter((one) => one.metric === metric)
      .flatMap(({ low, high, pooled }) => [low ?? pooled, high ?? pooled]);
    return { least: Math.min(...bounds), most: Math.max(...bounds) };
  }

  protected keyOf = ({ agent, metric }: Opportunity): string => `${agent}.${metric}`;
  protected nameOf = (agent: string): string => this.agents().find((one) => one.agent === agent)?.name ?? agent;
  private readonly titleOf = ({ metric }: Opportunity): string => this.readings().get(metric)?.title ?? metric;
  private shown(value: number, { metric }: Opportunity): string {
    return valueWords(value, this.readings().get(metric)!);
  }
  protected day = (at: number): string => formatDay(at);
}
