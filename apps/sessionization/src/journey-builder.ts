import { journeyChanged } from '@throughline/contracts';
import { TransientError, type Database, type Transaction } from '@throughline/database';
import { noLookups } from '@throughline/domain-hierarchy';
import { bisect } from '@throughline/messaging';
import type { Readiness } from '@throughline/service';
import { correctionsInForce } from './corrections-in-force';
import { lockDueCustomers, saveFailures, type FailedCustomer, type LockedCustomer } from './due-customers';
import { readChangedWindows, readEvents, readOwnedRefs, readRefsInWindows, type OwnedRef } from './event-reader';
import { readLookups } from './journey-lookups';
import { Batch, reasonOf } from './batch';
import { readStates } from './journey-store';
import { forgetState } from './journey-writes';
import { activeSettings } from './settings-versions';

export interface BuildLimits {
  /** Customers in one transaction. */
  readonly customers: number;
  /** Events in one transaction; a customer with more goes alone. */
  readonly events: number;
}

/** What one transaction did, for metrics. */
export interface BuildFacts {
  readonly customers: number;
  /** Of them, those that were built from all their events. */
  readonly full: number;
  /** Events loaded. */
  readonly events: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly ms: number;
}

export interface BuildObserver {
  built(facts: BuildFacts): void;
  failed(failure: FailedCustomer): void;
}

interface Outcome {
  /** Locked by another worker: they are due still. */
  readonly heldElsewhere: readonly string[];
  /** Too many events for this transaction: the next one takes them. */
  readonly left: readonly string[];
}

/** Of a batch of at least this many customers, at most this share may fail. More is a bug of ours and not poison: nothing is saved, and the batch comes again. */
const failures = { batch: 20, perMille: 50 };

/** Brings customers up to identity's revision: locks those that are due, loads their events, asks the rule, writes the difference. */
export class JourneyBuilder {
  constructor(
    private readonly database: Database,
    private readonly observer: BuildObserver,
    private readonly readiness: Pick<Readiness, 'refuse' | 'accept'>,
    private readonly limits: BuildLimits = { customers: 400, events: 20_000 },
  ) {}

  /** Builds those of the customers that are due. Gives those that another worker holds; throws a transient error when nothing can be saved now. */
  async build(customerIds: readonly string[]): Promise<string[]> {
    const heldElsewhere: string[] = [];
    for (let start = 0; start < customerIds.length; start += this.limits.customers) {
      let waiting: readonly string[] = customerIds.slice(start, start + this.limits.customers);
      while (waiting.length > 0) {
        const batch = waiting;
        const left: string[] = [];
        const poison = await bisect(batch, async (part) => {
          const outcome = await this.database.inTransaction((tx) => this.buildBatch(tx, part));
          left.push(...outcome.left);
          heldElsewhere.push(...outcome.heldElsewhere);
        });
        for (const { item, error } of poison) await this.database.inTransaction((tx) => this.setAside(tx, item, error));
        waiting = left;
      }
    }
    return heldElsewhere;
  }

  private async buildBatch(tx: Transaction, customerIds: readonly string[]): Promise<Outcome> {
    const startedAt = performance.now();
    const settings = await activeSettings(tx);
    const { due, heldElsewhere } = await lockDueCustomers(tx, customerIds, settings.version);
    if (due.length === 0) return { heldElsewhere, left: [] };
    const batch = new Batch(settings, await correctionsInForce(tx));
    const { now, left } = await this.load(tx, batch, due);
    await this.decide(tx, batch, now);
    if (now.length >= failures.batch) this.refuseIfOurs(batch.failures, now.length);
    const rowsWritten = await batch.save(tx, now);
    await tx.publish(journeyChanged, { customerIds: now.map(({ customerId }) => customerId) });
    tx.afterCommit(() => {
      this.observer.built({
        customers: now.length,
        full: batch.journeys.length,
        events: batch.eventsRead,
        rowsRead: batch.rowsRead + now.length,
        rowsWritten,
        ms: performance.now() - startedAt,
      });
      for (const failure of batch.failures) this.observer.failed(failure);
    });
    return { heldElsewhere, left };
  }

  /** Loads what the customers need, as many of them as fit, at least one: the changed span and what was kept, or else all their events. */
  private async load(tx: Transaction, batch: Batch, due: readonly LockedCustomer[]): Promise<{ now: readonly LockedCustomer[]; left: string[] }> {
    const hopeful = due.filter(({ builtRevision, settingsVersion, flagged }) => builtRevision > 0 && settingsVersion === batch.settings.version && !flagged);
    const states = await readStates(
      tx,
      hopeful.map(({ customerId }) => customerId),
    );
    const windows = await readChangedWindows(
      tx,
      hopeful.filter(({ customerId }) => states.get(customerId)?.tail),
    );
    const changes = new Map(windows.map((window) => [window.customerId, window]));
    const late = new Set(windows.filter(({ customerId, fromAt }) => fromAt < states.get(customerId)!.safeFrom).map(({ customerId }) => customerId));
    for (const customerId of late) changes.delete(customerId);
    const rest = due.filter(({ customerId }) => !changes.has(customerId)).map(({ customerId }) => customerId);
    const refs = [...(await readRefsInWindows(tx, [...changes.values()])), ...(await readOwnedRefs(tx, rest))];
    const { now, refsNow, left } = this.fitting(due, refs);
    batch.take(states, changes, late, refsNow, await readEvents(tx, refsNow));
    batch.rowsRead += states.size + windows.length + refs.length + refsNow.length;
    return { now, left };
  }

  /** Asks the rule for each customer: for the change where what was kept allows it, else for everything. */
  private async decide(tx: Transaction, batch: Batch, now: readonly LockedCustomer[]): Promise<void> {
    const wanted = now.flatMap((customer) => batch.wantedBy(customer));
    const { found, rows } = await readLookups(tx, wanted);
    batch.rowsRead += rows;
    const again = now.filter((customer) => batch.change(customer, found.get(customer.customerId) ?? noLookups) === 'rebuild');
    const missing = again.filter(({ customerId }) => batch.hasOnlyWindowOf(customerId)).map(({ customerId }) => customerId);
    if (missing.length > 0) {
      const refs = await readOwnedRefs(tx, missing);
      batch.takeAll(missing, refs, await readEvents(tx, refs));
      batch.rowsRead += 2 * refs.length;
    }
    for (const customer of again) batch.rebuild(customer);
  }

  /** The customers, in order, whose events fit into one transaction: at least one. */
  private fitting(due: readonly LockedCustomer[], refs: readonly OwnedRef[]): { now: readonly LockedCustomer[]; refsNow: readonly OwnedRef[]; left: string[] } {
    if (refs.length <= this.limits.events) return { now: due, refsNow: refs, left: [] };
    const counts = new Map<string, number>();
    for (const { customerId } of refs) counts.set(customerId, (counts.get(customerId) ?? 0) + 1);
    const now: LockedCustomer[] = [];
    let total = 0;
    for (const customer of due) {
      const count = counts.get(customer.customerId) ?? 0;
      if (now.length > 0 && total + count > this.limits.events) continue;
      now.push(customer);
      total += count;
    }
    const taken = new Set(now.map(({ customerId }) => customerId));
    const left = due.filter(({ customerId }) => !taken.has(customerId)).map(({ customerId }) => customerId);
    return { now, refsNow: refs.filter(({ customerId }) => taken.has(customerId)), left };
  }

  /** Poison is rare. When many fail it is a bug of ours: this service takes no more until a batch succeeds, and the broker keeps what waits. */
  private refuseIfOurs(failed: readonly FailedCustomer[], of: number): void {
    if (failed.length * 1000 <= of * failures.perMille) return this.readiness.accept('rule');
    const reason = `the hierarchy rule failed for ${failed.length} of ${of} customers`;
    this.readiness.refuse('rule', reason);
    throw new TransientError(`${reason}: ${failed[0]!.reason}`);
  }

  /** A customer whose rows alone cannot be saved. */
  private async setAside(tx: Transaction, customerId: string, error: unknown): Promise<void> {
    const settings = await activeSettings(tx);
    const { due } = await lockDueCustomers(tx, [customerId], settings.version);
    const failed = due.map(({ revision }) => ({ customerId, revision, reason: reasonOf(error) }));
    await saveFailures(tx, failed);
    await forgetState(tx, [customerId]);
    tx.afterCommit(() => failed.forEach((failure) => this.observer.failed(failure)));
  }
}
