import { inject, Injectable } from '@angular/core';
import { ApiClient } from '../../api/api-client';
import type { Menus, MetricBreakdown, MetricMoved, MetricOverview, MetricRegistry, MetricRows, MetricSeries, OptOuts, Segments } from '../../api/schema';

export type Definition = MetricRegistry['metrics'][number];
export type Tile = MetricOverview['tiles'][number];
export type Figure = Tile['now'];
export type Change = NonNullable<Tile['change']>;
export type Slice = MetricBreakdown['slices'][number];
export type MenuNode = Menus['nodes'][number];
export type OptOut = OptOuts['optOuts'][number];
export type CountedRow = MetricRows['rows'][number];

/** A segment in force. */
export type SegmentName = Pick<Segments['segments'][number], 'id' | 'name'>;

/** The parameters of a question, as the address and the server both write them. */
export type Question = Readonly<Record<string, string>>;

/** Numbers over HTTP. */
@Injectable({ providedIn: 'root' })
export class KpisApi {
  private readonly api = inject(ApiClient);
  private known: Promise<MetricRegistry> | undefined;

  /** Definitions do not change while the app is open. */
  registry(): Promise<MetricRegistry> {
    this.known ??= this.api.get('/v1/metrics');
    this.known.catch(() => (this.known = undefined));
    return this.known;
  }

  async segments(): Promise<readonly SegmentName[]> {
    const { segments } = await this.api.get('/v1/segments', { query: { retired: false } });
    return segments.filter(({ version }) => version !== null);
  }

  overview(query: Question, signal: AbortSignal): Promise<MetricOverview> {
    return this.api.get('/v1/metrics/overview', { query, signal });
  }

  series(id: string, query: Question, signal: AbortSignal): Promise<MetricSeries> {
    return this.api.get('/v1/metrics/{id}/series', { params: { id }, query, signal });
  }

  breakdown(id: string, by: string, further: readonly string[], query: Question, signal: AbortSignal): Promise<MetricBreakdown> {
    return this.api.get('/v1/metrics/{id}/breakdown', { params: { id }, query: { ...query, by, with: further }, signal });
  }

  moved(id: string, by: string, query: Question, signal: AbortSignal): Promise<MetricMoved> {
    return this.api.get('/v1/metrics/{id}/moved', { params: { id }, query: { ...query, by }, signal });
  }

  rows(id: string, query: Question, signal: AbortSignal): Promise<MetricRows> {
    return this.api.get('/v1/metrics/{id}/rows', { params: { id }, query, signal });
  }

  menus(query: Question, signal: AbortSignal): Promise<Menus> {
    return this.api.get('/v1/menus', { query, signal });
  }

  optOuts(query: Question & { readonly node: string }, signal: AbortSignal): Promise<OptOuts> {
    return this.api.get('/v1/menus/opt-outs', { query, signal });
  }

  /** Where the browser fetches all rows as a file. */
  fileOf(id: string, query: Question): string {
    return this.api.url('/v1/metrics/{id}/rows.csv', { params: { id }, query });
  }
}
