import { ChangeDetectionStrategy, Component, computed, effect, inject, untracked } from '@angular/core';
import { Router } from '@angular/router';
import type { Menus } from '../../api/schema';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { Shortcuts } from '../shell/shortcuts';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { DotWhisker } from '../ui/charts/dot-whisker';
import { Drawer } from '../ui/drawer';
import { formatNumber, formatSpan } from '../ui/format';
import { PageHead } from '../ui/page-head';
import { Table, TableCell, type Column } from '../ui/table';
import { KpiAddress } from './kpi-address';
import { KpiControls, KpiFilters } from './kpi-controls';
import { dayWords } from './kpi-days';
import { KpiParts } from './kpi-parts';
import { KpisApi, type MenuNode } from './kpis-api';
import { MenuNodePanel } from './menu-node-panel';
import { nodeName, shareText } from './menu-words';
import { Part } from './part';

const words = texts.menus;

/** How popular the nodes of the phone menu are, and why callers left them for a person: a part of the overview. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, DotWhisker, Drawer, KpiControls, KpiFilters, KpiParts, MenuNodePanel, PageHead, Table, TableCell],
  providers: [KpiAddress],
  template: `
    <tl-page-head [heading]="overview.title">
      <span sub>{{ days() }}</span>
      <tl-kpi-parts />
      <tl-kpi-controls [overview]="menus.answer()" [comparing]="false" />
    </tl-page-head>
    <div class="tl-page">
      @if (address.filters().length > 0 || agents()) {
        <div class="tl-row">
          <tl-kpi-filters />
          @if (agents(); as own) {
            <span class="tl-chip">{{ own }}</span>
          }
        </div>
      }
      <tl-card [heading]="text.title" [sub]="sub()">
        <tl-table
          [label]="text.title"
          [columns]="columns"
          [rows]="nodes()"
          [keyOf]="keyOf"
          [opens]="true"
          [chosen]="chosen()"
          [state]="state()"
          [busy]="menus.busy()"
          [problem]="menus.problem()"
          [sentence]="state() === 'empty' ? text.empty : undefined"
          [detail]="state() === 'empty' ? text.emptyDetail : undefined"
          [action]="state() === 'empty' && maySeeSources ? text.emptyAction : undefined"
          (opened)="open($event.node)"
          (acted)="act()"
        >
          <ng-template tlCell="whisker" let-node>
            <tl-dot-whisker [value]="node.reach.value" [low]="node.reach.low" [high]="node.reach.high" [n]="node.reach.n" [least]="0" [most]="100" />
          </ng-template>
          <ng-template tlCell="reason" let-node>
            @if (reasonOf(node); as reason) {
              <span class="tl-chip guess">{{ reason }}</span>
            } @else {
              –
            }
          </ng-template>
        </tl-table>
        @if (nodes().length > 0) {
          <div foot class="tl-foot">
            @if (menus.answer()?.leftOut; as left) {
              <span>{{ text.leftOut(number(left)) }}</span>
            }
            <span>{{ text.note }}</span>
          </div>
        }
      </tl-card>
    </div>
    @if (node(); as one) {
      <tl-drawer [heading]="nameOf(one.node)" (closed)="open('')">
        <tl-menu-node-panel [node]="one" />
      </tl-drawer>
    }
  `,
})
export class MenusPage {
  protected readonly address = inject(KpiAddress);
  private readonly api = inject(KpisApi);
  private readonly router = inject(Router);
  protected readonly maySeeSources = inject(Session).can('source.read');
  protected readonly text = words;
  protected readonly overview = texts.kpis;
  protected readonly number = formatNumber;
  protected readonly nameOf = nodeName;
  private readonly url = inject(UrlState);
  protected readonly chosen = this.url.text('node');
  private readonly reason = this.url.text('reason');
  protected readonly menus = new Part<Menus>();
  protected readonly nodes = computed(() => this.menus.answer()?.nodes ?? []);
  protected readonly node = computed(() => this.nodes().find(({ node }) => node === this.chosen()));
  protected readonly state = computed(
    () => this.menus.state() ?? (this.nodes().length > 0 ? undefined : this.address.filters().length > 0 ? ('filtered' as const) : ('empty' as const)),
  );
  protected readonly days = computed(() => {
    const asked = this.menus.answer()?.asked;
    return asked ? dayWords(asked.period) : '';
  });
  protected readonly agents = computed(() => {
    const agents = this.menus.answer()?.asked.agents;
    return agents == null ? '' : this.overview.ownAgents(formatNumber(agents));
  });
  protected readonly sub = computed(() => {
    const answer = this.menus.answer();
    return answer && answer.calls > 0 ? words.sub(formatNumber(answer.calls), formatNumber(answer.customers)) : undefined;
  });
  protected readonly columns: readonly Column<MenuNode>[] = [
    { name: 'node', head: words.columns.node, text: ({ node }) => nodeName(node) },
    { name: 'calls', head: words.columns.calls, text: ({ calls }) => calls },
    { name: 'whisker', head: words.columns.whisker, width: '18%', aside: true, align: 'left', text: () => null },
    { name: 'reach', head: words.columns.reach, text: ({ reach }) => shareText(reach) },
    { name: 'first', head: words.columns.first, text: ({ firstChoice }) => shareText(firstChoice) },
    { name: 'dwell', head: words.columns.dwell, text: ({ medianDwellMs }) => (medianDwellMs === null ? null : formatSpan(medianDwellMs)) },
    { name: 'again', head: words.columns.again, aside: true, text: ({ again }) => again },
    { name: 'invalid', head: words.columns.invalid, aside: true, text: ({ invalidInputs }) => invalidInputs },
    { name: 'optOut', head: words.columns.optOut, text: ({ optOut }) => shareText(optOut) },
    { name: 'reason', head: words.columns.reason, align: 'left', text: () => null },
  ];

  constructor() {
    effect(() => {
      this.address.question();
      untracked(() => this.load());
    });
    inject(Shortcuts).add([
      { keys: 'm', label: words.keys.back, run: () => void this.router.navigate(['/kpi'], { queryParams: this.address.question() }) },
      { keys: 'Escape', label: texts.ui.close, run: () => this.open('') },
    ]);
  }

  /** Opens what is told of one node; of all its reasons. */
  protected open(node: string): void {
    this.reason.set('');
    this.chosen.set(node);
  }

  protected act(): void {
    if (this.state() === 'filtered') this.address.clear();
    else if (this.state() === 'empty') void this.router.navigate(['/sources']);
    else this.load();
  }

  protected reasonOf({ reasons }: MenuNode): string | undefined {
    const [first] = reasons ?? [];
    return first && words.reasons[first.reason];
  }

  protected keyOf({ node }: MenuNode): string {
    return node;
  }

  private load(): void {
    const question = this.address.question();
    void this.menus.load((signal) => this.api.menus(question, signal));
  }
}
