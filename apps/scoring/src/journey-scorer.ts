import { scoreChanged } from '@throughline/contracts';
import { TransientError, type Database, type Transaction } from '@throughline/database';
import { bisect } from '@throughline/messaging';
import type { Readiness } from '@throughline/service';
import { lockDueCustomers, saveFailures, saveHeads, type FailedCustomer, type LockedCustomer } from './due-customers';
import { reasonOf } from './reason-of';
import { ScoreBatch } from './score-batch';
import { updateMembership } from './segments/update-membership';
import { activeSettings } from './settings-versions';

/** What one transaction did, for metrics. */
export interface ScoreFacts {
  readonly customers: number;
  /** Of them, those that were scored from all their events. */
  readonly whole: number;
  /** Events loaded. */
  readonly events: number;
  readonly rowsWritten: number;
  readonly ms: number;
}

export interface ScoreObserver {
  scored(facts: ScoreFacts): void;
  failed(failure: FailedCustomer): void;
}

/** Of a batch of at least this many customers, at most this share may fail. More is a bug of ours and not poison: nothing is saved, and the batch comes again. */
const failures = { batch: 20, perMille: 50 };

/** Brings customers' scores up to their hierarchy: locks those that are due, loads what changed and its neighbours, asks the rules, writes the difference. */
export class JourneyScorer {
  constructor(
    private readonly database: Database,
    private readonly observer: ScoreObserver,
    private readonly readiness: Pick<Readiness, 'refuse' | 'accept'>,
    private readonly customersAtOnce = 200,
  ) {}

  /** Scores those of the customers that are due. Gives those that another worker holds or whose hierarchy moved meanwhile; throws a transient error when nothing can be saved now. */
  async score(customerIds: readonly string[]): Promise<string[]> {
    const later: string[] = [];
    for (let start = 0; start < customerIds.length; start += this.customersAtOnce) {
      const batch = customerIds.slice(start, start + this.customersAtOnce);
      const poison = await bisect(batch, async (part) => {
        later.push(...(await this.database.inTransaction((tx) => this.scoreBatch(tx, part))));
      });
      for (const { item, error } of poison) await this.database.inTransaction((tx) => this.setAside(tx, item, error));
    }
    return later;
  }

  private async scoreBatch(tx: Transaction, customerIds: readonly string[]): Promise<string[]> {
    const startedAt = performance.now();
    const settings = await activeSettings(tx);
    const { due, heldElsewhere } = await lockDueCustomers(tx, customerIds, settings.version);
    if (due.length === 0) return [...heldElsewhere];
    const batch = new ScoreBatch(tx, settings);
    await batch.decide(due);
    if (due.length >= failures.batch) this.refuseIfOurs(batch.failures, due.length);
    const rowsWritten = await batch.save();
    const scored = batch.scored.map(({ customerId }) => customerId);
    await updateMembership(tx, scored);
    await saveHeads(tx, batch.scored, settings.version);
    await saveFailures(tx, batch.failures, settings.version);
    if (scored.length > 0) await tx.publish(scoreChanged, { customerIds: scored });
    tx.afterCommit(() => {
      this.observer.scored({ customers: scored.length, whole: batch.whole, events: batch.eventsRead, rowsWritten, ms: performance.now() - startedAt });
      for (const failure of batch.failures) this.observer.failed(failure);
    });
    return [...heldElsewhere, ...batch.moved];
  }

  /** Poison is rare. When many fail it is a bug of ours: this service takes no more until a batch succeeds, and the broker keeps what waits. */
  private refuseIfOurs(failed: readonly FailedCustomer[], of: number): void {
    if (failed.length * 1000 <= of * failures.perMille) return this.readiness.accept('rule');
    const reason = `the scoring rules failed for ${failed.length} of ${of} customers`;
    this.readiness.refuse('rule', reason);
    throw new TransientError(`${reason}: ${failed[0]!.reason}`);
  }

  /** A customer whose rows alone cannot be loaded or saved. */
  private async setAside(tx: Transaction, customerId: string, error: unknown): Promise<void> {
    const settings = await activeSettings(tx);
    const { due } = await lockDueCustomers(tx, [customerId], settings.version);
    const failed = due.map(({ revision, rewritten }: LockedCustomer) => ({ customerId, revision, rewritten, reason: reasonOf(error) }));
    await saveFailures(tx, failed, settings.version);
    tx.afterCommit(() => failed.forEach((failure) => this.observer.failed(failure)));
  }
}
