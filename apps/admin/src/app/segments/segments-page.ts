import { ChangeDetectionStrategy, Component, effect, ElementRef, inject, signal, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';
import { Session } from '../shell/session';
import { Shortcuts } from '../shell/shortcuts';
import { UrlState } from '../shell/url-state';
import { Card } from '../ui/card';
import { formatAgo, formatNumber, formatShare } from '../ui/format';
import { PageHead } from '../ui/page-head';
import { Table, TableCell, type Column } from '../ui/table';
import type { SegmentEntry } from './segments-api';
import { SegmentsStore } from './segments-store';

/** Every segment with its rule in words and its size; a new one begins with its name. */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [PageHead, Card, Table, TableCell],
  providers: [SegmentsStore],
  template: `
    <tl-page-head [heading]="text.title">
      <label class="tl-row">
        <span class="tl-hidden">{{ text.list.shown }}</span>
        <select class="tl-select compact" [attr.aria-label]="text.list.shown" (change)="retired.set($any($event.target).value === 'retired')">
          <option value="inUse" [selected]="!retired()">{{ text.list.inUse }}</option>
          <option value="retired" [selected]="retired()">{{ text.list.retired }}</option>
        </select>
      </label>
    </tl-page-head>
    <div class="tl-page">
      <tl-card [heading]="text.list.title" [sub]="text.list.lead">
        @if (mayEdit && !retired()) {
          <form class="new" novalidate (submit)="create($event, name.value)">
            <input
              #name
              class="tl-input"
              type="text"
              maxlength="120"
              autocomplete="off"
              [attr.aria-label]="text.list.newName"
              [placeholder]="text.list.newName"
            />
            <button class="tl-button primary" type="submit" [disabled]="creating()">{{ text.list.create }}</button>
          </form>
          @if (problem(); as problem) {
            <p class="tl-fault" role="alert">{{ problem.detail ?? problem.title }}</p>
          }
        }
        <tl-table
          [label]="text.title"
          [columns]="columns"
          [rows]="store.segments()"
          [keyOf]="idOf"
          [state]="store.state()"
          [problem]="store.problem()"
          [sentence]="store.state() === 'empty' ? text.list.empty : undefined"
          [detail]="store.state() === 'empty' ? (mayEdit ? text.list.emptyDetail : text.list.emptyReader) : undefined"
          (acted)="store.load(retired())"
        >
          <ng-template tlCell="sentence" let-segment
            ><span class="rule" [title]="segment.sentence">{{ segment.sentence }}</span></ng-template
          >
          <ng-template tlCell="state" let-segment>
            @for (chip of chipsOf(segment); track chip.words) {
              <span class="tl-chip {{ chip.kind }}">{{ chip.words }}</span>
            }
          </ng-template>
        </tl-table>
      </tl-card>
    </div>
  `,
  styles: `
    .new {
      display: flex;
      gap: 8px;
      max-width: 560px;
      margin: 12px 0;
    }

    .new .tl-button {
      min-height: var(--tl-entry);
    }

    .rule {
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      overflow: hidden;
      color: var(--tl-mute);
    }

    .tl-chip + .tl-chip {
      margin-left: 4px;
    }

    @media (max-width: 480px) {
      .new {
        flex-direction: column;
      }
    }
  `,
})
export class SegmentsPage {
  protected readonly store = inject(SegmentsStore);
  private readonly router = inject(Router);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('name');
  protected readonly text = texts.segments;
  protected readonly mayEdit = inject(Session).can('segment.edit');
  protected readonly retired = inject(UrlState).flag('retired');
  protected readonly creating = signal(false);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);

  protected readonly columns: readonly Column<SegmentEntry>[] = [
    { name: 'name', head: this.text.list.columns.name, width: '18%', text: ({ name }) => name, link: ({ id }) => ({ commands: ['/segments', id] }) },
    { name: 'sentence', head: this.text.list.sentence, align: 'left', long: true, aside: true, text: ({ sentence }) => sentence },
    { name: 'size', head: this.text.list.columns.size, width: '80px', text: ({ size, version }) => (version === null ? null : formatNumber(size)) },
    {
      name: 'share',
      width: '80px',
      head: this.text.list.columns.share,
      text: ({ size, version }) => (version === null || this.store.customers() === 0 ? null : formatShare(size / this.store.customers(), 1)),
    },
    {
      name: 'moved',
      width: '130px',
      head: this.text.list.columns.moved,
      text: ({ joined7d, left7d, version }) => (version === null ? null : this.text.list.movedOf(formatNumber(joined7d), formatNumber(left7d))),
    },
    { name: 'state', head: this.text.list.columns.state, align: 'left', width: '130px', text: ({ version }) => version },
    { name: 'draft', head: this.text.list.columns.draft, width: '190px', text: ({ draft }) => `${draft.by}, ${formatAgo(draft.at)}` },
  ];

  constructor() {
    effect(() => {
      const retired = this.retired();
      untracked(() => void this.store.load(retired));
    });
    if (this.mayEdit) inject(Shortcuts).add([{ keys: '/', label: this.text.list.newName, run: () => this.field()?.nativeElement.focus() }]);
  }

  protected idOf = ({ id }: SegmentEntry): string => id;

  protected chipsOf({ version, draft, waiting, run, retiredAt }: SegmentEntry): readonly { readonly words: string; readonly kind: string }[] {
    const { state } = this.text;
    if (retiredAt !== null) return [{ words: state.retired, kind: '' }];
    return [
      version === null ? { words: state.draft, kind: 'warn' } : { words: state.published(version), kind: 'good' },
      ...(version !== null && draft.differs ? [{ words: state.differs, kind: 'warn' }] : []),
      ...(waiting ? [{ words: state.waits, kind: 'warn' }] : []),
      ...(version !== null && (run?.version !== version || run.finishedAt === null) ? [{ words: state.working, kind: '' }] : []),
      ...(run?.failure ? [{ words: state.failed, kind: 'bad' }] : []),
    ];
  }

  protected async create(event: Event, name: string): Promise<void> {
    event.preventDefault();
    if (name.trim() === '') return this.field()?.nativeElement.focus();
    this.creating.set(true);
    this.problem.set(undefined);
    try {
      await this.router.navigate(['/segments', await this.store.create(name.trim())]);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    } finally {
      this.creating.set(false);
    }
  }
}
