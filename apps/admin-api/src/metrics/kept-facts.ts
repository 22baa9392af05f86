import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Instant } from '@throughline/contracts';
import { Database, type Transaction } from '@throughline/database';
import { rowKinds, type Bucket, type Dimension, type RowKind } from '@throughline/domain-metrics';
import { Log, Metrics, SETTINGS } from '@throughline/service';
import type { AdminApiSettings } from '../settings';
import { groupedBy } from './grouped-by';
import { countFacts, readAllFacts, readFactsOf, readSnapshot, readWhoChanged } from './kept-reading';
import { KeptRows, Names, type KeptDimension, type KeptFact } from './kept-rows';
import { keptPeriods, keptSpans, keptTiles, type Cut, type Marks } from './kept-sums';
import type { Asking, Line, MomentRow, MomentSums, Span } from './metric-statements';
import { bucketSpans } from './metric-store';
import type { RowChoice } from './row-conditions';

/** When more customers have changed than this, all is read again. */
const mostChanged = 5_000;
/** Facts that nobody asked about for so long are let go. */
const idleMs = 15 * 60_000;
/** While somebody asks, what changes is read beside, so that an answer needs to read little. */
const besideMs = 200;
const askedLatelyMs = 10_000;
/** What failed, or did not fit, is not tried again for as many times as long as it took. */
const restTimes = 10;

interface Kept {
  readonly names: Names;
  readonly customers: Map<string, number>;
  readonly rows: Readonly<Record<RowKind, KeptRows>>;
  /** Xmin of the snapshot they are of. */
  since: string;
  asOf: Instant;
  /** When the first row will count otherwise. */
  turnsAt: Instant;
}

/** The facts of one moment; to be asked at once, before anything else is waited for. */
export interface KeptMoment extends MomentSums {
  readonly asOf: Instant;
  spans(asking: Asking, spans: readonly Span[], by?: Dimension): MomentRow[];
  buckets(asking: Asking, span: Span, bucket: Bucket, zone: string): MomentRow[];
  tiles(asking: Asking, spans: readonly Span[], line: Line): MomentRow[];
}

/**
 * The facts that numbers are summed of, kept in memory as columns of numbers while somebody looks at them: a sum over a million rows takes milliseconds here and a second in
 * the database. Exact: before every answer the customers whose facts changed since are read again, by the transaction that wrote them last, and rows that count otherwise
 * because time went by. Where they are not there (yet), or were too many, the database answers.
 */
@Injectable()
export class KeptFacts implements OnModuleDestroy {
  private kept: Kept | undefined;
  private loading: Promise<void> | undefined;
  private loadNotBefore = 0;
  private updating: Promise<Kept | undefined> = Promise.resolve(undefined);
  private queued: Promise<Kept | undefined> | undefined;
  private idle: NodeJS.Timeout | undefined;
  private beside: NodeJS.Timeout | undefined;
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
    @Inject(SETTINGS) private readonly settings: Pick<AdminApiSettings, 'KEPT_FACT_ROWS'>,
    metrics: Metrics,
  ) {
    metrics.gauge('tl_kept_fact_rows', 'Rows of facts that numbers are summed of in memory', [], (gauge) => gauge.set(this.filled()));
  }

  onModuleDestroy(): void {
    this.letGo();
  }

  /** The facts as they are now, to be cut by no other dimension than `by`; nothing when the database must answer. Reads them in the background when they are not there. */
  async now(choice: RowChoice, by?: Dimension): Promise<KeptMoment | undefined> {
    if ('segment' in choice.filters || by === 'segment' || this.settings.KEPT_FACT_ROWS === 0) return undefined;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.letGo(), idleMs).unref();
    this.askedAt = performance.now();
    if (!this.kept) return void this.load();
    const teams = 'team' in choice.filters || by === 'team' ? await this.readTeams() : new Map<string, string>();
    const kept = await this.update();
    return kept && momentOf(kept, marksOf(kept.names, choice, teams), teams);
  }

  /** Reads all facts, unless that is being done or was done a moment ago. What is kept until then goes on to answer. */
  load(): Promise<void> {
    if (this.loading) return this.loading;
    if (performance.now() < this.loadNotBefore) return Promise.resolve();
    const startedAt = performance.now();
    this.loading = this.database
      .inTransaction((tx) => this.readAll(tx))
      .then((kept) => {
        this.kept = kept;
        this.log.info({ rows: this.filled(), ms: Math.round(performance.now() - startedAt) }, 'facts are kept in memory');
      })
      .catch((error: unknown) => this.log.warn({ err: error }, 'facts are not kept, the database answers'))
      .finally(() => {
        this.loading = undefined;
        this.loadNotBefore = performance.now() + restTimes * (performance.now() - startedAt);
      });
    return this.loading;
  }

  private letGo(): void {
    clearTimeout(this.idle);
    clearTimeout(this.beside);
    this.kept = undefined;
  }

  private filled(): number {
    return this.kept ? rowKinds.reduce((sum, kind) => sum + this.kept!.rows[kind].filled, 0) : 0;
  }

  private async readAll(tx: Transaction): Promise<Kept> {
    await tx.execute('set transaction isolation level repeatable read, read only');
    const counts = new Map<RowKind, number>();
    for (const kind of rowKinds) counts.set(kind, await countFacts(tx, kind));
    const count = [...counts.values()].reduce((sum, n) => sum + n, 0);
    if (count > this.settings.KEPT_FACT_ROWS) throw new RangeError(`There are ${count} rows of facts, more than are kept.`);
    const names = new Names();
    const rows = Object.fromEntries(rowKinds.map((kind) => [kind, new KeptRows(kind, names, counts.get(kind)!)])) as Record<RowKind, KeptRows>;
    const kept: Kept = { names, customers: new Map(), rows, ...(await readSnapshot(tx)), asOf: Date.now(), turnsAt: 0 };
    for (const kind of rowKinds)
      await readAllFacts(tx, kind, (facts) => {
        for (const fact of facts) rows[kind].add(numberOf(kept, fact.customerId), fact, kept.asOf);
      });
    return kept;
  }

  /** Brings what is kept up to a moment after this call. Those who call before its look at the database share it, those who call later the next one. */
  private update(): Promise<Kept | undefined> {
    this.queued ??= this.updating = this.updating
      .then(() => this.bringUpToDate())
      .catch((error: unknown) => {
        this.log.warn({ err: error }, 'kept facts could not be brought up to date, the database answers');
        this.queued = undefined;
        this.kept = undefined;
        return undefined;
      })
      .finally(() => this.followBeside());
    return this.queued;
  }

  private followBeside(): void {
    clearTimeout(this.beside);
    if (this.kept && performance.now() - this.askedAt < askedLatelyMs) this.beside = setTimeout(() => void this.update(), besideMs).unref();
  }

  private async bringUpToDate(): Promise<Kept | undefined> {
    const { kept } = this;
    if (!kept) return (this.queued = undefined);
    return this.database.inTransaction(async (tx) => {
      await tx.execute('set transaction isolation level repeatable read, read only');
      this.queued = undefined;
      const { since } = await readSnapshot(tx);
      // A clock may be set back, and a database be replaced by an older one.
      const asOf = Math.max(kept.asOf, Date.now());
      const changed = BigInt(since) < BigInt(kept.since) ? undefined : await this.changedSince(tx, kept, asOf);
      if (!changed || changed.ids.length > mostChanged) return (this.kept = undefined);
      const read: (readonly [RowKind, Map<string, KeptFact[]>])[] = [];
      if (changed.ids.length > 0)
        for (const kind of rowKinds) read.push([kind, groupedBy(await readFactsOf(tx, kind, changed.ids), ({ customerId }) => customerId)]);
      // From here on nothing is waited for: whoever asks sees all of it or nothing.
      let { turnsAt } = changed;
      for (const [kind, facts] of read)
        for (const id of changed.ids) turnsAt = Math.min(turnsAt, kept.rows[kind].replaceOf(numberOf(kept, id), facts.get(id) ?? [], asOf));
      Object.assign(kept, { since, asOf, turnsAt });
      if (rowKinds.some((kind) => kept.rows[kind].isOutOfOrder)) void this.load();
      return kept;
    });
  }

  /** Whose rows must be read again, and otherwise when the next one must. */
  private async changedSince(tx: Transaction, kept: Kept, asOf: Instant): Promise<{ ids: string[]; turnsAt: Instant }> {
    const ids = new Set(await readWhoChanged(tx, kept.since));
    if (kept.turnsAt > asOf) return { ids: [...ids], turnsAt: kept.turnsAt };
    const turned = new Set<number>();
    const turnsAt = Math.min(...rowKinds.map((kind) => kept.rows[kind].turned(asOf, turned)));
    if (turned.size > 0) for (const [id, number] of kept.customers) if (turned.has(number)) ids.add(id);
    return { ids: [...ids], turnsAt };
  }

  private async readTeams(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ agent: string; team: string }>(
      'select agent_id as agent, team_id::text as team from admin_api.agent where team_id is not null',
    );
    return new Map(rows.map(({ agent, team }) => [agent, team]));
  }
}

function numberOf({ customers }: Kept, id: string): number {
  let number = customers.get(id);
  if (number === undefined) customers.set(id, (number = customers.size));
  return number;
}

/** The same choice as `conditionsOf` makes. */
function marksOf(names: Names, { filters, agents }: RowChoice, teams: ReadonlyMap<string, string>): Marks {
  const marks = (Object.entries(filters) as [Dimension, readonly (string | null)[]][]).map(([dimension, list]): [KeptDimension, Uint8Array] => {
    const chosen = new Set(list);
    if (dimension === 'team') return ['agent', names.chosen((agent) => chosen.has((agent === null ? undefined : teams.get(agent)) ?? null))];
    return [dimension as KeptDimension, names.chosen((name) => chosen.has(name))];
  });
  const own = new Set(agents);
  return agents === null ? marks : [...marks, ['agent', names.chosen((name) => name !== null && own.has(name))]];
}

/** The same cut as `sliceOf` makes. */
function cutOf(names: Names, by: Dimension, teams: ReadonlyMap<string, string>): Cut {
  if (by !== 'team') return { dimension: by as KeptDimension, slices: names.all() };
  return { dimension: 'agent', slices: names.all().map((agent) => (agent === null ? null : (teams.get(agent) ?? null))) };
}

function momentOf(kept: Kept, marks: Marks, teams: ReadonlyMap<string, string>): KeptMoment {
  const customers = kept.customers.size;
  const spansOf = ({ metrics }: Asking, spans: readonly Span[], by?: Dimension): MomentRow[] => {
    const { row, datedBy } = metrics[0]!;
    const cut = by && cutOf(kept.names, by, teams);
    if (datedBy === 'period') return keptPeriods(kept.rows[row], metrics, marks, spans, kept.asOf, cut);
    return keptSpans(kept.rows[row], customers, metrics, datedBy, marks, spans, cut);
  };
  return {
    asOf: kept.asOf,
    spans: spansOf,
    buckets: (asking, span, bucket, zone) => spansOf(asking, bucketSpans(span, bucket, zone)),
    tiles: ({ metrics }, spans, { span, bucket, zone }) => {
      const { row, datedBy } = metrics[0]!;
      const line = bucketSpans(span, bucket, zone);
      if (datedBy === 'period') return keptPeriods(kept.rows[row], metrics, marks, [...spans, ...line], kept.asOf);
      return keptTiles(kept.rows[row], customers, metrics, datedBy, marks, spans, line);
    },
  };
}
