import { journeyChanged, type Correction, type HierarchySettings } from '@throughline/contracts';
import { TransientError, type Database, type Transaction } from '@throughline/database';
import { buildJourney, type Journey } from '@throughline/domain-hierarchy';
import { bisect } from '@throughline/messaging';
import type { Readiness } from '@throughline/service';
import { correctionsInForce } from './corrections-in-force';
import { lockDueCustomers, saveFailures, saveHeads, type FailedCustomer, type LockedCustomer } from './due-customers';
import { readEvents, readOwnedRefs, type OwnedEvents, type OwnedRef } from './event-reader';
import { readJourneyRows, saveJourneys } from './journey-store';
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
    const refs = await readOwnedRefs(
      tx,
      due.map(({ customerId }) => customerId),
    );
    const { now, refsNow, left } = this.fitting(due, refs);
    const events = await readEvents(tx, refsNow);
    const corrections = await correctionsInForce(tx, () => refsNow.map(({ eventId }) => eventId));
    const built = this.decide(now, events, corrections, settings);
    const good = new Map(built.journeys.map((journey) => [journey.customerId, journey]));
    const rebuilt = now.filter(({ customerId, builtRevision }) => builtRevision > 0 && good.has(customerId)).map(({ customerId }) => customerId);
    const stored = await readJourneyRows(tx, rebuilt);
    const rowsWritten = await saveJourneys(tx, stored, built.journeys);
    await saveHeads(
      tx,
      now.flatMap((customer) => {
        const journey = good.get(customer.customerId);
        return journey ? [headOf(customer, journey)] : [];
      }),
    );
    await saveFailures(tx, built.failures);
    await tx.publish(journeyChanged, { customerIds: now.map(({ customerId }) => customerId) });
    const rowsRead = refs.length + refsNow.length + now.length + stored.reduce((sum, rows) => sum + rows.length, 0);
    tx.afterCommit(() => {
      this.observer.built({ customers: now.length, events: refsNow.length, rowsRead, rowsWritten, ms: performance.now() - startedAt });
      for (const failure of built.failures) this.observer.failed(failure);
    });
    return { heldElsewhere, left };
  }

  /** The customers, in order, whose events fit into one transaction: at least one. */
  private fitting(due: readonly LockedCustomer[], refs: readonly OwnedRef[]): { now: LockedCustomer[]; refsNow: readonly OwnedRef[]; left: string[] } {
    if (refs.length <= this.limits.events) return { now: [...due], refsNow: refs, left: [] };
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

  private decide(
    customers: readonly LockedCustomer[],
    events: ReadonlyMap<string, OwnedEvents>,
    corrections: readonly Correction[],
    settings: HierarchySettings,
  ): { journeys: Journey[]; failures: FailedCustomer[] } {
    const journeys: Journey[] = [];
    const failed: FailedCustomer[] = [];
    for (const { customerId, revision } of customers) {
      const owned = events.get(customerId) ?? { events: [], missing: null };
      try {
        if (owned.missing) throw new Error(`event ${owned.missing} has an owner but is not stored`);
        journeys.push(buildJourney({ customerId, events: owned.events, corrections, settings }));
      } catch (error) {
        failed.push({ customerId, revision, reason: reasonOf(error) });
      }
    }
    if (customers.length >= failures.batch) this.refuseIfOurs(failed, customers.length);
    return { journeys, failures: failed };
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
    tx.afterCommit(() => failed.forEach((failure) => this.observer.failed(failure)));
  }
}

function headOf(customer: LockedCustomer, journey: Journey): Parameters<typeof saveHeads>[1][number] {
  let events = 0;
  let lastAt: number | null = null;
  for (const transaction of journey.transactions) {
    events += transaction.events.length;
    if (lastAt === null || transaction.endAt > lastAt) lastAt = transaction.endAt;
  }
  return {
    customerId: customer.customerId,
    revision: customer.revision,
    settingsVersion: journey.settingsVersion,
    events,
    firstAt: journey.anchor?.occurredAt ?? null,
    lastAt,
  };
}

/** The error's own words, without a stack and without anything that came from a customer. */
function reasonOf(error: unknown): string {
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  return code ? `${name ?? 'Error'} ${code}` : `${name ?? 'Error'}: ${(message ?? String(error)).slice(0, 200)}`;
}
