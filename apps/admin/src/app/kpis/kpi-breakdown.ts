import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input, output, viewChild } from '@angular/core';
import type { MetricBreakdown } from '../../api/schema';
import { texts } from '../../texts';
import { Card } from '../ui/card';
import { DotWhisker } from '../ui/charts/dot-whisker';
import { csvOf, saveAs } from '../ui/csv';
import { formatNumber } from '../ui/format';
import { Table, TableCell, type Column } from '../ui/table';
import { dimensions, KpiAddress, type Dimension } from './kpi-address';
import { sliceName, unitOf, valueText } from './kpi-figures';
import type { Definition, Figure, Slice } from './kpis-api';
import type { Part } from './part';

/** The chosen number for each part, on one scale, beside what channels count, empathy and frustration there. */
@Component({
  selector: 'tl-kpi-breakdown',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, Table, TableCell, DotWhisker],
  template: `
    <tl-card [heading]="text.title">
      <label controls>
        <span class="tl-hidden">{{ by }}</span>
        <select #select class="tl-select compact" (change)="address.by.set($any($event.target).value)">
          @for (dimension of offered(); track dimension) {
            <option [value]="dimension" [selected]="dimension === address.by()">{{ cutBy(names[dimension]) }}</option>
          }
        </select>
      </label>
      <button controls class="tl-button" type="button" [disabled]="rows().length === 0" (click)="save()">{{ text.csv }}</button>
      <tl-table
        [label]="text.title"
        [columns]="columns()"
        [rows]="rows()"
        [keyOf]="keyOf"
        [state]="state()"
        [busy]="breakdown().busy()"
        [problem]="breakdown().problem()"
        [sentence]="state() === 'empty' ? text.empty : undefined"
        (acted)="again.emit()"
      >
        <ng-template tlCell="whisker" let-row>
          <tl-dot-whisker
            [value]="row.figure.value"
            [low]="row.figure.low"
            [high]="row.figure.high"
            [against]="againstOf(row)"
            [n]="row.figure.n"
            [least]="scale().least"
            [most]="scale().most"
          />
        </ng-template>
        <ng-template tlCell="empathy.topBox" let-row>
          <span class="said">{{ besideText(row, 'empathy.topBox') ?? '–' }}</span>
        </ng-template>
        <ng-template tlCell="frustration" let-row>
          <span class="inferred">{{ besideText(row, 'frustration') ?? '–' }}</span>
        </ng-template>
      </tl-table>
      @if (breakdown().answer()?.leftOut; as left) {
        <div foot class="tl-foot">{{ text.leftOut(count(left)) }}</div>
      }
    </tl-card>
  `,
  styles: `
    .said {
      color: var(--tl-voice);
    }

    .inferred {
      color: var(--tl-guess);
    }
  `,
})
export class KpiBreakdown {
  protected readonly address = inject(KpiAddress);
  private readonly select = viewChild.required<ElementRef<HTMLSelectElement>>('select');
  readonly definition = input.required<Definition>();
  readonly definitions = input.required<ReadonlyMap<string, Definition>>();
  readonly breakdown = input.required<Part<MetricBreakdown>>();
  readonly again = output();

  protected readonly text = texts.kpis.where;
  protected readonly by = texts.kpis.by;
  protected readonly cutBy = texts.kpis.cutBy;
  protected readonly names = texts.kpis.dimension;
  protected readonly count = (n: number): string => formatNumber(n);
  protected readonly offered = computed(() => dimensions.filter((dimension) => !this.definition().notBy.includes(dimension)));
  protected readonly rows = computed(() => this.breakdown().answer()?.slices ?? []);
  protected readonly state = computed(() => this.breakdown().state() ?? (this.rows().length === 0 ? 'empty' : undefined));
  protected readonly keyOf = ({ slice }: Slice): string => slice ?? '~';

  protected readonly columns = computed<Column<Slice>[]>(() => {
    const [definition, address] = [this.definition(), this.address];
    const by = this.breakdown().answer()?.by ?? address.by();
    const further = Object.keys(this.rows()[0]?.with ?? {});
    const unit = unitOf(definition);
    return [
      {
        name: 'slice',
        head: capital(this.names[by as Dimension]),
        text: ({ slice, label }) => sliceName(by as Dimension, slice, label),
        link: ({ slice }) => address.linkToRows(definition.id, address.partOf(by as Dimension, slice)),
      },
      { name: 'n', head: texts.kpis.rowWords[definition.row], text: ({ figure }) => (figure.isSuppressed ? this.text.few : figure.n) },
      { name: 'whisker', head: definition.title, width: '30%', text: () => null },
      { name: 'value', head: '', ...(unit && { unit }), text: ({ figure }) => this.valueOf(definition, figure) },
      ...(further.includes('fcr.channel')
        ? [
            { name: 'fcr.channel', head: this.text.asCounted, unit: '%', text: (row: Slice) => this.besideText(row, 'fcr.channel') },
            { name: 'gap', head: this.text.gap, text: (row: Slice) => this.gapOf(row) },
          ]
        : []),
      ...(further.includes('empathy.topBox')
        ? [{ name: 'empathy.topBox', head: this.text.empathy, unit: '%', text: (row: Slice) => this.besideText(row, 'empathy.topBox') }]
        : []),
      ...(further.includes('frustration')
        ? [{ name: 'frustration', head: this.text.frustration, text: (row: Slice) => this.besideText(row, 'frustration') }]
        : []),
    ];
  });

  /** One scale for all: a little more than the values and intervals need; a rate never leaves 0 to 100. */
  protected readonly scale = computed(() => {
    const ends = this.rows().flatMap((row) => [row.figure.low ?? row.figure.value, row.figure.high ?? row.figure.value, this.againstOf(row)]);
    const known = ends.filter((end): end is number => end !== null);
    if (known.length === 0) return { least: 0, most: 100 };
    const [least, most] = [Math.min(...known), Math.max(...known)];
    const room = (most - least || 1) * 0.05;
    return this.definition().unit === 'percent'
      ? { least: Math.max(0, least - room), most: Math.min(100, most + room) }
      : { least: least - room, most: most + room };
  });

  /** For the key `b`. */
  focus(): void {
    this.select().nativeElement.focus();
  }

  protected againstOf(row: Slice): number | null {
    return row.with['fcr.channel']?.value ?? row.before?.value ?? null;
  }

  protected besideText({ with: further }: Slice, id: string): string | null {
    const [figure, definition] = [further[id], this.definitions().get(id)];
    return figure && definition ? this.valueOf(definition, figure) : null;
  }

  protected save(): void {
    const by = this.address.by();
    const { id, version } = this.definition();
    const head = [this.names[by], 'n', id, 'low', 'high', ...Object.keys(this.rows()[0]?.with ?? {})];
    const rows = this.rows().map(({ slice, label, figure, with: further }) => [
      sliceName(by, slice, label),
      figure.n,
      figure.value,
      figure.low,
      figure.high,
      ...Object.values(further).map(({ value }) => value),
    ]);
    const { firstDay, lastDay } = this.breakdown().answer()!.asked.period;
    saveAs(`${id}-v${version}-by-${by}_${firstDay}_${lastDay}.csv`, csvOf(head, rows));
  }

  private valueOf(definition: Definition, figure: Figure): string | null {
    if (figure.isSuppressed) return this.text.few;
    return figure.value === null ? null : valueText(definition, figure);
  }

  private gapOf(row: Slice): string | null {
    const [counted, truth] = [row.with['fcr.channel']?.value, row.figure.value];
    return counted == null || truth === null ? null : formatNumber(counted - truth, { digits: row.figure.decimals, signed: true });
  }
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
