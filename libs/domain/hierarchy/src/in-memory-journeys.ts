import type { Correction, HierarchySettings, Instant } from '@throughline/contracts';
import { compareRefs, compareText } from './event-order';
import type { Engagement, EventRef, Interaction, Journey, NodeMembership, OwnedEvent, Transaction } from './hierarchy';
import { diffJourneys, type EventRow, type JourneyDiff, type RowChanges } from './journey-diff';
import type { JourneyHead, SealPolicy } from './journey-head';
import type { Sealed } from './seal';
import type { SealedComponent, SealedKey, SealedNode } from './sealed';
import { lookupsFor, rebuildJourney, updateJourney, type Lookups, type RebuildReason } from './update-journey';

/**
 * One customer's rows as a store would hold them, for tests and the benchmark: everything goes through JSON, and a change sees only what its
 * look-ups ask for. `apps/sessionization` does the same against Postgres.
 */
export class InMemoryJourney {
  head: string | null = null;
  readonly transactions = new Map<string, string>();
  readonly events = new Map<string, string>();
  readonly interactions = new Map<string, string>();
  readonly memberships = new Map<string, string>();
  readonly engagements = new Map<string, string>();
  readonly components = new Map<string, string>();
  private readonly sealedKeys = new Map<string, string>();
  private readonly sealedNodes = new Map<string, string>();
  /** By every label of the component. */
  private readonly sealedComponents = new Map<string, string>();
  readonly rebuilds: RebuildReason[] = [];
  rowsRead = 0;
  rowsWritten = 0;

  constructor(
    readonly customerId: string,
    private readonly settings: HierarchySettings,
    private readonly policy: SealPolicy,
  ) {}

  get isSealed(): boolean {
    return this.head !== null && (JSON.parse(this.head) as JourneyHead).past.components.length > 0;
  }

  /** `allEvents` is only called for a full build. */
  apply(
    window: { fromAt: Instant; toAt: Instant },
    events: readonly OwnedEvent[],
    corrections: readonly Correction[],
    allEvents: () => readonly OwnedEvent[],
  ): void {
    const { customerId, settings, policy } = this;
    const head = this.head === null ? null : (JSON.parse(this.head) as JourneyHead);
    const lookups = this.load(lookupsFor(events, corrections, settings));
    const update = updateJourney({ customerId, head, lookups, window, events, corrections, settings, policy });
    if (update.kind === 'changed') {
      this.head = JSON.stringify(update.head);
      this.write(update.diff);
      if (update.sealed) this.writeSealed(update.sealed);
      return;
    }
    this.rebuilds.push(update.reason);
    const built = rebuildJourney({ customerId, events: allEvents(), corrections, settings, policy, ...(update.reason === 'late' && head && { late: head }) });
    this.write(diffJourneys(this.journey(), built.journey));
    this.head = JSON.stringify(built.head);
    for (const rows of [this.sealedKeys, this.sealedNodes, this.sealedComponents]) rows.clear();
    if (built.sealed) this.writeSealed(built.sealed);
  }

  private load(wanted: { readonly keys: readonly string[]; readonly subjects: readonly string[] }): Lookups {
    const keys = wanted.keys.flatMap((key) => this.read<SealedKey>(this.sealedKeys, key));
    const nodes = keys.flatMap(({ episode }) => this.read<SealedNode>(this.sealedNodes, episode.lastMember));
    const subjects = wanted.subjects.flatMap((id): (readonly [string, string | null])[] => this.subject(id));
    const labels = [
      ...keys.map(({ episode }) => episode.component),
      ...nodes.map(({ component }) => component),
      ...subjects.flatMap(([, label]) => label ?? []),
    ];
    const components = new Map<string, SealedComponent>();
    for (const label of labels)
      for (const component of this.read<SealedComponent>(this.sealedComponents, label)) components.set(component.labels[0]!, component);
    return { keys, nodes, subjects, components: [...components.values()] };
  }

  private subject(eventId: string): (readonly [string, string | null])[] {
    const [event] = this.read<EventRow>(this.events, eventId);
    if (!event) return [];
    const [transaction] = this.read<Transaction>(this.transactions, event.transactionId);
    const place = transaction!.nodes.findLast(({ from }) => compareRefs(from, event) <= 0);
    const [membership] = place ? this.read<NodeMembership>(this.memberships, place.node) : [];
    return [[eventId, membership?.takesFeedback ? membership.component : null]];
  }

  private read<Row>(rows: ReadonlyMap<string, string>, key: string): Row[] {
    const row = rows.get(key);
    if (row === undefined) return [];
    this.rowsRead += 1;
    return [JSON.parse(row) as Row];
  }

  private write(diff: JourneyDiff): void {
    this.change(this.transactions, diff.transactions, ({ id }) => id);
    this.change(this.events, diff.events, ({ id }) => id);
    this.change(this.interactions, diff.interactions, ({ id }) => id);
    this.change(this.memberships, diff.memberships, ({ node }) => node);
    this.change(this.engagements, diff.engagements, ({ id }) => id);
    this.change(this.components, diff.components, ({ component }) => component);
  }

  private change<Row>(rows: Map<string, string>, { upsert, remove }: RowChanges<Row>, keyOf: (row: Row) => string): void {
    this.rowsWritten += upsert.length + remove.length;
    for (const key of remove) rows.delete(key);
    for (const row of upsert) rows.set(keyOf(row), JSON.stringify(row));
  }

  private writeSealed({ keys, components, nodes }: Sealed): void {
    for (const key of keys) this.sealedKeys.set(key.key, JSON.stringify(key));
    for (const node of nodes) this.sealedNodes.set(node.id, JSON.stringify(node));
    for (const component of components) for (const label of component.labels) this.sealedComponents.set(label, JSON.stringify(component));
  }

  /** All rows, as a reader of the store would put them together. */
  journey(): Journey {
    const byAnchor = <Row extends { readonly anchor: EventRef }>(rows: ReadonlyMap<string, string>): Row[] =>
      [...rows.values()].map((row) => JSON.parse(row) as Row).sort((a, b) => compareRefs(a.anchor, b.anchor));
    const transactions = byAnchor<Transaction>(this.transactions);
    return {
      customerId: this.customerId,
      settingsVersion: this.settings.version,
      anchor: transactions[0]?.anchor ?? null,
      transactions,
      interactions: byAnchor<Interaction>(this.interactions),
      memberships: [...this.memberships.values()].map((row) => JSON.parse(row) as NodeMembership).sort((a, b) => compareText(a.node, b.node)),
      engagements: byAnchor<Engagement>(this.engagements),
    };
  }
}
