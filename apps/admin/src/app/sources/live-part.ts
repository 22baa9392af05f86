import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { texts } from '../../texts';
import { Loaded } from '../ui/loaded';
import { Shortcuts } from '../shell/shortcuts';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { Drawer } from '../ui/drawer';
import { formatClock, formatNumber, formatSpan } from '../ui/format';
import type { StateKind } from '../ui/state';
import { Table, TableCell, type Column } from '../ui/table';
import { EventPanel } from './event-panel';
import { LiveStore } from './live-store';
import { SourcesApi, type ArrivedEvent } from './sources-api';

const words = texts.sources.live;

/** The live debugger: every event as it arrives, filtered, paused, opened. */
@Component({
  selector: 'tl-live-events',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Drawer, EventPanel, Table, TableCell],
  providers: [LiveStore],
  template: `
    <tl-card [heading]="text.heading" [sub]="text.all">
      <div controls class="tl-row">
        <span class="tl-small" role="status">{{ seen() }}</span>
        <button class="tl-button" type="button" [attr.aria-pressed]="store.paused()" (click)="store.pause(!store.paused())">
          {{ store.paused() ? text.follow : text.pause }}
          @if (store.paused() && store.waiting() > 0) {
            ({{ text.waiting(count(store.waiting())) }})
          }
          <kbd>p</kbd>
        </button>
      </div>
      <div class="filters">
        <div class="tl-field">
          <label for="live-source">{{ text.source }}</label>
          <select class="tl-select" id="live-source" (change)="store.source.set($any($event.target).value)">
            <option value="" [selected]="store.source() === ''">{{ text.anySource }}</option>
            @for (name of names(); track name) {
              <option [value]="name" [selected]="store.source() === name">{{ name }}</option>
            }
          </select>
        </div>
        <div class="tl-field">
          <label for="live-type">{{ text.type }}</label>
          <input
            class="tl-input"
            id="live-type"
            [placeholder]="text.typeHint"
            [value]="store.type()"
            (change)="store.type.set($any($event.target).value.trim())"
          />
        </div>
        <div class="tl-field">
          <label for="live-customer">{{ text.customer }}</label>
          <input class="tl-input" id="live-customer" [value]="store.customer()" (change)="store.customer.set($any($event.target).value.trim())" />
        </div>
      </div>
      @if (state() !== 'error' && store.problem(); as problem) {
        <p class="tl-fault" role="alert">{{ problem.detail ?? problem.title }}</p>
      }
      <tl-table
        [label]="text.heading"
        [columns]="columns"
        [rows]="store.events()"
        [keyOf]="idOf"
        [chosen]="open()"
        [opens]="true"
        [state]="state()"
        [sentence]="state() === 'empty' ? text.empty : undefined"
        [detail]="state() === 'empty' ? text.emptyDetail : undefined"
        [problem]="store.problem()"
        (opened)="open.set($event.id)"
        (acted)="state() === 'filtered' ? store.clearFilters() : store.restart()"
      >
        <ng-template tlCell="received" let-event
          ><span class="tl-mono">{{ clock(event.receivedAt) }}</span></ng-template
        >
      </tl-table>
      @if (store.events().length > 0 && store.before() !== 'none') {
        <p class="older">
          <button class="tl-button" type="button" [disabled]="store.before() === 'asked'" (click)="store.older()">{{ text.older }}</button>
          <span class="tl-small">{{ text.olderPauses }}</span>
        </p>
      }
    </tl-card>
    @if (open(); as id) {
      <tl-drawer [heading]="names_.event.title" (closed)="open.set('')"><tl-event-panel [id]="id" /></tl-drawer>
    }
  `,
  styles: `
    .filters {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
      gap: 8px 12px;
      margin-bottom: 12px;
    }

    .filters .tl-select {
      width: 100%;
    }

    .older {
      display: flex;
      align-items: center;
      gap: 12px;
      margin-top: 12px;
    }
  `,
})
export class LivePart {
  private readonly api = inject(SourcesApi);
  protected readonly store = inject(LiveStore);
  protected readonly text = words;
  protected readonly names_ = texts.sources;
  protected readonly open = inject(UrlState).text('event');
  private readonly sources = new Loaded<readonly string[]>();
  protected readonly names = computed(() => this.sources.value() ?? []);
  protected readonly state = computed<StateKind | undefined>(() => {
    if (this.store.events().length > 0) return undefined;
    if (this.store.hasBegun()) return this.store.isFiltered() ? 'filtered' : 'empty';
    return this.store.problem() ? 'error' : 'loading';
  });

  protected readonly seen = computed(() => {
    const [shown, seen] = [this.store.events().length, this.store.seen()];
    if (shown === seen) return words.seen(this.count(seen));
    return this.store.paused() ? words.partOf(this.count(shown), this.count(seen)) : words.newestOf(this.count(shown), this.count(seen));
  });

  protected readonly columns: readonly Column<ArrivedEvent>[] = [
    { name: 'received', head: words.columns.received, text: ({ receivedAt }) => this.clock(receivedAt) },
    { name: 'source', head: words.columns.source, align: 'left', text: ({ source }) => source },
    { name: 'type', head: words.columns.type, align: 'left', text: ({ system, type }) => `${system}.${type}` },
    {
      name: 'channel',
      head: words.columns.channel,
      align: 'left',
      text: ({ channel }) => texts.ui.channel[channel as keyof typeof texts.ui.channel] ?? channel,
    },
    { name: 'delay', head: words.columns.delay, text: ({ receivedAt, occurredAt }) => formatSpan(Math.max(0, receivedAt - occurredAt)) },
    { name: 'customer', head: words.columns.customer, align: 'left', text: ({ customerId }) => customerId?.slice(0, 8) ?? words.nobody },
  ];

  constructor() {
    inject(Shortcuts).add([{ keys: 'p', label: words.pauseKey, run: () => this.store.pause(!this.store.paused()) }]);
    void this.sources.load(async (signal) => (await this.api.sources(signal)).sources.map(({ name }) => name));
  }

  protected clock = (at: number): string => formatClock(at, undefined, true);
  protected count = (n: number): string => formatNumber(n);
  protected idOf = ({ id }: ArrivedEvent): string => id;
}
