import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { Drawer } from '../ui/drawer';
import { formatAgo, formatNumber } from '../ui/format';
import { Table, TableCell, type Column } from '../ui/table';
import { Toasts } from '../ui/toasts';
import { KeptPanel } from './kept-panel';
import { groupKey, QuarantineStore } from './quarantine-store';
import type { KeptGroup } from './sources-api';

const words = texts.sources.quarantine;

/** What was kept aside by cause, its records, and the way back in. */
@Component({
  selector: 'tl-quarantine',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Drawer, KeptPanel, Table, TableCell],
  providers: [QuarantineStore],
  template: `
    <tl-card [heading]="text.heading" [sub]="text.detail">
      <tl-table
        [label]="text.heading"
        [columns]="columns"
        [rows]="groups()"
        [keyOf]="keyOf"
        [chosen]="open()"
        [opens]="true"
        [busy]="store.groups.busy()"
        [state]="store.groups.state() ?? (groups().length === 0 ? 'empty' : undefined)"
        [problem]="store.groups.problem()"
        [sentence]="store.groups.value() && groups().length === 0 ? text.empty : undefined"
        (opened)="open.set(keyOf($event))"
        (acted)="store.load()"
      >
        <ng-template tlCell="act" let-group>
          @if (store.progress(); as progress) {
            @if (progress.group === keyOf(group)) {
              <span class="tl-row act" role="status">
                {{ text.working(count(progress.done), count(progress.all)) }}
                <progress [value]="progress.done" [max]="progress.all" [attr.aria-label]="text.replay"></progress>
                <button class="tl-button" type="button" (click)="store.stop()">{{ text.stop }}</button>
              </span>
            }
          } @else if (mayReplay) {
            <button class="tl-button" type="button" [attr.aria-label]="text.replayOf(text.reasons[reasonOf(group)], group.source)" (click)="replay(group)">
              {{ text.replay }}
            </button>
          }
        </ng-template>
      </tl-table>
    </tl-card>
    @if (chosen(); as group) {
      <tl-drawer [heading]="text.items(text.reasons[group.reason], group.source)" (closed)="open.set('')">
        <tl-kept-panel [group]="group" (changed)="store.load()" />
      </tl-drawer>
    }
  `,
  styles: `
    .act {
      justify-content: flex-end;
      flex-wrap: nowrap;
    }

    progress {
      width: 80px;
      accent-color: var(--tl-act);
    }
  `,
})
export class QuarantinePart {
  protected readonly store = inject(QuarantineStore);
  private readonly toasts = inject(Toasts);
  protected readonly text = words;
  protected readonly mayReplay = inject(Session).can('quarantine.replay');
  protected readonly open = inject(UrlState).text('group');
  protected readonly groups = computed(() => this.store.groups.value() ?? []);
  protected readonly chosen = computed(() => this.groups().find((group) => groupKey(group) === this.open()));
  protected readonly keyOf = groupKey;

  protected readonly columns: readonly Column<KeptGroup>[] = [
    { name: 'reason', head: words.columns.reason, text: ({ reason }) => words.reasons[reason] },
    { name: 'source', head: words.columns.source, align: 'left', text: ({ source }) => source },
    { name: 'count', head: words.columns.count, text: ({ count }) => count },
    { name: 'first', head: words.columns.first, text: ({ firstAt }) => formatAgo(firstAt) },
    { name: 'last', head: words.columns.last, text: ({ lastAt }) => formatAgo(lastAt) },
    { name: 'fix', head: words.columns.fix, align: 'left', long: true, text: ({ pointer, fix }) => [pointer, fix].filter(Boolean).join(': ') || null },
    { name: 'act', head: words.columns.act, text: () => '' },
  ];

  constructor() {
    void this.store.load();
  }

  protected reasonOf = ({ reason }: KeptGroup): KeptGroup['reason'] => reason;
  protected count = (n: number): string => formatNumber(n);

  protected async replay(group: KeptGroup): Promise<void> {
    try {
      const { replayed, left } = await this.store.replay(group);
      this.toasts.show(words.done(formatNumber(replayed), formatNumber(left)));
    } catch (error) {
      this.toasts.problem(error);
    }
  }
}
