import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { bucketFor, bucketStart, dimensions, metrics, nextBucketStart, tiles, type Dimension } from '@throughline/domain-metrics';
import { Database } from '@throughline/database';
import { Problem } from '@throughline/service';
import type { z } from 'zod';
import { AuditTrail } from '../access/audit-trail';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { Who } from '../access/who';
import { readRequest } from '../read-request';
import { answerBreakdown, answerMoved } from './answer-breakdown';
import { answerTiles } from './answer-overview';
import { answerSeries } from './answer-series';
import { countedRowOf, cursorOf, readCursor } from './counted-rows';
import { isSuppressed } from './figures';
import { FileExports } from './file-exports';
import { KeptFacts } from './kept-facts';
import type { BreakdownAnswer, MovedAnswer, OverviewAnswer, registryAnswer, RowsAnswer, SeriesAnswer } from './metric-answers';
import { askedAnswer, knownMetric, MetricQuestions, type MetricQuestion } from './metric-questions';
import { breakdownQuery, csvQuery, movedQuery, overviewQuery, rowsQuery, seriesQuery, type RowsQuery } from './metric-requests';
import type { MomentSums, Span } from './metric-statements';
import { MetricStore, positionOf } from './metric-store';
import { NewestFacts } from './newest-facts';
import { RecentAnswers } from './recent-answers';
import { refusalOf } from './row-conditions';
import type { RowsAsking } from './row-statements';
import { csvHead, csvLines } from './rows-as-csv';

const rowsOfFileAtOnce = 5_000;

/** Every number of the house, by the one registry: the tiles, one over time, cut, explained, and the rows that it counts. */
@Controller('v1/metrics')
@Needs('kpi.read')
export class MetricsController {
  private readonly files = new FileExports();

  constructor(
    private readonly store: MetricStore,
    private readonly questions: MetricQuestions,
    private readonly newest: NewestFacts,
    private readonly recent: RecentAnswers,
    private readonly kept: KeptFacts,
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  @Get()
  registry(): z.infer<typeof registryAnswer> {
    return {
      metrics: metrics.map(({ id, version, title, unit, of, ink, better, row, formula, numerator, denominator, exclusions, minimumN, notBy }) => ({
        ...{ id, version, title, unit, of, ink, better, row, formula, numerator, denominator, minimumN },
        exclusions: Object.values<string>(exclusions),
        notBy: [...notBy],
      })),
      tiles: tiles.map(({ id }) => id),
      dimensions: [...dimensions],
    };
  }

  @Get('overview')
  async overview(@Query() query: unknown, @Who() who: Principal): Promise<OverviewAnswer> {
    const now = Date.now();
    const question = await this.questions.resolve(readRequest(overviewQuery, query), who, 'kpi.read', now);
    const { period, compared, zone, choice } = question;
    return this.recent.get(JSON.stringify(['overview', period, compared, zone, choice, question.range]), async () => {
      const freshness = await this.newest.freshness(now);
      const { sums, asked } = await this.summed(question);
      return { asked: askedAnswer(asked), freshness, tiles: await answerTiles(sums, asked) };
    });
  }

  @Get(':id/series')
  async series(@Param('id') id: string, @Query() query: unknown, @Who() who: Principal): Promise<SeriesAnswer> {
    const metric = knownMetric(id);
    const question = await this.questions.resolve(readRequest(seriesQuery, query), who, 'kpi.read', Date.now());
    refuse(refusalOf(metric, question.choice));
    const { sums, asked } = await this.summed(question);
    return { asked: askedAnswer(asked), metric: id, ...(await answerSeries(sums, asked, metric)) };
  }

  @Get(':id/breakdown')
  async breakdown(@Param('id') id: string, @Query() query: unknown, @Who() who: Principal): Promise<BreakdownAnswer> {
    const metric = knownMetric(id);
    const { by, with: further, ...rest } = readRequest(breakdownQuery, query);
    const question = await this.questions.resolve(rest, who, 'kpi.read', Date.now());
    refuse(refusalOf(metric, question.choice, by));
    const { sums, asked } = await this.summed(question, by);
    return { asked: askedAnswer(asked), metric: id, by, ...(await answerBreakdown({ sums, store: this.store }, asked, metric, by, further.map(knownMetric))) };
  }

  @Get(':id/moved')
  async moved(@Param('id') id: string, @Query() query: unknown, @Who() who: Principal): Promise<MovedAnswer> {
    const metric = knownMetric(id);
    const { by, ...rest } = readRequest(movedQuery, query);
    if (by === 'segment')
      throw new Problem(400, 'The request is not as it should be', '/by: a customer may be in several segments, so their parts would not sum to the change');
    const question = await this.questions.resolve(rest, who, 'kpi.read', Date.now());
    refuse(refusalOf(metric, question.choice, by));
    if (question.compared === null)
      throw new Problem(400, 'The request is not as it should be', '/compare: what moved a number needs a period to compare with');
    const { sums, asked } = await this.summed(question, by);
    return { asked: askedAnswer(asked), metric: id, by, ...(await answerMoved({ sums, store: this.store }, asked, metric, by)) };
  }

  @Get(':id/rows')
  @Needs('kpi.rows')
  async rows(@Param('id') id: string, @Query() query: unknown, @Who() who: Principal): Promise<RowsAnswer> {
    const { limit, page, cursor, ...rest } = readRequest(rowsQuery, query);
    const { question, asking } = await this.rowsAsking(id, rest, who, 'kpi.rows');
    const position = cursor === undefined ? undefined : readCursor(cursor);
    if (cursor !== undefined && !position) throw new Problem(400, 'The cursor is not one of ours', 'Take it from the last answer, or leave it out.');
    const { n, sum, rows } = await this.store.page(asking, limit + 1, position ?? (page - 1) * limit);
    const hidden = isSuppressed(asking.metric, n, question.isPart || rest.bucket !== undefined);
    const shown = hidden ? [] : rows.slice(0, limit);
    const last = shown.at(-1);
    const agents = await this.store.namesOf(
      'agent',
      shown.flatMap(({ agent }) => agent ?? []),
    );
    return {
      asked: askedAnswer(question),
      metric: id,
      total: hidden ? 0 : n,
      sum: hidden ? 0 : sum,
      rows: shown.map((row) => countedRowOf(asking.metric, row)),
      agents: Object.fromEntries(agents),
      cursor: last && rows.length > limit ? cursorOf(positionOf(last)) : null,
      isSuppressed: hidden,
    };
  }

  /** All rows: never cut, as of one instant. Taking them along is audited. */
  @Get(':id/rows.csv')
  @Needs('rows.export')
  async csv(@Param('id') id: string, @Query() query: unknown, @Who() who: Principal): Promise<StreamableFile> {
    const rest = readRequest(csvQuery, query);
    const { question, asking } = await this.rowsAsking(id, rest, who, 'rows.export');
    const { n } = await this.store.page(asking, 1);
    const isHidden = isSuppressed(asking.metric, n, question.isPart || rest.bucket !== undefined);
    const details = { rows: isHidden ? 0 : n, filter: rest };
    await this.database.inTransaction((tx) => this.audit.record(tx, who, { action: 'metric.exported', target: `metric:${id}`, details }));
    const file = await this.files.make(who.userId, async (write) => {
      await write(csvHead);
      if (!isHidden) await this.store.everyRow(asking, rowsOfFileAtOnce, (rows) => write(csvLines(asking.metric, rows)));
    });
    const { firstDay, lastDay } = question.period;
    return new StreamableFile(file, {
      type: 'text/csv; charset=utf-8; header=present',
      disposition: `attachment; filename="${id}-v${asking.metric.version}_${firstDay}_${lastDay}.csv"`,
    });
  }

  /** Who sums this question, and the question as of the moment of which the sums are. */
  private async summed(question: MetricQuestion, by?: Dimension): Promise<{ sums: MomentSums; asked: MetricQuestion }> {
    const kept = await this.kept.now(question.choice, by);
    return kept ? { sums: kept, asked: { ...question, asOf: kept.asOf } } : { sums: this.store, asked: question };
  }

  private async rowsAsking(
    id: string,
    { only, bucket, ...query }: RowsQuery,
    who: Principal,
    permission: 'kpi.rows' | 'rows.export',
  ): Promise<{ question: MetricQuestion; asking: RowsAsking }> {
    const metric = knownMetric(id);
    const question = await this.questions.resolve(query, who, permission, Date.now());
    refuse(refusalOf(metric, question.choice));
    const { choice, asOf } = question;
    return { question, asking: { metric, choice, asOf, only, span: spanOf(question, bucket) } };
  }
}

/** The period, or the one of its bars that begins at `bucket`. */
function spanOf({ period, zone }: MetricQuestion, bucket: number | undefined): Span {
  const { from, until, days } = period;
  if (bucket === undefined) return { key: 'rows', from, until };
  const size = bucketFor(days);
  if (bucketStart(bucket, size, zone) !== bucket || bucket >= until)
    throw new Problem(400, 'The request is not as it should be', '/bucket: no bar of this period begins then');
  return { key: 'rows', from: Math.max(from, bucket), until: Math.min(until, nextBucketStart(bucket, size, zone)) };
}

function refuse(why: string | undefined): void {
  if (why !== undefined) throw new Problem(422, 'This number cannot be cut so', why);
}
