import type { Correction, HierarchySettings } from '@throughline/contracts';
import { poison, type Transaction } from '@throughline/database';
import {
  lookupsFor,
  rebuildJourney,
  updateJourney,
  type Journey,
  type JourneyHead,
  type JourneyUpdate,
  type Lookups,
  type OwnedEvent,
} from '@throughline/domain-hierarchy';
import { saveFailures, saveHeads, type BuiltHead, type FailedCustomer, type LockedCustomer } from './due-customers';
import type { OwnedEvents, OwnedRef, Window } from './event-reader';
import type { Wanted } from './journey-lookups';
import { readJourneyRows } from './journey-store';
import { forgetState, JourneyWrites } from './journey-writes';

/** The recent past is read, compared and written with every change: it is kept short, and sealed as soon as it is longer. */
const tailReadings = 24;

type Changed = Extract<JourneyUpdate, { kind: 'changed' }>;
const nothing: OwnedEvents = { events: [], missing: null };
const noCorrections: readonly Correction[] = [];

/** What one transaction knows of its customers, what the rule answered for each, and what is to be written. A customer for whom the rule throws is a failure, not an end. */
export class Batch {
  readonly failures: FailedCustomer[] = [];
  /** Of the customers that were built from all their events. */
  readonly journeys: Journey[] = [];
  rowsRead = 0;
  eventsRead = 0;
  private readonly writes = new JourneyWrites();
  private readonly heads: BuiltHead[] = [];
  private readonly rebuilt: LockedCustomer[] = [];
  private states: ReadonlyMap<string, JourneyHead> = new Map();
  private windows: ReadonlyMap<string, Window> = new Map();
  private late: ReadonlySet<string> = new Set();
  private readonly events = new Map<string, OwnedEvents>();
  private readonly whole = new Set<string>();
  private readonly policy = { now: Date.now(), tailReadings };

  constructor(
    readonly settings: HierarchySettings,
    private readonly corrections: ReadonlyMap<string, readonly Correction[]>,
  ) {}

  /**
   * What was loaded: kept states, spans of the customers that can be changed, and the events of these spans or else all of a customer. `late` are those whose change
   * lies before what their state can tell.
   */
  take(
    states: ReadonlyMap<string, JourneyHead>,
    windows: ReadonlyMap<string, Window>,
    late: ReadonlySet<string>,
    refs: readonly OwnedRef[],
    events: ReadonlyMap<string, OwnedEvents>,
  ): void {
    this.states = states;
    this.windows = windows;
    this.late = late;
    this.eventsRead += refs.length;
    for (const [customerId, owned] of events) this.events.set(customerId, owned);
  }

  /** All events of customers whose change turned out to need them. */
  takeAll(customerIds: readonly string[], refs: readonly OwnedRef[], events: ReadonlyMap<string, OwnedEvents>): void {
    this.eventsRead += refs.length;
    for (const customerId of customerIds) {
      this.events.set(customerId, events.get(customerId) ?? nothing);
      this.whole.add(customerId);
    }
  }

  hasOnlyWindowOf(customerId: string): boolean {
    return this.windows.has(customerId) && !this.whole.has(customerId);
  }

  /** What the customer's change names of the sealed past. Nobody is asked where nothing is sealed yet. */
  wantedBy({ customerId }: LockedCustomer): Wanted[] {
    const state = this.states.get(customerId);
    const { events } = this.of(customerId);
    if (!state || !this.windows.has(customerId) || state.past.components.length === 0) return [];
    try {
      const { keys, subjects } = lookupsFor(events, this.correctionsOf(customerId), this.settings);
      return keys.length + subjects.length > 0 ? [{ customerId, keys, subjects }] : [];
    } catch {
      // The rule will say the same once more, where it counts.
      return [];
    }
  }

  /** Applies the change to what was kept. `rebuild`: only all the customer's events can tell. */
  change(customer: LockedCustomer, lookups: Lookups): 'done' | 'rebuild' {
    const { customerId } = customer;
    const head = this.states.get(customerId);
    const window = this.windows.get(customerId);
    if (!head || !window) return 'rebuild';
    const update = this.attempt(customer, (events) =>
      updateJourney({ customerId, head, lookups, window, events, corrections: this.correctionsOf(customerId), settings: this.settings, policy: this.policy }),
    );
    if (!update) return 'done';
    if (update.kind === 'rebuild') return 'rebuild';
    this.applied(customer, head, update);
    return 'done';
  }

  /** Builds the customer from all its events. */
  rebuild(customer: LockedCustomer): void {
    const { customerId } = customer;
    const late = this.late.has(customerId) ? this.states.get(customerId) : undefined;
    const built = this.attempt(customer, (events) =>
      rebuildJourney({
        customerId,
        events,
        corrections: this.correctionsOf(customerId),
        settings: this.settings,
        policy: this.policy,
        ...(late && { late }),
      }),
    );
    if (!built) return;
    this.journeys.push(built.journey);
    this.rebuilt.push(customer);
    this.writes.keep(customerId, built.head, built.sealed);
    const ends = built.journey.transactions.map(({ endAt }) => endAt);
    this.heads.push({
      customerId,
      revision: customer.revision,
      settingsVersion: this.settings.version,
      events: built.journey.transactions.reduce((sum, { events }) => sum + events.length, 0),
      firstAt: built.journey.anchor?.occurredAt ?? null,
      lastAt: ends.length > 0 ? ends.reduce((a, b) => Math.max(a, b)) : null,
      healed: customer.stale,
      rewritten: isRewritten(customer, this.settings),
    });
  }

  /** Writes what was decided; gives the number of rows of the hierarchy written. */
  async save(tx: Transaction, customers: readonly LockedCustomer[]): Promise<number> {
    const known = this.rebuilt.filter(({ builtRevision }) => builtRevision > 0).map(({ customerId }) => customerId);
    const stored = await readJourneyRows(tx, known);
    this.rowsRead += stored.reduce((sum, rows) => sum + rows.length, 0);
    this.writes.replace(stored, this.journeys);
    await forgetState(tx, [...known, ...this.failures.filter(({ customerId }) => this.states.has(customerId)).map(({ customerId }) => customerId)].sort());
    const written = await this.writes.flush(tx);
    const order = new Map(customers.map(({ customerId }, place) => [customerId, place]));
    await saveHeads(
      tx,
      [...this.heads].sort((a, b) => order.get(a.customerId)! - order.get(b.customerId)!),
    );
    await saveFailures(tx, this.failures);
    return written;
  }

  private applied(customer: LockedCustomer, before: JourneyHead, { head, diff, sealed }: Changed): void {
    const { customerId } = customer;
    const known = new Set(before.tail?.map(({ id }) => id));
    const added = diff.events.upsert.filter(({ id }) => !known.has(id));
    this.writes.change(customerId, diff, (eventId) => known.has(eventId));
    if (head !== before) this.writes.keep(customerId, head, sealed);
    const firstAt = added.reduce((first, { occurredAt }) => Math.min(first, occurredAt), customer.firstAt ?? Infinity);
    const lastAt = diff.transactions.upsert.reduce((last, { endAt }) => Math.max(last, endAt), customer.lastAt ?? -Infinity);
    this.heads.push({
      customerId,
      revision: customer.revision,
      settingsVersion: this.settings.version,
      events: customer.events + added.length - diff.events.remove.length,
      firstAt: Number.isFinite(firstAt) ? firstAt : null,
      lastAt: Number.isFinite(lastAt) ? lastAt : null,
      healed: customer.stale,
      rewritten: isRewritten(customer, this.settings),
    });
  }

  private attempt<Answer>(customer: LockedCustomer, ask: (events: readonly OwnedEvent[]) => Answer): Answer | undefined {
    const { events, missing } = this.of(customer.customerId);
    try {
      if (missing) throw new Error(`event ${missing} has an owner but is not stored`);
      for (const { event } of events) poison(event.sourceEventId);
      return ask(events);
    } catch (error) {
      this.failures.push({ customerId: customer.customerId, revision: customer.revision, reason: reasonOf(error) });
      return undefined;
    }
  }

  private of(customerId: string): OwnedEvents {
    return this.events.get(customerId) ?? nothing;
  }

  private correctionsOf(customerId: string): readonly Correction[] {
    return this.corrections.get(customerId) ?? noCorrections;
  }
}

/** The error's own words, without a stack and without anything that came from a customer. */
export function reasonOf(error: unknown): string {
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  return code ? `${name ?? 'Error'} ${code}` : `${name ?? 'Error'}: ${(message ?? String(error)).slice(0, 200)}`;
}

/** Whether a build may change rows that identity's changes do not reach: after a correction, with other settings, or when a tree that was kept stale is mended. */
function isRewritten({ flagged, stale, settingsVersion }: LockedCustomer, settings: HierarchySettings): boolean {
  return flagged || stale || settingsVersion !== settings.version;
}
