import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import type { WriteKey } from '../../api/schema';
import { texts } from '../../texts';
import { Shortcuts } from '../shell/shortcuts';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { Drawer } from '../ui/drawer';
import { formatAgo, formatDay } from '../ui/format';
import { Table, TableCell, type Column } from '../ui/table';
import { AdministrationApi, type KeysAnswer } from './administration-api';
import { KeyPanel } from './key-panel';
import { Loaded } from '../ui/loaded';

const words = texts.administration.keys;

/** Write keys of all sources; the open one, or a new one, beside the list. */
@Component({
  selector: 'tl-keys-part',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Drawer, KeyPanel, Table, TableCell],
  template: `
    <tl-card [heading]="names.parts.keys" [sub]="text.sub">
      <button controls class="tl-button primary" type="button" (click)="open.set('new')">{{ text.make }} <kbd>n</kbd></button>
      <tl-table
        [label]="names.parts.keys"
        [columns]="columns"
        [rows]="keys()"
        [keyOf]="idOf"
        [chosen]="open()"
        [opens]="true"
        [state]="keys().length === 0 && !answer.state() ? 'empty' : answer.state()"
        [sentence]="answer.state() ? undefined : text.empty"
        [detail]="answer.state() ? undefined : text.emptyDetail"
        [busy]="answer.busy()"
        [problem]="answer.problem()"
        (opened)="open.set($event.id)"
        (acted)="read()"
      >
        <ng-template tlCell="key" let-key
          ><span class="tl-mono">{{ key.prefix }}…</span></ng-template
        >
        <ng-template tlCell="state" let-key>
          <span class="tl-chip" [class.good]="key.endsAt === null" [class.warn]="key.endsAt > now" [class.bad]="key.endsAt !== null && key.endsAt <= now">
            {{ stateOf(key) }}
          </span>
        </ng-template>
      </tl-table>
    </tl-card>
    @if (open() === 'new') {
      <tl-drawer [heading]="text.makeTitle" (closed)="open.set('')">
        <tl-key-panel [sources]="sources()" [ingestUrl]="ingestUrl()" (changed)="read()" />
      </tl-drawer>
    } @else if (chosen(); as key) {
      <tl-drawer [heading]="key.prefix + '…'" (closed)="open.set('')">
        <tl-key-panel [key]="key" [sources]="sources()" [ingestUrl]="ingestUrl()" (changed)="read()" />
      </tl-drawer>
    }
  `,
})
export class KeysPart {
  private readonly api = inject(AdministrationApi);
  protected readonly text = words;
  protected readonly names = texts.administration;
  /** The id of the open key, or `new`. */
  protected readonly open = inject(UrlState).text('key');
  protected readonly now = Date.now();

  protected readonly answer = new Loaded<KeysAnswer>();
  protected readonly keys = computed(() => this.answer.value()?.keys ?? []);
  protected readonly sources = computed(() => this.answer.value()?.sources ?? []);
  protected readonly ingestUrl = computed(() => this.answer.value()?.ingestUrl ?? null);
  protected readonly chosen = computed(() => this.keys().find(({ id }) => id === this.open()));

  protected readonly columns: readonly Column<WriteKey>[] = [
    { name: 'key', head: words.columns.key, text: ({ prefix }) => prefix },
    { name: 'source', head: words.columns.source, align: 'left', text: ({ source }) => source },
    { name: 'label', head: words.columns.label, align: 'left', text: ({ label }) => label },
    { name: 'state', head: words.columns.state, align: 'left', text: (key) => this.stateOf(key) },
    { name: 'used', head: words.columns.used, text: ({ lastUsedAt }) => (lastUsedAt === null ? words.notUsed : formatAgo(lastUsedAt)) },
    { name: 'made', head: words.columns.made, text: ({ createdAt }) => formatDay(createdAt) },
  ];

  constructor() {
    inject(Shortcuts).add([{ keys: 'n', label: words.makeTitle, run: () => this.open.set('new') }]);
    void this.read();
  }

  protected read(): Promise<void> {
    return this.answer.load(() => this.api.keys());
  }

  protected stateOf({ endsAt }: WriteKey): string {
    if (endsAt === null) return words.works;
    return `${endsAt > this.now ? words.endsIn : words.ended} ${formatAgo(endsAt)}`;
  }

  protected idOf = ({ id }: WriteKey): string => id;
}
