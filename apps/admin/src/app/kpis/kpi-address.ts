import { afterNextRender, computed, inject, Injectable } from '@angular/core';
import type { Params } from '@angular/router';
import { UrlState } from '../shell/url-state';
import { ownZone } from '../ui/format';
import type { Question } from './kpis-api';

export const dimensions = ['queue', 'channel', 'intent', 'family', 'agent', 'team', 'site', 'segment'] as const;
export type Dimension = (typeof dimensions)[number];
export const compares = ['prev', 'year', 'none'] as const;
export const presets = ['1d', '7d', '28d', '90d', '365d'] as const;

/** In a filter: the rows that do not know. */
export const unknownValue = '~';

/** One value of a filter in the address. */
export interface Chosen {
  readonly dimension: Dimension;
  readonly values: readonly string[];
}

/** Where the rows behind a number are. */
export interface RowsLink {
  readonly commands: readonly unknown[];
  readonly queryParams: Params;
}

/** What the overview shows, all of it in the address. The page of rows has the same question, so that it counts the same rows. */
@Injectable()
export class KpiAddress {
  private readonly url = inject(UrlState);

  readonly range = this.url.text('range', '28d');
  /** The last day; empty: the server's choice, which is today while there are contacts. */
  readonly until = this.url.text('until');
  readonly compare = this.url.choice('compare', compares, 'prev');
  private readonly writtenZone = this.url.text('zone');
  /** The reader's own where the address names none; it is written there, so that a link shows everybody the same. */
  readonly zone = Object.assign(
    computed(() => this.writtenZone() || ownZone()),
    { set: (zone: string) => this.writtenZone.set(zone) },
  );
  readonly metric = this.url.text('metric', 'fcr.true');
  readonly by = this.url.choice<Dimension>('by', dimensions, 'queue');
  readonly movedBy = this.url.choice<Dimension>('moved', dimensions, 'intent');
  /** The metric whose definition is open. */
  readonly defined = this.url.text('define');
  private readonly lists = dimensions.map((dimension) => ({ dimension, list: this.url.list(`f.${dimension}`) }));

  readonly filters = computed<readonly Chosen[]>(() => this.lists.flatMap(({ dimension, list }) => (list().length > 0 ? [{ dimension, values: list() }] : [])));

  /** The question as parameters, the same for the server and for a link. Zone and range are written even where they are the usual ones: the server's usual is another. */
  readonly question = computed<Question>(() => ({
    range: this.range(),
    ...(this.until() && { until: this.until() }),
    compare: this.compare(),
    zone: this.zone(),
    ...Object.fromEntries(this.filters().map(({ dimension, values }) => [`f.${dimension}`, values.map(encodeURIComponent).join(',')])),
  }));

  constructor() {
    afterNextRender(() => {
      if (this.writtenZone() === '') this.writtenZone.set(ownZone(), { replace: true });
    });
  }

  /** Shows only this part, beside the filters there are. */
  add(dimension: Dimension, value: string): void {
    this.listOf(dimension).set([value]);
  }

  remove(dimension: Dimension): void {
    this.listOf(dimension).set([]);
  }

  /** Without any filter. */
  clear(): void {
    for (const { list } of this.lists) list.set([]);
  }

  /** The address of the rows behind a metric, narrowed further. */
  linkToRows(metric: string, narrower: Question = {}): RowsLink {
    return { commands: ['/kpi/rows'], queryParams: { ...this.question(), metric, ...narrower } };
  }

  /** A narrower question: this value of a dimension alone. */
  partOf(dimension: Dimension, slice: string | null): Question {
    return { [`f.${dimension}`]: encodeURIComponent(slice ?? unknownValue) };
  }

  private listOf(dimension: Dimension) {
    return this.lists.find((one) => one.dimension === dimension)!.list;
  }
}
