import { computed, inject, Injectable, signal } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import type { MetricBreakdown, MetricMoved, MetricOverview, MetricRegistry, MetricSeries } from '../../api/schema';
import { KpisApi, type Question, type SegmentName } from './kpis-api';
import { Part } from './part';

/** What the breakdown of each metric shows beside it. */
export const beside = (metric: string): readonly string[] =>
  ['fcr.channel', 'empathy.topBox', 'frustration'].filter((id) => id !== metric && (id !== 'fcr.channel' || metric === 'fcr.true'));

/** The overview on the screen, in parts that load and fail on their own. Provided by the page. */
@Injectable()
export class KpisStore {
  private readonly api = inject(KpisApi);
  private readonly known = signal<MetricRegistry | undefined>(undefined);
  private readonly published = signal<readonly SegmentName[]>([]);

  readonly registry = this.known.asReadonly();
  readonly definitions = computed(() => new Map((this.known()?.metrics ?? []).map((metric) => [metric.id, metric])));
  /** Those in force; empty before they are read, and where they cannot be. */
  readonly segments = this.published.asReadonly();
  readonly overview = new Part<MetricOverview>();
  readonly series = new Part<MetricSeries>();
  readonly moved = new Part<MetricMoved>();
  readonly breakdown = new Part<MetricBreakdown>();

  /** Reads the definitions once; the page shows nothing before it knows them. */
  async open(): Promise<void> {
    try {
      this.known.set(await this.api.registry());
    } catch (error) {
      this.overview.fail(ApiProblem.from(error));
    }
  }

  /** Without them the page lacks a choice and nothing else: what failed is not said. */
  async loadSegments(): Promise<void> {
    this.published.set(await this.api.segments().catch(() => []));
  }

  loadTiles(question: Question): Promise<void> {
    return this.overview.load((signal) => this.api.overview(question, signal));
  }

  loadSeries(metric: string, question: Question): Promise<void> {
    return this.series.load((signal) => this.api.series(metric, question, signal));
  }

  loadMoved(metric: string, by: string, question: Question): Promise<void> {
    return this.moved.load((signal) => this.api.moved(metric, by, question, signal));
  }

  loadBreakdown(metric: string, by: string, question: Question): Promise<void> {
    return this.breakdown.load((signal) => this.api.breakdown(metric, by, beside(metric), question, signal));
  }
}
