import { NgTemplateOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, contentChildren, Directive, ElementRef, inject, input, output, TemplateRef } from '@angular/core';
import { RouterLink, type Params } from '@angular/router';
import type { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';
import { formatNumber } from './format';
import { State, type StateKind } from './state';

/** One column. The first one names the row: it is a link (`link`) or a button (`opened`), and the row's one tab stop. */
export interface Column<Row> {
  readonly name: string;
  readonly head: string;
  /** Said once, in the head. */
  readonly unit?: string;
  /** Numbers stand right. */
  readonly align?: 'left' | 'right';
  readonly sortable?: boolean;
  readonly width?: string;
  /** Sentences: they take several lines. */
  readonly long?: boolean;
  /** Left out on a telephone: where the row leads it is told. */
  readonly aside?: boolean;
  /** The plain text of the cell; a `tlCell` template of the column's name shows it otherwise. Null is shown as a dash. */
  readonly text: (row: Row) => string | number | null;
  /** First column only: where Enter leads. */
  readonly link?: (row: Row) => { readonly commands: readonly unknown[]; readonly queryParams?: Params } | undefined;
}

export interface Sorting {
  readonly by: string;
  readonly order: 'asc' | 'desc';
}

/** `<ng-template tlCell="name" let-row>`: how one column is shown. */
@Directive({ selector: 'ng-template[tlCell]' })
export class TableCell {
  readonly tlCell = input.required<string>();
  readonly template = inject<TemplateRef<{ $implicit: unknown }>>(TemplateRef);
}

const sizes = [25, 50, 100] as const;

/**
 * Rows of the server: it pages and sorts, this shows. Tab reaches one row; j/k or the arrows, Home and End walk; Enter opens.
 * A refetch keeps the rows, dimmed (`busy`); what is empty, filtered, denied or failed stands in their place (`state`).
 */
@Component({
  selector: 'tl-table',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [NgTemplateOutlet, RouterLink, State],
  template: `
    <div class="scroll" role="region" [attr.aria-label]="label()" tabindex="0" [hidden]="isBlank()">
      <table [attr.aria-busy]="busy() || state() === 'loading'" [class.busy]="busy()">
        <caption class="tl-hidden">
          {{
            label()
          }}
        </caption>
        <thead>
          <tr>
            @for (column of columns(); track column.name) {
              <th
                scope="col"
                [class.left]="isLeft(column, $first)"
                [class.long]="column.long"
                [class.aside]="column.aside"
                [style.width]="column.width"
                [attr.aria-sort]="sortOf(column)"
              >
                @if (column.sortable) {
                  <button type="button" [attr.aria-label]="text.sortBy(column.head)" (click)="sortBy(column)">
                    {{ column.head }}
                    @if (column.unit) {
                      <span class="unit"> {{ column.unit }}</span>
                    }
                    <span class="arrow" aria-hidden="true">{{ arrowOf(column) }}</span>
                  </button>
                } @else {
                  {{ column.head }}
                  @if (column.unit) {
                    <span class="unit"> {{ column.unit }}</span>
                  }
                }
              </th>
            }
          </tr>
        </thead>
        <tbody>
          @for (row of state() ? [] : rows(); track keyOf()(row, $index)) {
            <tr [class.on]="chosen() !== undefined && chosen() === keyOf()(row, $index)" (keydown)="walk($event)">
              @for (column of columns(); track column.name) {
                @let cell = cells()[column.name];
                @if ($first) {
                  <th scope="row">
                    @let link = column.link?.(row);
                    @if (link) {
                      <a class="row" [routerLink]="link.commands" [queryParams]="link.queryParams" (click)="opened.emit(row)">
                        @if (cell) {
                          <ng-container [ngTemplateOutlet]="cell" [ngTemplateOutletContext]="{ $implicit: row }" />
                        } @else {
                          {{ shown(column, row) }}
                        }
                      </a>
                    } @else if (opens()) {
                      <button class="row tl-link" type="button" (click)="opened.emit(row)">
                        @if (cell) {
                          <ng-container [ngTemplateOutlet]="cell" [ngTemplateOutletContext]="{ $implicit: row }" />
                        } @else {
                          {{ shown(column, row) }}
                        }
                      </button>
                    } @else if (cell) {
                      <ng-container [ngTemplateOutlet]="cell" [ngTemplateOutletContext]="{ $implicit: row }" />
                    } @else {
                      {{ shown(column, row) }}
                    }
                  </th>
                } @else {
                  <td [class.left]="isLeft(column, false)" [class.long]="column.long" [class.aside]="column.aside">
                    @if (cell) {
                      <ng-container [ngTemplateOutlet]="cell" [ngTemplateOutletContext]="{ $implicit: row }" />
                    } @else {
                      {{ shown(column, row) }}
                    }
                  </td>
                }
              }
            </tr>
          }
          @if (state() === 'loading') {
            @for (bone of bones; track $index) {
              <tr aria-hidden="true">
                @for (column of columns(); track column.name) {
                  <td [class.left]="isLeft(column, $first)" [class.aside]="column.aside"><span class="bone"></span></td>
                }
              </tr>
            }
          }
        </tbody>
      </table>
    </div>
    @if (state(); as state) {
      @if (state !== 'loading') {
        <tl-state [state]="state" [problem]="problem()" [sentence]="sentence()" [detail]="detail()" [action]="action()" (acted)="acted.emit()" />
      } @else {
        <span class="tl-hidden" role="status">{{ loading }}</span>
      }
    } @else if (total(); as total) {
      <div class="foot">
        <span>{{ span() }}</span>
        <span class="tl-push"></span>
        <label
          >{{ text.perPage }}
          <select class="tl-select compact" (change)="sizeChanged.emit(+$any($event.target).value)">
            @for (choice of sizes; track choice) {
              <option [value]="choice" [selected]="choice === size()">{{ choice }}</option>
            }
          </select>
        </label>
        <button class="tl-button icon" type="button" [attr.aria-label]="text.previous" [disabled]="page() <= 1" (click)="pageChanged.emit(page() - 1)">
          ‹
        </button>
        <button class="tl-button icon" type="button" [attr.aria-label]="text.next" [disabled]="page() * size() >= total" (click)="pageChanged.emit(page() + 1)">
          ›
        </button>
      </div>
    }
  `,
  styleUrl: './table.css',
})
export class Table<Row> {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly text = texts.ui.table;
  protected readonly loading = texts.ui.loading;
  protected readonly sizes = sizes;
  protected readonly bones = [1, 2, 3, 4, 5];

  /** What the table holds, for those who cannot see it. */
  readonly label = input.required<string>();
  readonly columns = input.required<readonly Column<Row>[]>();
  readonly rows = input<readonly Row[]>([]);
  readonly keyOf = input<(row: Row, index: number) => unknown>((_, index) => index);
  /** Key of the row that is open beside the table. */
  readonly chosen = input<unknown>();
  /** The first cell is a button that emits `opened`. */
  readonly opens = input(false);

  readonly state = input<StateKind | undefined>();
  readonly busy = input(false);
  readonly problem = input<ApiProblem>();
  readonly sentence = input<string>();
  readonly detail = input<string>();
  readonly action = input<string>();

  /** All rows that match; without it there is no paging. Pages count from 1. */
  readonly total = input<number>();
  readonly page = input(1);
  readonly size = input(25);
  readonly sort = input<Sorting>();

  readonly opened = output<Row>();
  readonly sorted = output<Sorting>();
  readonly pageChanged = output<number>();
  readonly sizeChanged = output<number>();
  readonly acted = output();

  private readonly templates = contentChildren(TableCell);
  protected readonly cells = computed(() => Object.fromEntries(this.templates().map((cell) => [cell.tlCell(), cell.template])));
  protected readonly span = computed(() => {
    const [total, from] = [this.total() ?? 0, (this.page() - 1) * this.size() + 1];
    return this.text.rows(formatNumber(Math.min(from, total)), formatNumber(Math.min(total, from + this.size() - 1)), formatNumber(total));
  });

  /** Heads over nothing say nothing. */
  protected readonly isBlank = computed(() => ['empty', 'denied', 'error'].includes(this.state() ?? ''));

  protected shown(column: Column<Row>, row: Row): string {
    const text = column.text(row);
    return text === null ? '–' : typeof text === 'number' ? formatNumber(text) : text;
  }

  protected isLeft(column: Column<Row>, first: boolean): boolean {
    return (column.align ?? (first ? 'left' : 'right')) === 'left';
  }

  protected sortOf({ name, sortable }: Column<Row>): 'ascending' | 'descending' | 'none' | null {
    if (!sortable) return null;
    const sort = this.sort();
    return sort?.by !== name ? 'none' : sort.order === 'asc' ? 'ascending' : 'descending';
  }

  protected arrowOf({ name }: Column<Row>): string {
    const sort = this.sort();
    return sort?.by !== name ? '' : sort.order === 'asc' ? '↑' : '↓';
  }

  protected sortBy({ name }: Column<Row>): void {
    const sort = this.sort();
    this.sorted.emit({ by: name, order: sort?.by === name && sort.order === 'desc' ? 'asc' : 'desc' });
  }

  protected walk(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...this.host.nativeElement.querySelectorAll<HTMLElement>('tbody .row')];
    const at = rows.findIndex((row) => row.closest('tr') === event.currentTarget);
    const to = { j: at + 1, ArrowDown: at + 1, k: at - 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const row = to === undefined ? undefined : rows[to];
    if (!row) return;
    event.preventDefault();
    event.stopPropagation();
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
  }
}
