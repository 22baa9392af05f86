import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, resource, signal, viewChild } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';
import { shortId } from '../shell/customer-name';
import { Shortcuts } from '../shell/shortcuts';
import { aboutWords } from '../ui/about-words';
import { Card } from '../ui/card';
import { ChannelIcon, channelName } from '../ui/channel';
import { formatAgo, formatDay } from '../ui/format';
import { PageHead } from '../ui/page-head';
import type { StateKind } from '../ui/state';
import { Table, TableCell, type Column } from '../ui/table';
import { CustomersApi, type RecentCustomer } from './customers-api';
import { lineOf, OpenedCustomers, type CustomerLine } from './opened-customers';

/** Find a customer by an identifier; those opened before are one key away. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [PageHead, Card, ChannelIcon, Table, TableCell],
  template: `
    <tl-page-head [heading]="text.title" />
    <div class="tl-page">
      <tl-card [heading]="text.find.key" [sub]="text.find.lead">
        <form class="find" role="search" novalidate (submit)="find($event)">
          <label class="tl-hidden" for="identifier">{{ text.find.label }}</label>
          <input #field class="tl-input" id="identifier" type="text" autocomplete="off" spellcheck="false" [placeholder]="text.find.placeholder" />
          <button class="tl-button primary" type="submit">{{ text.find.submit }}</button>
        </form>
      </tl-card>
      @if (asked()) {
        <tl-card [heading]="text.find.found">
          <tl-table
            [label]="text.find.found"
            [columns]="columns"
            [rows]="found()"
            [keyOf]="idOf"
            [state]="state()"
            [problem]="problem()"
            [sentence]="missing() ? text.find.none : undefined"
            [detail]="missing() ? text.find.noneDetail : undefined"
            (acted)="again()"
          />
        </tl-card>
      }
      @if (opened.list().length > 0) {
        <tl-card [heading]="text.find.recent">
          <tl-table [label]="text.find.recent" [columns]="columns" [rows]="opened.list()" [keyOf]="idOf" />
        </tl-card>
      }
      <tl-card [heading]="text.find.latest" [sub]="text.find.latestSub">
        <tl-table
          [label]="text.find.latest"
          [columns]="latestColumns"
          [rows]="latest.hasValue() ? latest.value() : []"
          [keyOf]="idOf"
          [state]="latestState()"
          [problem]="latestProblem()"
          [sentence]="latestState() === 'empty' ? text.find.latestEmpty : undefined"
          [detail]="latestState() === 'empty' ? text.find.latestEmptyDetail : undefined"
          (acted)="latest.reload()"
        >
          <ng-template tlCell="channel" let-row>
            @if (row.channel) {
              <span class="by"><tl-channel [of]="row.channel" [quiet]="true" />{{ nameOf(row.channel) }}</span>
            } @else {
              –
            }
          </ng-template>
          <ng-template tlCell="frustration" let-row
            ><span class="guess">{{ row.frustration }}</span></ng-template
          >
        </tl-table>
      </tl-card>
    </div>
  `,
  styles: `
    .find {
      display: flex;
      gap: 8px;
      max-width: 640px;
      margin-top: 12px;
    }

    .find .tl-button {
      min-height: var(--tl-entry);
    }

    .by {
      display: flex;
      gap: 6px;
      align-items: center;
    }

    .guess {
      color: var(--tl-guess);
    }

    @media (max-width: 480px) {
      .find {
        flex-direction: column;
      }
    }
  `,
})
export class CustomersPage {
  private readonly api = inject(CustomersApi);
  protected readonly opened = inject(OpenedCustomers);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  protected readonly text = texts.customers;

  protected readonly asked = signal('');
  protected readonly found = signal<readonly CustomerLine[]>([]);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  private readonly searching = signal(false);
  protected readonly missing = computed(() => this.problem()?.status === 404);
  protected readonly state = computed<StateKind | undefined>(() =>
    this.searching() ? 'loading' : this.missing() ? 'empty' : this.problem() ? 'error' : undefined,
  );

  protected readonly columns: readonly Column<CustomerLine>[] = [
    { name: 'who', head: texts.customers.find.columns.who, text: ({ name }) => name, link: ({ id }) => ({ commands: ['/customers', id] }) },
    { name: 'events', head: texts.customers.find.columns.events, text: ({ events }) => events },
    { name: 'first', head: texts.customers.find.columns.first, text: ({ firstAt }) => (firstAt === null ? null : formatDay(firstAt)) },
    { name: 'last', head: texts.customers.find.columns.last, text: ({ lastAt }) => (lastAt === null ? null : formatAgo(lastAt)) },
  ];

  protected readonly latest = resource({ loader: () => this.api.latest() });
  protected readonly latestState = computed<StateKind | undefined>(() => {
    if (this.latest.error()) return 'error';
    if (!this.latest.hasValue()) return 'loading';
    return this.latest.value().length === 0 ? 'empty' : undefined;
  });
  protected readonly latestProblem = computed(() => {
    const error = this.latest.error();
    return error ? ApiProblem.from(error.cause ?? error) : undefined;
  });
  protected readonly nameOf = channelName;
  protected readonly latestColumns: readonly Column<RecentCustomer>[] = [
    {
      name: 'who',
      head: texts.customers.find.latestColumns.who,
      text: ({ identifier, id }) => identifier?.value ?? shortId(id),
      link: ({ id }) => ({ commands: ['/customers', id] }),
    },
    {
      name: 'about',
      head: texts.customers.find.latestColumns.about,
      align: 'left',
      text: aboutWords,
    },
    { name: 'channel', head: texts.customers.find.latestColumns.channel, align: 'left', aside: true, text: ({ channel }) => channel },
    { name: 'when', head: texts.customers.find.latestColumns.when, text: ({ at }) => formatAgo(at) },
    { name: 'frustration', head: texts.customers.find.latestColumns.frustration, text: ({ frustration }) => frustration },
  ];

  constructor() {
    inject(Shortcuts).add([{ keys: '/', label: this.text.find.key, run: () => this.field().nativeElement.focus() }]);
  }

  protected readonly idOf = ({ id }: { readonly id: string }): string => id;

  protected async find(event: Event): Promise<void> {
    event.preventDefault();
    const identifier = this.field().nativeElement.value.trim();
    if (identifier !== '') await this.ask(identifier);
  }

  protected again(): void {
    void this.ask(this.asked());
  }

  private async ask(identifier: string): Promise<void> {
    this.asked.set(identifier);
    this.searching.set(true);
    this.problem.set(undefined);
    try {
      const { customers, others } = await this.api.find(identifier);
      const further = others.map((id) => ({ id, name: shortId(id), events: 0, firstAt: null, lastAt: null }));
      this.found.set([...customers.map(lineOf), ...further]);
    } catch (error) {
      this.found.set([]);
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.searching.set(false);
    }
  }
}
