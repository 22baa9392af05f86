import type { CanonicalEvent, CanonicalHierarchy, Correction, Decision, HierarchySettings } from '@throughline/contracts';
import type { OwnedEvent } from '../hierarchy/reading';
import type { Founding, Owner } from '../identity/oracle-identity';

/** The identity rule with its memory, as the service keeps it in its tables. */
export interface IdentityStore {
  owners(): ReadonlyMap<string, Owner>;
  foundings(): readonly Founding[];
  /** Takes events in, or puts other decisions in force; answers the customers whose events changed. */
  accept(events: readonly CanonicalEvent[]): readonly string[];
  decide(decisions: readonly Decision[]): readonly string[];
  /** An equal store that knows nothing of this one from here on. */
  copy(): IdentityStore;
}

export type BuildRule = (
  customerId: string,
  owned: readonly OwnedEvent[],
  corrections: readonly Correction[],
  settings: HierarchySettings,
) => (asOf: number) => CanonicalHierarchy;

/** Where a worker dies: before its transaction commits, or after it and before the message is acknowledged. */
export type Crash = 'beforeCommit' | 'afterCommit' | 'none';

interface Head {
  readonly builtRevision: number;
  readonly settingsVersion: number;
  readonly canonicalAt: (asOf: number) => CanonicalHierarchy;
}

/**
 * Ingestion, identity and sessionization as one model: messages carry ids and come at least once, state is what was committed, a customer's rows are built
 * anew from present facts when its revision is ahead of what was built. It holds no rule: both are given to it.
 */
export class MemoryPlatform {
  readonly raw = new Map<string, CanonicalEvent>();
  decisions: readonly Decision[] = [];
  corrections: readonly Correction[] = [];
  private messages: string[][] = [];
  private readonly revisions = new Map<string, number>();
  private readonly heads = new Map<string, Head>();

  constructor(
    private identity: IdentityStore,
    private readonly build: BuildRule,
    public settings: HierarchySettings,
  ) {}

  /** A batch is accepted: stored once, the greater revision wins, and a message waits. */
  deliver(events: readonly CanonicalEvent[]): void {
    for (const event of events) if (event.revision >= (this.raw.get(event.id)?.revision ?? 0)) this.raw.set(event.id, event);
    if (events.length > 0) this.messages.push(events.map(({ id }) => id));
  }

  /** The broker sends an old message again. */
  redeliver(ids: readonly string[]): void {
    const known = ids.filter((id) => this.raw.has(id));
    if (known.length > 0) this.messages.push(known);
  }

  /** Identity takes one of the waiting messages. */
  resolve(which: number, crash: Crash): void {
    if (this.messages.length === 0) return;
    const place = which % this.messages.length;
    const message = this.messages[place]!;
    const store = this.identity.copy();
    const touched = store.accept(message.map((id) => this.raw.get(id)!));
    if (crash === 'beforeCommit') return;
    this.identity = store;
    this.touch(touched);
    if (crash !== 'afterCommit') this.messages = this.messages.filter((_, index) => index !== place);
  }

  decide(decisions: readonly Decision[]): void {
    this.decisions = decisions;
    this.touch(this.identity.decide(decisions));
  }

  /** A correction is recorded or withdrawn: whoever holds its events is due. */
  correct(corrections: readonly Correction[]): void {
    const changed = [...corrections, ...this.corrections].filter((correction) => corrections.includes(correction) !== this.corrections.includes(correction));
    this.corrections = corrections;
    const events = changed.flatMap((correction) => [correction.eventId, ...('toEventId' in correction ? [correction.toEventId] : [])]);
    this.touch(events.flatMap((id) => this.identity.owners().get(id)?.customerId ?? []));
  }

  /** Another version of the settings: everybody is due, because no head names it. */
  configure(settings: HierarchySettings): void {
    this.settings = settings;
  }

  due(): string[] {
    return [...this.revisions].filter(([id, revision]) => !this.isBuilt(id, revision)).map(([id]) => id);
  }

  private isBuilt(customerId: string, revision: number): boolean {
    const head = this.heads.get(customerId);
    return head !== undefined && head.builtRevision >= revision && head.settingsVersion === this.settings.version;
  }

  /** Sessionization builds one customer that is due. A crash after the commit leaves nothing to do: the head already says so. */
  rebuild(which: number, crash: Crash): void {
    const due = this.due();
    if (due.length === 0 || crash === 'beforeCommit') return;
    const customerId = due[which % due.length]!;
    this.heads.set(customerId, this.headOf(customerId));
  }

  private headOf(customerId: string): Head {
    const owned = this.ownedBy(customerId);
    return {
      builtRevision: this.revisions.get(customerId)!,
      settingsVersion: this.settings.version,
      canonicalAt: this.build(customerId, owned, this.corrections, this.settings),
    };
  }

  private ownedBy(customerId: string): OwnedEvent[] {
    return [...this.identity.owners()]
      .filter(([, owner]) => owner.customerId === customerId)
      .map(([id, { decidedBy }]) => ({ event: this.raw.get(id)!, decidedBy }));
  }

  /** Works off everything that waits. */
  drain(): void {
    while (this.messages.length > 0) this.resolve(0, 'none');
    while (this.due().length > 0) this.rebuild(0, 'none');
  }

  owners(): ReadonlyMap<string, Owner> {
    return this.identity.owners();
  }

  foundings(): readonly Founding[] {
    return this.identity.foundings();
  }

  /** The stored hierarchies of customers that have events, by customer id. */
  hierarchies(asOf: number): CanonicalHierarchy[] {
    return [...this.heads.values()]
      .map((head) => head.canonicalAt(asOf))
      .filter((hierarchy) => hierarchy.nodes.some((node) => node.events.length > 0))
      .sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  }

  private touch(customerIds: readonly string[]): void {
    for (const id of new Set(customerIds)) this.revisions.set(id, (this.revisions.get(id) ?? 0) + 1);
  }
}
