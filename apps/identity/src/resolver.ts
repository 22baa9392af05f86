import { customerChanged, type AuditNote, type Decision, type IdentitySettings } from '@throughline/contracts';
import { poison, recordChange, TransientError, type Database, type Transaction } from '@throughline/database';
import {
  absorb,
  newest,
  readDecisions,
  readEvent,
  useNamedBy,
  World,
  groupHouseholds,
  type EventFacts,
  type IdentityChange,
  type Outcome,
  type StandingDecisions,
} from '@throughline/domain-identity';
import { bisect } from '@throughline/messaging';
import type { Readiness } from '@throughline/service';
import { v7 as uuidv7 } from 'uuid';
import { saveOutcome } from './outcome-store';
import { SoleWorker } from './sole-worker';
import { Tail } from './tail';
import { loadEvents, loadNeed, loadUnresolved } from './world-loader';

/** What one transaction did, for metrics. */
export interface ResolveFacts {
  readonly events: number;
  readonly moved: number;
  readonly customers: number;
  readonly ms: number;
}

export interface ResolveObserver {
  resolved(facts: ResolveFacts): void;
  failed(eventId: string, error: unknown): void;
}

export interface ResolveLimits {
  /** Events in one transaction. */
  readonly events: number;
  readonly leaseMs: number;
  /** Events after which sightings and carriers are written together. */
  readonly flushEvents: number;
}

/** Of a batch of at least this many events, at most this share may fail. More is a bug of ours and not poison: nothing is set aside, and the batch comes again. */
const failures = { batch: 20, share: 0.05 };
/** Values and carriers remembered from one change to the next, at most. */
const remembered = 300_000;

/** Resolves events and applies decisions: loads what they touch, asks the rule, writes the difference and rings, one transaction each. */
export class Resolver {
  private readonly world: World;
  private readonly worker: SoleWorker;
  private readonly tail = new Tail();
  /** The decisions are loaded, and what was not written before is recovered. */
  private isReady = false;
  /** Some events may be set aside. */
  private hasFailures = true;

  constructor(
    private readonly database: Database,
    private readonly observer: ResolveObserver,
    private readonly readiness: Pick<Readiness, 'refuse' | 'accept'>,
    private readonly settings: IdentitySettings,
    private readonly limits: ResolveLimits = { events: 2_000, leaseMs: 10_000, flushEvents: 20_000 },
  ) {
    this.world = new World(readDecisions([], settings));
    this.worker = new SoleWorker(database, limits.leaseMs, () => this.forget());
  }

  /** Resolves those of the events that are not, or not at their present revision. Throws a transient error when nothing can be saved now. */
  resolve(eventIds: readonly string[]): Promise<void> {
    return this.worker.run(async () => {
      for (let start = 0; start < eventIds.length; start += this.limits.events) await this.resolveBatch(eventIds.slice(start, start + this.limits.events));
    });
  }

  /** Changes the decisions by `write`, in one transaction with all that follows from it. */
  decide<Reply extends { kind: string }>(
    write: (tx: Transaction) => Promise<{ reply: Reply; changed: boolean; known?: object }>,
    note?: AuditNote,
  ): Promise<Reply> {
    return this.worker.run(() =>
      this.whole(async (tx) => {
        await this.prepare(tx);
        const before = this.world.decisions;
        const { reply, changed, known } = await write(tx);
        if (!changed) return reply;
        await this.loadDecisions(tx);
        await this.apply(tx, { events: [], decisionsBefore: before });
        await recordChange(tx, note, reply.kind, { ...known });
        return reply;
      }),
    );
  }

  /** Writes what waits to be written together. */
  async flush(): Promise<void> {
    if (this.tail.events === 0) return;
    await this.worker.run(() =>
      this.whole(async (tx) => {
        await this.prepare(tx);
        await this.tail.flush(tx, this.world);
      }),
    );
  }

  /** Finishes what runs, writes what waits, and lets another worker take over. */
  async close(): Promise<void> {
    // What cannot be written now is recovered by the next worker.
    await this.flush().catch(() => undefined);
    await this.worker.release();
  }

  private async resolveBatch(eventIds: readonly string[]): Promise<void> {
    const failed = await bisect(eventIds, async (part) => {
      // After a fault, recovering is a transaction of its own: it need not be done again for each half of a poisoned batch.
      if (!this.isReady) await this.whole((tx) => this.prepare(tx));
      await this.whole((tx) => this.resolveIn(tx, part));
    });
    if (failed.length >= failures.batch * failures.share && failed.length > eventIds.length * failures.share && eventIds.length >= failures.batch) {
      const reason = `${failed.length} of ${eventIds.length} events failed`;
      this.readiness.refuse('rule', reason);
      throw new TransientError(`${reason}: that is no poison but a bug`, { cause: failed[0]!.error });
    }
    this.readiness.accept('rule');
    if (failed.length === 0) return;
    this.hasFailures = true;
    await this.database.inTransaction((tx) =>
      setAside(
        tx,
        failed.map(({ item, error }) => ({ eventId: item, reason: reasonOf(error) })),
      ),
    );
    for (const { item, error } of failed) this.observer.failed(item, error);
  }

  private async resolveIn(tx: Transaction, eventIds: readonly string[]): Promise<void> {
    await this.prepare(tx);
    const rows = await loadUnresolved(tx, this.world, eventIds);
    const facts: EventFacts[] = [];
    for (const body of rows) {
      poison(body.sourceEventId);
      facts.push(readEvent(body, this.settings));
    }
    await this.apply(tx, { events: newest(facts) });
  }

  private async apply(tx: Transaction, change: IdentityChange): Promise<void> {
    const startedAt = performance.now();
    const outcome = await this.absorb(tx, change);
    const customers = await saveOutcome(tx, this.world, this.tail, outcome);
    if (await this.householdsMayChange(tx, outcome, change)) await this.saveHouseholds(tx);
    if (this.hasFailures && change.events.length > 0)
      await tx.execute('delete from identity.failed_event where event_id = any($1::uuid[])', [`{${change.events.map(({ id }) => id).join(',')}}`]);
    if (this.tail.events >= this.limits.flushEvents) await this.tail.flush(tx, this.world);
    if (customers.length > 0) await tx.publish(customerChanged, { customerIds: customers });
    tx.afterCommit(() =>
      this.observer.resolved({
        events: outcome.owners.filter(({ arrived }) => arrived).length,
        moved: outcome.owners.filter(({ before, owner }) => before !== null && before.customerId !== owner.customerId).length,
        customers: customers.length,
        ms: performance.now() - startedAt,
      }),
    );
  }

  private async absorb(tx: Transaction, change: IdentityChange): Promise<Outcome> {
    const absorption = absorb(this.world, change, uuidv7, this.settings);
    for (let step = absorption.next(); ; step = absorption.next()) {
      if (step.done) return step.value;
      await loadNeed(tx, this.world, this.tail, step.value);
    }
  }

  /** One transaction; whatever it fails with, nothing of it is remembered. */
  private async whole<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database
      .inTransaction(async (tx) => {
        try {
          await this.worker.fence(tx);
          return await work(tx);
        } catch (error) {
          this.forget();
          throw error;
        }
      })
      .catch((error: unknown) => {
        // A commit that failed, or whose answer was lost, is as good as a failed one.
        this.forget();
        throw error;
      });
  }

  private async prepare(tx: Transaction): Promise<void> {
    this.world.beginChange();
    halve(this.world.values, remembered);
    halve(this.world.pairs, remembered);
    halve(this.world.seen, remembered / 4);
    // Carriers that are not written yet must not be forgotten.
    if (this.tail.events === 0) halve(this.world.carriers, remembered);
    if (this.isReady) return;
    await this.loadDecisions(tx);
    await this.recover(tx);
    const [failed] = await tx.query<{ some: boolean }>('select exists (select from identity.failed_event) as some');
    this.hasFailures = failed?.some ?? true;
    this.isReady = true;
  }

  /** Brings sightings and carriers up to the events that a worker resolved before it ended. */
  private async recover(tx: Transaction): Promise<void> {
    const rows = await tx.query<{ id: string }>('select distinct unnest(event_ids) as id from identity.unindexed');
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await loadEvents(tx, this.world, ids);
    const refold = this.tail.recover(ids.flatMap((id) => this.world.events.get(id)?.facts ?? []));
    await saveOutcome(tx, this.world, this.tail, await this.absorb(tx, { events: [], refold }));
    await this.tail.flush(tx, this.world);
    this.world.beginChange();
  }

  private async loadDecisions(tx: Transaction): Promise<void> {
    const rows = await tx.query<{ body: Decision }>('select body from identity.decision where withdrawn_at is null');
    this.world.decisions = readDecisions(
      rows.map(({ body }) => body),
      this.settings,
    );
  }

  private forget(): void {
    this.world.clear();
    this.tail.clear();
    this.isReady = false;
  }

  private async householdsMayChange(tx: Transaction, outcome: Outcome, change: IdentityChange): Promise<boolean> {
    const { households } = this.world.decisions;
    if (change.decisionsBefore) {
      const ids = (of: StandingDecisions): string =>
        of.households
          .map(({ id }) => id)
          .sort()
          .join();
      if (ids(change.decisionsBefore) !== ids(this.world.decisions)) return true;
    }
    if (households.length === 0) return false;
    const named = new Set(households.flatMap(({ a, b }) => [a, b]));
    return outcome.nodes.some(({ node }) => named.has(node.slice(0, node.lastIndexOf('#'))));
  }

  private async saveHouseholds(tx: Transaction): Promise<void> {
    const { households } = this.world.decisions;
    const missing = [...new Set(households.flatMap(({ a, b }) => [a, b]))].filter((key) => !this.world.values.has(key));
    if (missing.length > 0) await loadNeed(tx, this.world, this.tail, { values: missing });
    const customerOf = (key: string): string | null => {
      const uses = this.world.values.get(key)!;
      return uses[useNamedBy(uses, Infinity)]?.customerId ?? null;
    };
    const pairs = households.flatMap(({ a, b }) => {
      const [x, y] = [customerOf(a), customerOf(b)];
      return x !== null && y !== null && x !== y ? [[x, y] as const] : [];
    });
    const rows = [...groupHouseholds(pairs)].sort(([a], [b]) => (a < b ? -1 : 1));
    await tx.execute('delete from identity.household');
    await tx.copyInto('identity.household', ['customer_id', 'household_id'], rows);
  }
}

function halve(map: Map<string, unknown>, limit: number): void {
  if (map.size <= limit) return;
  let left = map.size >> 1;
  for (const key of map.keys()) {
    if (left-- <= 0) return;
    map.delete(key);
  }
}

async function setAside(tx: Transaction, events: readonly { eventId: string; reason: string }[]): Promise<void> {
  await tx.insertMany(
    'identity.failed_event',
    {
      event_id: { type: 'uuid', values: events.map(({ eventId }) => eventId) },
      reason: { type: 'text', values: events.map(({ reason }) => reason) },
      attempts: { type: 'integer', values: events.map(() => 1) },
      failed_at: { type: 'timestamptz', values: events.map(() => new Date().toISOString()) },
    },
    `on conflict (event_id) do update set reason = excluded.reason, attempts = identity.failed_event.attempts + 1, failed_at = excluded.failed_at`,
  );
}

/** What failed, without the values that a message of an error may quote. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? `${error.name} ${code}` : `${error.name}: ${error.message.replace(/\s+/gu, ' ').slice(0, 200)}`;
}
