import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { MetricRows } from '../../api/schema';
import { texts } from '../../texts';
import { shortId } from '../shell/customer-name';
import { Session } from '../shell/session';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { channelName } from '../ui/channel';
import { formatMoment, formatNumber, intentName } from '../ui/format';
import { PageHead } from '../ui/page-head';
import { Table, TableCell, type Column } from '../ui/table';
import { KpiAddress } from './kpi-address';
import { KpiFilters } from './kpi-controls';
import { dayWords } from './kpi-days';
import { KpiDefinition } from './kpi-definition';
import { KpisApi, type CountedRow, type Definition, type Question } from './kpis-api';
import { Part } from './part';

const onlyChoices = ['all', 'numerator', 'rest'] as const;

/** Exactly the rows that a number counts: its list and its file. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, PageHead, Card, Table, TableCell, KpiFilters, KpiDefinition],
  providers: [KpiAddress],
  template: `
    <tl-page-head [heading]="definition()?.title ?? text.title">
      <a sub routerLink="/kpi" [queryParams]="back()">{{ text.back }}</a>
      <label class="tl-row">
        <span class="tl-small">{{ text.only }}</span>
        <select class="tl-select compact" (change)="only.set($any($event.target).value); page.set(1)">
          @for (choice of onlyChoices; track choice) {
            <option [value]="choice" [selected]="choice === only()">{{ text.onlyChoices[choice] }}</option>
          }
        </select>
      </label>
      @if (mayExport) {
        <a class="tl-button" [href]="file()" download>{{ text.csv }}</a>
      }
    </tl-page-head>
    <div class="tl-page">
      @if (address.filters().length > 0) {
        <tl-kpi-filters [names]="rows.answer()?.asked.names" />
      }
      <div class="tl-two">
        <tl-card [heading]="counted()" [sub]="sub()">
          <tl-table
            [label]="text.title"
            [columns]="columns()"
            [rows]="rows.answer()?.rows ?? []"
            [keyOf]="keyOf"
            [total]="rows.answer()?.total"
            [page]="page()"
            [size]="size()"
            [busy]="rows.busy()"
            [state]="state()"
            [problem]="rows.problem()"
            [sentence]="sentence()"
            [detail]="rows.answer()?.isSuppressed ? text.fewDetail : undefined"
            (pageChanged)="page.set($event)"
            (sizeChanged)="size.set($event); page.set(1)"
            (acted)="load()"
          >
            <ng-template tlCell="at" let-row>
              <span class="moment">{{ moment(row) }}</span>
            </ng-template>
          </tl-table>
        </tl-card>
        @if (definition(); as definition) {
          <tl-card [heading]="definitionTitle"><tl-kpi-definition [definition]="definition" /></tl-card>
        }
      </div>
    </div>
  `,
  styles: `
    .tl-two {
      align-items: start;
    }

    .moment {
      white-space: nowrap;
    }
  `,
})
export class RowsPage {
  private readonly api = inject(KpisApi);
  protected readonly address = inject(KpiAddress);
  protected readonly mayExport = inject(Session).can('rows.export');
  private readonly mayOpen = inject(Session).can('customer.read');
  private readonly url = inject(UrlState);
  protected readonly only = this.url.choice('only', onlyChoices, 'all');
  protected readonly page = this.url.number('page', 1);
  protected readonly size = this.url.number('size', 25);
  private readonly bucket = this.url.text('bucket');

  protected readonly text = texts.kpis.rows;
  protected readonly definitionTitle = texts.kpis.definition.title;
  protected readonly onlyChoices = onlyChoices;
  protected readonly rows = new Part<MetricRows>();
  private readonly known = signal<ReadonlyMap<string, Definition>>(new Map());
  protected readonly definition = computed(() => this.known().get(this.address.metric()));

  private readonly question = computed<Question>(() => ({
    ...this.address.question(),
    ...(this.only() !== 'all' && { only: this.only() }),
    ...(this.bucket() && { bucket: this.bucket() }),
  }));
  protected readonly file = computed(() => this.api.fileOf(this.address.metric(), this.question()));
  protected readonly back = computed(() => ({ ...this.address.question(), metric: this.address.metric() }));
  protected readonly state = computed(() => this.rows.state() ?? (this.rows.answer()?.total === 0 ? 'empty' : undefined));
  protected readonly sentence = computed(() => {
    if (this.state() !== 'empty') return undefined;
    return this.rows.answer()?.isSuppressed ? this.text.few : this.text.none;
  });
  protected readonly counted = computed(() => {
    const answer = this.rows.answer();
    const definition = this.definition();
    if (!answer || !definition) return this.text.title;
    const sum = formatNumber(answer.sum, { digits: Number.isInteger(answer.sum) ? 0 : 2 });
    return this.text.count(formatNumber(answer.total), texts.kpis.rowWords[definition.row].toLowerCase(), definition.unit === 'percent', sum);
  });
  protected readonly sub = computed(() => {
    const answer = this.rows.answer();
    if (!answer) return undefined;
    const bar = this.bucket() ? `, ${this.text.bar(formatMoment(Number(this.bucket()), this.address.zone()))}` : '';
    return `${dayWords(answer.asked.period)}${bar}, ${this.address.zone()}`;
  });
  protected readonly moment = ({ at }: CountedRow): string => formatMoment(at, this.address.zone());
  protected readonly keyOf = ({ customerId, node }: CountedRow, index: number): string => `${customerId} ${node} ${index}`;

  protected readonly columns = computed<Column<CountedRow>[]>(() => {
    const open = (row: CountedRow) => ({ commands: ['/customers', row.customerId], queryParams: row.node?.includes('_') ? { focus: row.node } : {} });
    return [
      { name: 'who', head: this.text.what, text: ({ customerId }) => shortId(customerId), ...(this.mayOpen && { link: open }) },
      { name: 'at', head: this.text.when, align: 'left', text: this.moment },
      { name: 'channel', head: this.text.channel, align: 'left', text: ({ channel }) => (channel === null ? null : channelName(channel)) },
      { name: 'queue', head: this.text.queue, align: 'left', text: ({ queue }) => queue },
      { name: 'intent', head: this.text.intent, align: 'left', text: ({ intent }) => (intent === null ? null : intentName(intent)) },
      { name: 'agent', head: this.text.agent, align: 'left', text: ({ agent }) => (agent === null ? null : (this.rows.answer()?.agents[agent] ?? agent)) },
      { name: 'value', head: this.text.value, text: ({ value }) => value },
    ];
  });

  constructor() {
    void this.api.registry().then(
      ({ metrics }) => this.known.set(new Map(metrics.map((metric) => [metric.id, metric]))),
      () => undefined,
    );
    effect(() => {
      this.address.metric();
      this.question();
      this.page();
      this.size();
      untracked(() => this.load());
    });
  }

  protected load(): void {
    const query = { ...this.question(), limit: String(this.size()), page: String(this.page()) };
    void this.rows.load((signal) => this.api.rows(this.address.metric(), query, signal));
  }
}
