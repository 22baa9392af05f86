import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import type { SegmentMembers } from '../../api/schema';
import { texts } from '../../texts';
import { shortId } from '../shell/customer-name';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { formatMoment, formatNumber } from '../ui/format';
import type { StateKind } from '../ui/state';
import { Table, type Column } from '../ui/table';
import { SegmentRights } from './segment-rights';
import { SegmentStore } from './segment-store';
import { SegmentsApi } from './segments-api';

type Member = SegmentMembers['members'][number];

/** Who is in the segment, and what held when they came. */
@Component({
  selector: 'tl-people-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Table],
  template: `
    <tl-card [heading]="text.title" [sub]="sub()">
      @if (rights.exportRows() && (total() ?? 0) > 0) {
        <a controls class="tl-button" [href]="file()" download>{{ text.csv }}</a>
      }
      @if (members()?.isWhole === false) {
        <p class="tl-small">{{ text.partial }}</p>
      }
      <tl-table
        [label]="text.title"
        [columns]="columns"
        [rows]="members()?.members ?? []"
        [keyOf]="idOf"
        [state]="state()"
        [busy]="busy()"
        [problem]="problem()"
        [sentence]="empty() ? text.empty : undefined"
        [detail]="empty() ? text.emptyDetail : undefined"
        [total]="total()"
        [page]="page()"
        [size]="size()"
        (pageChanged)="page.set($event)"
        (sizeChanged)="resize($event)"
        (acted)="load()"
      />
    </tl-card>
  `,
})
export class PeopleCard {
  private readonly api = inject(SegmentsApi);
  private readonly store = inject(SegmentStore);
  protected readonly rights = inject(SegmentRights);
  private readonly url = inject(UrlState);
  protected readonly page = this.url.number('page', 1);
  protected readonly size = this.url.number('rows', 25);

  protected readonly text = texts.segments.people;
  protected readonly members = signal<SegmentMembers | undefined>(undefined);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  protected readonly busy = signal(false);
  protected readonly total = computed(() => this.members()?.total);
  protected readonly empty = computed(() => this.members()?.total === 0);
  protected readonly state = computed<StateKind | undefined>(() =>
    this.members() ? (this.empty() ? 'empty' : undefined) : this.problem() ? 'error' : 'loading',
  );
  protected readonly sub = computed(() => this.text.sub(formatNumber(this.store.segment()?.size ?? 0)));
  protected readonly file = computed(() => this.api.membersFile(this.store.segment()?.id ?? ''));

  protected readonly columns: readonly Column<Member>[] = [
    {
      name: 'customer',
      head: this.text.columns.customer,
      width: '240px',
      text: ({ name, customerId }) => name ?? shortId(customerId),
      link: ({ customerId }) => ({ commands: ['/customers', customerId] }),
    },
    { name: 'since', head: this.text.columns.since, width: '150px', text: ({ since }) => formatMoment(since) },
    { name: 'because', head: this.text.columns.because, text: ({ because }) => because.join('; '), align: 'left', long: true },
    { name: 'version', head: this.text.columns.version, width: '80px', text: ({ version }) => version },
  ];

  constructor() {
    effect(() => {
      const { id, size } = this.store.segment() ?? {};
      const [page, rows] = [this.page(), this.size()];
      if (id !== undefined && size !== undefined) untracked(() => void this.load(page, rows));
    });
  }

  protected idOf = ({ customerId }: Member): string => customerId;

  protected resize(rows: number): void {
    this.size.set(rows);
    this.page.set(1);
  }

  protected async load(page = this.page(), rows = this.size()): Promise<void> {
    const { id } = this.store.segment() ?? {};
    if (!id) return;
    this.busy.set(this.members() !== undefined);
    try {
      this.members.set(await this.api.members(id, page, rows));
      this.problem.set(undefined);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.busy.set(false);
    }
  }
}
