import type { IdentitySettings, Instant } from '@throughline/contracts';
import { compareFacts, compareText, isDevice, momentOf, type EventFacts, type Moment } from './event-facts';
import type { Founding, NewCustomerId, NodeLink, ReviewItem } from './identity';
import {
  compareLinks,
  countsInSession,
  noteInSession,
  pairKey,
  sessionLinks,
  starLinks,
  useNamedBy,
  type Different,
  type Link,
  type NodeOnEvent,
  type StandingDecisions,
} from './links';
import type { ValueKey } from './normalise';
import { assignmentOf, decideByCarrier, decideDirectly, derivedId, foldRuns, runsAround, type DirectDecision, type Owner, type Piece } from './owner';
import { resolveComponent } from './raw-component';
import { componentsOf, namingUsesOf } from './resolve-customers';
import { addToUses, cutUses, nodeKey, noteNumbers, numberOfNode, useAt, valueOfNode, type NamingUse, type NodeKey } from './uses';
import { decidedKey, seenKey, sightingsKey, type HeldFounding, type Need, type World } from './world';

export interface IdentityChange {
  /** Arrived, new or corrected; one of each id. Those already resolved at this revision or a later one are passed over. */
  readonly events: readonly EventFacts[];
  /** The decisions before; `world.decisions` holds those after. */
  readonly decisionsBefore?: StandingDecisions;
  /** Carriers whose stored pieces may be behind their events: they are cut and folded anew. */
  readonly refold?: readonly ValueKey[];
}

export interface OwnerChange {
  readonly facts: EventFacts;
  readonly owner: Owner;
  readonly before: Owner | null;
  /** Where in time the stored revision had it; null for a new event. */
  readonly wasAt: Instant | null;
  /** Arrived or corrected; false: only its owner is decided anew. */
  readonly arrived: boolean;
}

export interface NodeChange {
  readonly node: NodeKey;
  readonly customerId: string | null;
  readonly before: string | null;
  readonly link: NodeLink;
}

/** What a change alters, to be stored in one transaction. State that may be kept is already altered in the `World`. */
export interface Outcome {
  readonly owners: readonly OwnerChange[];
  readonly values: ReadonlySet<ValueKey>;
  readonly carriers: ReadonlySet<ValueKey>;
  readonly links: ReadonlyMap<string, Link | null>;
  /** `session#n␟client` and the values noted or noted anew there. */
  readonly seen: ReadonlyMap<string, ReadonlySet<ValueKey>>;
  readonly forgottenSeen: readonly string[];
  readonly sightings: { readonly added: readonly { key: ValueKey; facts: EventFacts }[]; readonly removed: readonly { key: ValueKey; facts: EventFacts }[] };
  readonly nodes: readonly NodeChange[];
  readonly newFoundings: readonly Founding[];
  readonly changedFoundings: readonly HeldFounding[];
  /** Founded ids and the customer each now stands for; null: it rests. */
  readonly resolvesTo: ReadonlyMap<string, string | null>;
  /** Nodes whose own review items (ends of a refused link, the shared node, the first node of an oversize component) are replaced by `reviews`. */
  readonly reviewed: ReadonlySet<NodeKey>;
  readonly reviews: readonly ReviewItem[];
}

const everything = { from: 0, to: Number.MAX_SAFE_INTEGER };

/**
 * The rule of `resolveCustomers` on the neighbourhood of a change: new and corrected events, and decisions. It asks for what it must know (`Need`) and
 * is resumed when that is loaded. Additions that only lengthen a use, add one behind, or tie nodes are decided from the summaries in the `World`; a value
 * whose sightings change in any other way (withdrawn, cut anew, become shared) is rebuilt from all its sightings, and with it what hangs on them.
 */
export function* absorb(world: World, change: IdentityChange, newCustomerId: NewCustomerId, settings: IdentitySettings): Generator<Need, Outcome, void> {
  return yield* new Absorption(world, change, newCustomerId, settings).run();
}

class Absorption {
  /** Arrived facts by event, fresh and corrected. */
  private readonly now = new Map<string, EventFacts>();
  private readonly fresh: EventFacts[] = [];
  private readonly corrected: { facts: EventFacts; before: EventFacts }[] = [];
  /** Corrected, but not in anything the rule reads. */
  private readonly sameFacts: EventFacts[] = [];

  private readonly rebuiltValues = new Set<ValueKey>();
  private readonly rebuiltCarriers = new Set<ValueKey>();
  private readonly usesBefore = new Map<ValueKey, readonly NamingUse[]>();
  private readonly nodesBefore = new Map<NodeKey, string | null>();
  private readonly newValues = new Set<ValueKey>();
  private readonly newNodes = new Set<NodeKey>();
  private readonly newPieces = new Set<Piece>();

  private readonly changedValues = new Set<ValueKey>();
  private readonly changedCarriers = new Set<ValueKey>();
  private readonly changedLinks = new Map<string, Link | null>();
  private readonly changedLinksAt = new Map<NodeKey, Set<string>>();
  private readonly changedSeen = new Map<string, Set<ValueKey>>();
  private readonly forgottenSeen = new Set<string>();
  private readonly touchedSeen = new Set<string>();
  private readonly added: { key: ValueKey; facts: EventFacts }[] = [];
  private readonly removed: { key: ValueKey; facts: EventFacts }[] = [];
  private readonly dirty = new Set<NodeKey>();

  /** Events whose direct decision must be made anew because of their values. */
  private readonly renamed = new Map<string, EventFacts>();
  /** Events whose direct decision is looked at. */
  private readonly looked = new Map<string, EventFacts>();
  private readonly decisions = new Map<string, DirectDecision | null>();

  private readonly nodeLinks = new Map<NodeKey, NodeLink>();
  private readonly newFoundings: Founding[] = [];
  private readonly changedFoundings = new Set<HeldFounding>();
  private readonly resolvesTo = new Map<string, string | null>();
  private readonly reviewed = new Set<NodeKey>();
  private readonly reviews: ReviewItem[] = [];

  /** Values that a `same`, a `different` or the `to` of an `assign` names. */
  private readonly namedByDecisions: ReadonlySet<ValueKey>;

  constructor(
    private readonly world: World,
    private readonly change: IdentityChange,
    private readonly newCustomerId: NewCustomerId,
    private readonly settings: IdentitySettings,
  ) {
    const { pairs, assigns } = world.decisions;
    this.namedByDecisions = new Set([...pairs.flatMap((pair) => [pair.a, pair.b]), ...assigns.map((assign) => assign.to)]);
  }

  *run(): Generator<Need, Outcome, void> {
    yield* this.sortArrivals();
    yield* this.placeSightings();
    yield* this.noteDecisions();
    yield* this.rebuildValues();
    yield* this.tieNodes();
    yield* this.resolveComponents();
    yield* this.decideDirectly();
    yield* this.identifyCarriers();
    const owners = yield* this.decideOwners();
    return this.outcome(owners);
  }

  // ── arrivals ──────────────────────────────────────────────────────────────────────────────────────────────────

  private *sortArrivals(): Generator<Need, void, void> {
    yield* this.needEvents(this.change.events.map((facts) => facts.id));
    for (const facts of [...this.change.events].sort(compareFacts)) {
      const stored = this.world.events.get(facts.id);
      if (stored && stored.facts.revision >= facts.revision) continue;
      if (!stored) this.fresh.push(facts);
      else if (sameReading(stored.facts, facts)) {
        this.sameFacts.push(facts);
        continue;
      } else this.corrected.push({ facts, before: stored.facts });
      this.now.set(facts.id, facts);
    }
  }

  private *placeSightings(): Generator<Need, void, void> {
    const read = [...this.now.values(), ...this.corrected.map(({ before }) => before)];
    yield* this.needNamingOf(read);
    yield* this.needCarriersOf(read);
    for (const { facts, before } of this.corrected) {
      const [was, is] = [keysOf(before), keysOf(facts)];
      for (const key of was) if (!is.has(key)) this.removed.push({ key, facts: before });
      for (const key of is) if (!was.has(key)) this.added.push({ key, facts });
      for (const each of [before, facts]) {
        for (const { key } of each.naming) this.rebuildValue(key);
        for (const key of each.carriers) this.rebuiltCarriers.add(key);
      }
    }
    for (const facts of this.fresh) {
      for (const { key } of facts.naming) {
        this.added.push({ key, facts });
        if (!this.rebuiltValues.has(key)) this.placeNaming(key, facts);
      }
      for (const key of facts.carriers) {
        this.added.push({ key, facts });
        if (this.rebuiltCarriers.has(key)) continue;
        const pieces = this.world.carriers.get(key)!;
        const placed = addToUses(key, pieces, facts, this.settings, (use): Piece => ({ ...use, runs: [] }));
        if (placed.kind === 'recut') this.rebuiltCarriers.add(key);
        else {
          if (placed.kind !== 'within') this.changedCarriers.add(key);
          if (placed.kind === 'appended') this.newPieces.add(pieces[placed.index]!);
        }
      }
    }
  }

  private placeNaming(key: ValueKey, facts: EventFacts): void {
    const uses = this.world.values.get(key)!;
    const firstsBefore = this.namedByDecisions.has(key) ? uses.map((use) => use.first.id).join() : null;
    const placed = addToUses(key, uses, facts, this.settings, (use): NamingUse => ({ ...use, numbers: [], shared: false, customerId: null }));
    if (placed.kind === 'recut') return this.rebuildValue(key);
    const use = uses[placed.index]!;
    if (placed.kind === 'appended') {
      const node = nodeKey(key, placed.index);
      if (uses.length === 1) this.newValues.add(key);
      this.newNodes.add(node);
      this.rememberNode(node, null);
      this.dirty.add(node);
    }
    const noted = noteNumbers(key, use, facts, this.settings);
    if (noted === 'shared') return this.rebuildValue(key);
    if (noted === 'noted' || placed.kind !== 'within') this.changedValues.add(key);
    if (firstsBefore !== null && firstsBefore !== uses.map((each) => each.first.id).join()) this.dirtyByDecision(key);
  }

  private rebuildValue(key: ValueKey): void {
    if (this.rebuiltValues.has(key)) return;
    this.rebuiltValues.add(key);
    const uses = this.world.values.get(key)!;
    this.usesBefore.set(
      key,
      uses.map((use) => ({ ...use })),
    );
    uses.forEach((use, index) => {
      this.rememberNode(nodeKey(key, index), use.customerId);
      this.dirty.add(nodeKey(key, index));
    });
  }

  private rememberNode(node: NodeKey, customerId: string | null): void {
    if (!this.nodesBefore.has(node)) this.nodesBefore.set(node, customerId);
  }

  // ── decisions of people ───────────────────────────────────────────────────────────────────────────────────────

  private *noteDecisions(): Generator<Need, void, void> {
    const { pairs, assigns } = this.world.decisions;
    const before = this.change.decisionsBefore;
    const valuesOf = (each: StandingDecisions): ValueKey[] => [
      ...each.pairs.flatMap((pair) => [pair.a, pair.b]),
      ...each.assigns.flatMap((assign) => [assign.value, assign.to]),
    ];
    yield* this.needValues(valuesOf(this.world.decisions));
    if (!before) return;
    yield* this.needValues(valuesOf(before));
    const same = (x: StandingDecisions['pairs'][number], y: StandingDecisions['pairs'][number]): boolean => x.id === y.id && x.kind === y.kind;
    for (const pair of before.pairs.filter((each) => !pairs.some((other) => same(each, other))))
      for (const key of [pair.a, pair.b]) this.dirty.add(this.named(key, pair.at));
    for (const pair of pairs.filter((each) => !before.pairs.some((other) => same(each, other))))
      for (const key of [pair.a, pair.b]) this.dirty.add(this.named(key, pair.at));
    for (const assign of [...before.assigns, ...assigns])
      if (!before.assigns.some((each) => each.id === assign.id) || !assigns.some((each) => each.id === assign.id)) this.rebuildValue(assign.value);
  }

  private named(key: ValueKey, at: Instant): NodeKey {
    return nodeKey(key, useNamedBy(this.world.values.get(key)!, at));
  }

  /** A value that decisions name has other uses than before: every node that they may have tied is looked at. */
  private dirtyByDecision(key: ValueKey): void {
    this.world.values.get(key)!.forEach((_, index) => this.dirty.add(nodeKey(key, index)));
    this.partnersToDirty.add(key);
  }
  private readonly partnersToDirty = new Set<ValueKey>();

  // ── values rebuilt from all their sightings ───────────────────────────────────────────────────────────────────

  private *rebuildValues(): Generator<Need, void, void> {
    if (this.rebuiltValues.size === 0 && this.rebuiltCarriers.size === 0 && this.corrected.length === 0) return;
    yield* this.needSightings([...this.rebuiltValues, ...this.rebuiltCarriers]);
    for (const key of this.rebuiltValues) {
      const sightings = this.sightingsOf(key);
      for (const facts of sightings) this.renamed.set(facts.id, facts);
      const uses = namingUsesOf(key, sightings, this.settings);
      this.world.values.set(key, uses);
      this.changedValues.add(key);
      uses.forEach((_, index) => {
        this.rememberNode(nodeKey(key, index), null);
        this.dirty.add(nodeKey(key, index));
      });
      if (this.namedByDecisions.has(key)) this.dirtyByDecision(key);
    }
    for (const { facts } of this.corrected) this.renamed.set(facts.id, facts);
    const rebuilt = new Map(this.renamed);
    for (const key of this.rebuiltCarriers) for (const facts of this.sightingsOf(key)) rebuilt.set(facts.id, facts);
    for (const [id, facts] of rebuilt) this.looked.set(id, facts);
    yield* this.dropLinks(rebuilt);
    yield* this.forgetSessions();
    yield* this.moveFoundings();
  }

  /** Takes away the links at rebuilt values and those that a rebuilt event shows; whatever else shows them will tie them again. */
  private *dropLinks(rebuilt: ReadonlyMap<string, EventFacts>): Generator<Need, void, void> {
    const befores = this.corrected.map(({ before }) => before);
    const read = [...rebuilt.values(), ...befores];
    yield* this.needNamingOf(read);
    const keys = new Set(read.flatMap((facts) => facts.naming.map((value) => value.key)));
    const nodes = new Set<NodeKey>();
    for (const key of keys)
      for (const uses of [this.world.values.get(key)!, this.usesBefore.get(key) ?? []]) uses.forEach((_, index) => nodes.add(nodeKey(key, index)));
    yield* this.needLinksAt([...nodes]);
    const ids = new Set([...rebuilt.keys(), ...befores.map((facts) => facts.id)]);
    const derive = new Set<ValueKey>();
    for (const node of nodes)
      for (const link of this.linksAt(node)) {
        const [a, b] = [valueOfNode(link.a), valueOfNode(link.b)];
        const atRebuilt = this.rebuiltValues.has(a) || this.rebuiltValues.has(b);
        if (!atRebuilt && !ids.has(link.evidence)) continue;
        this.setLink(link, null);
        if (!atRebuilt) derive.add(b);
      }
    yield* this.needSightings([...derive]);
    for (const key of derive) for (const facts of this.sightingsOf(key)) if (!rebuilt.has(facts.id)) this.relinked.set(facts.id, facts);
  }
  /** Events looked at for the links they show only. */
  private readonly relinked = new Map<string, EventFacts>();

  private *forgetSessions(): Generator<Need, void, void> {
    const sessions = [...this.rebuiltCarriers].filter((key) => key.startsWith('session:'));
    yield* this.needSeenOfSessions(sessions);
    for (const session of sessions)
      for (const key of this.world.seenOfSessions.get(session)!) {
        this.forgottenSeen.add(key);
        this.world.seen.set(key, new Map());
      }
    for (const session of sessions) {
      const pieces = cutUses(session, this.sightingsOf(session), this.settings).map(({ use }): Piece => ({ ...use, runs: [] }));
      this.world.carriers.set(session, pieces);
    }
  }

  private *moveFoundings(): Generator<Need, void, void> {
    yield* this.needFoundings([...this.rebuiltValues]);
    for (const key of this.rebuiltValues)
      for (const founding of this.world.foundings.get(key)!) {
        const facts = this.now.get(founding.eventId);
        if (!facts) continue;
        const heldAt = facts.naming.some((value) => value.key === key) ? facts.at : null;
        if (heldAt === founding.heldAt) continue;
        founding.heldAt = heldAt;
        this.changedFoundings.add(founding);
      }
  }

  // ── links ─────────────────────────────────────────────────────────────────────────────────────────────────────

  private usableAt = (key: ValueKey, at: Instant): NodeKey | null => {
    const uses = this.world.values.get(key)!;
    const index = useAt(uses, at);
    return index < 0 || uses[index]!.shared ? null : nodeKey(key, index);
  };

  private *tieNodes(): Generator<Need, void, void> {
    const events = new Map([...this.relinked, ...this.looked]);
    for (const facts of this.fresh) events.set(facts.id, facts);
    yield* this.needNamingOf(events.values());
    const best = new Map<string, Link>();
    const offer = (link: Link): void => {
      const pair = pairKey(link.a, link.b);
      const known = best.get(pair);
      if (!known || compareLinks(link, known) < 0) best.set(pair, link);
    };
    const inSessions: EventFacts[] = [];
    for (const facts of events.values()) {
      if (facts.naming.length > 1) {
        const nodes: NodeOnEvent[] = [];
        for (const value of facts.naming) {
          const node = value.subject ? this.usableAt(value.key, facts.at) : null;
          if (node !== null) nodes.push({ node, rank: value.rank, verified: value.verified });
        }
        for (const link of starLinks(facts, nodes)) offer(link);
      }
      if (facts.session !== null && facts.client !== null && facts.naming.some((value) => value.subject && countsInSession(value.key))) inSessions.push(facts);
    }
    if (inSessions.length > 0) yield* this.tieInSessions(inSessions, offer);
    yield* this.needPairs([...best.keys()].filter((pair) => !this.changedLinks.has(pair)));
    for (const [pair, link] of best) {
      const known = this.changedLinks.has(pair) ? this.changedLinks.get(pair)! : this.world.pairs.get(pair)!;
      if (known === null || compareLinks(link, known) < 0) this.setLink(link, link);
    }
  }

  private *tieInSessions(events: readonly EventFacts[], offer: (link: Link) => void): Generator<Need, void, void> {
    yield* this.needCarriers(events.map((facts) => facts.session!));
    const seenOf = (facts: EventFacts): string => seenKey(facts.session!, useAt(this.world.carriers.get(facts.session!)!, facts.at), facts.client!);
    yield* this.needSeen(events.map(seenOf));
    for (const facts of events) {
      const key = seenOf(facts);
      const seen = this.world.seen.get(key)!;
      for (const value of facts.naming) {
        if (!value.subject || !countsInSession(value.key)) continue;
        if (!noteInSession(seen, value.key, momentOf(facts))) continue;
        const changed = this.changedSeen.get(key) ?? new Set();
        changed.add(value.key);
        this.changedSeen.set(key, changed);
        this.touchedSeen.add(key);
      }
      if (this.looked.has(facts.id) || this.relinked.has(facts.id)) this.touchedSeen.add(key);
    }
    const touched = [...this.touchedSeen].map((key) => this.world.seen.get(key)!).filter((seen) => seen.size > 1);
    yield* this.needValues(touched.flatMap((seen) => [...seen.keys()]));
    for (const seen of touched) for (const link of sessionLinks(seen.values(), this.usableAt, this.settings)) offer(link);
  }

  private setLink(link: Link, now: Link | null): void {
    const pair = pairKey(link.a, link.b);
    this.changedLinks.set(pair, now);
    this.world.pairs.set(pair, now);
    for (const node of [link.a, link.b]) {
      const at = this.changedLinksAt.get(node) ?? new Set();
      at.add(pair);
      this.changedLinksAt.set(node, at);
      this.dirty.add(node);
    }
  }

  /** Links at a node as they are now. Its stored links must have been loaded unless the node is new. */
  private linksAt(node: NodeKey): Link[] {
    const links = (this.world.linksAt.get(node) ?? []).filter((link) => !this.changedLinks.has(pairKey(link.a, link.b)));
    for (const pair of this.changedLinksAt.get(node) ?? []) {
      const link = this.changedLinks.get(pair);
      if (link) links.push(link);
    }
    return links;
  }

  // ── components ────────────────────────────────────────────────────────────────────────────────────────────────

  private useOfNode(node: NodeKey): NamingUse | undefined {
    return this.world.values.get(valueOfNode(node))?.[numberOfNode(node)];
  }

  private *resolveComponents(): Generator<Need, void, void> {
    for (const key of this.partnersToDirty)
      for (const pair of this.world.decisions.pairs)
        if (pair.a === key || pair.b === key)
          for (const end of [pair.a, pair.b]) this.world.values.get(end)!.forEach((_, index) => this.dirty.add(nodeKey(end, index)));
    if (this.dirty.size === 0) return;
    const edges = this.decisionEdges();
    const reached = new Set<NodeKey>(this.dirty);
    const links = new Map<string, Link>();
    let frontier = [...reached];
    while (frontier.length > 0) {
      yield* this.needLinksAt(frontier.filter((node) => !this.newNodes.has(node)));
      const next: NodeKey[] = [];
      for (const node of frontier)
        for (const link of [...this.linksAt(node), ...(edges.at.get(node) ?? [])]) {
          links.set(`${link.rule === 'person' ? link.evidence : ''}${pairKey(link.a, link.b)}`, link);
          for (const end of [link.a, link.b])
            if (!reached.has(end)) {
              reached.add(end);
              next.push(end);
            }
        }
      frontier = next;
    }
    yield* this.needValues([...reached].map(valueOfNode));
    yield* this.needFoundings([...new Set([...reached].map(valueOfNode))].filter((key) => !this.newValues.has(key)));
    const standing = [...reached].filter((node) => {
      this.reviewed.add(node);
      const use = this.useOfNode(node);
      return use !== undefined && !use.shared;
    });
    for (const component of componentsOf(standing, [...links.values()], edges.differents)) this.resolveComponent(component);
    for (const node of reached) this.settleSharedOrGone(node);
  }

  /** Edges made by people, for the uses that their decisions now name. */
  private decisionEdges(): { at: Map<NodeKey, Link[]>; differents: Different[] } {
    const at = new Map<NodeKey, Link[]>();
    const differents: Different[] = [];
    for (const pair of this.world.decisions.pairs) {
      const [x, y] = [this.named(pair.a, pair.at), this.named(pair.b, pair.at)];
      const [a, b] = x < y ? [x, y] : [y, x];
      if (pair.kind === 'different') differents.push({ a, b, at: pair.at });
      else {
        const link: Link = { a, b, rule: 'person', rank: 1000, verified: true, at: pair.at, evidence: pair.id };
        for (const node of [a, b]) at.set(node, [...(at.get(node) ?? []), link]);
      }
    }
    return { at, differents };
  }

  private resolveComponent(component: { nodes: NodeKey[]; links: Link[]; differents: Different[] }): void {
    const answer = resolveComponent(
      component,
      (node) => {
        const use = this.useOfNode(node);
        return use && !use.shared ? use.first : null;
      },
      (node) => this.foundingsHeldBy(node),
      this.newCustomerId,
      this.settings,
    );
    for (const [node, customerId] of answer.customerOf) {
      const use = this.useOfNode(node);
      this.nodeLinks.set(node, answer.linkOf.get(node)!);
      this.rememberNode(node, use?.customerId ?? null);
      if (use && use.customerId !== customerId) {
        use.customerId = customerId;
        this.changedValues.add(valueOfNode(node));
      }
    }
    for (const founding of answer.newFoundings) this.newFoundings.push(founding);
    for (const [former, now] of answer.resolvesTo) this.resolvesTo.set(former, now);
    this.reviews.push(...answer.reviews);
  }

  private foundingsHeldBy(node: NodeKey): readonly Founding[] {
    const key = valueOfNode(node);
    const foundings = this.world.foundings.get(key);
    if (!foundings || foundings.length === 0) return [];
    const uses = this.world.values.get(key)!;
    const number = numberOfNode(node);
    if (!uses[number] || uses[number].shared) return [];
    return foundings.filter((founding) => founding.heldAt !== null && useAt(uses, founding.heldAt) === number);
  }

  private settleSharedOrGone(node: NodeKey): void {
    const key = valueOfNode(node);
    const uses = this.world.values.get(key)!;
    for (const founding of this.world.foundings.get(key) ?? []) {
      const index = founding.heldAt === null ? -1 : useAt(uses, founding.heldAt);
      if (index < 0 || uses[index]!.shared) this.resolvesTo.set(founding.customerId, null);
    }
    const use = this.useOfNode(node);
    if (!use?.shared) return;
    if (!this.nodeLinks.has(node) && use.customerId !== null) {
      this.rememberNode(node, use.customerId);
      use.customerId = null;
      this.changedValues.add(key);
    }
    this.reviews.push({
      kind: 'shared',
      id: derivedId('shared', node),
      node,
      numbers: [...use.numbers].sort(compareText),
      offers: ['household', 'moved', 'same'],
    });
  }

  // ── owners, by identifier ─────────────────────────────────────────────────────────────────────────────────────

  private customerOf = (node: NodeKey): string | null => this.useOfNode(node)?.customerId ?? null;

  private *decideDirectly(): Generator<Need, void, void> {
    for (const facts of this.fresh) this.looked.set(facts.id, facts);
    for (const key of this.change.refold ?? []) this.rebuiltCarriers.add(key);
    yield* this.lookAtMoved();
    yield* this.lookAtAssigned();
    yield* this.decideLooked();
    for (const [id, facts] of this.renamed) {
      if (!this.world.events.get(id)) continue;
      if (this.decidesOtherwise(facts)) for (const key of facts.carriers) this.rebuiltCarriers.add(key);
      else this.moved.set(id, facts);
    }
  }

  /** Events that a node decides whose customer is another now. */
  private *lookAtMoved(): Generator<Need, void, void> {
    const wanted: { customerId: string; value: ValueKey }[] = [];
    for (const [node, before] of this.nodesBefore) {
      const value = valueOfNode(node);
      if (before !== null && !this.rebuiltValues.has(value) && this.customerOf(node) !== before) wanted.push({ customerId: before, value });
    }
    yield* this.needDecided(wanted);
    for (const { customerId, value } of wanted)
      for (const id of this.world.decided.get(decidedKey(customerId, value))!) {
        const facts = this.factsOf(id);
        this.looked.set(id, facts);
        this.moved.set(id, facts);
      }
  }
  private readonly moved = new Map<string, EventFacts>();

  private *lookAtAssigned(): Generator<Need, void, void> {
    const touched = new Set<ValueKey>();
    for (const assign of this.world.decisions.assigns) {
      const node = this.named(assign.to, assign.at);
      if (this.rebuiltValues.has(assign.value)) continue;
      const changed = this.nodesBefore.has(node) && this.nodesBefore.get(node) !== this.customerOf(node);
      if (changed || this.partnersToDirty.has(assign.to) || this.rebuiltValues.has(assign.to)) touched.add(assign.value);
    }
    yield* this.needSightings([...touched]);
    for (const key of touched)
      for (const facts of this.sightingsOf(key)) {
        this.renamed.set(facts.id, facts);
        this.looked.set(facts.id, facts);
      }
  }

  private *decideLooked(): Generator<Need, void, void> {
    const undecided = [...this.looked.values()].filter((facts) => !this.decisions.has(facts.id));
    yield* this.needNamingOf(undecided);
    const assigned = assignmentOf(this.world.decisions, (key, at) => {
      const node = this.named(key, at);
      return this.customerOf(node) === null ? null : node;
    });
    const nodeOf = (key: ValueKey, at: Instant): { node: NodeKey; usable: boolean } | null => {
      const uses = this.world.values.get(key)!;
      const index = useAt(uses, at);
      return index < 0 ? null : { node: nodeKey(key, index), usable: !uses[index]!.shared };
    };
    for (const facts of undecided) this.decisions.set(facts.id, facts.internal ? null : decideDirectly(facts, nodeOf, assigned));
  }

  /** Whether the node that decides a stored event may be another than before. */
  private decidesOtherwise(facts: EventFacts): boolean {
    const before = this.world.events.get(facts.id)!.owner;
    const now = this.decisions.get(facts.id)!;
    if ((before.rule === 'identifier') !== (now !== null)) return true;
    if (now === null) return false;
    if (before.decidedBy !== now.value || this.world.decisions.assigns.length > 0 || this.change.decisionsBefore) return true;
    const uses = this.usesBefore.get(now.value) ?? this.world.values.get(now.value)!;
    return nodeKey(now.value, useAt(uses, facts.at)) !== now.node;
  }

  // ── carriers ──────────────────────────────────────────────────────────────────────────────────────────────────

  private readonly dependents = new Map<string, EventFacts>();

  private *identifyCarriers(): Generator<Need, void, void> {
    const windows = yield* this.insertIdentifications();
    if (this.rebuiltCarriers.size > 0) yield* this.rebuildCarriers();
    for (const facts of this.moved.values()) for (const key of facts.carriers) if (!this.rebuiltCarriers.has(key)) windows.push({ key, ...everything });
    yield* this.needWindows(windows);
    for (const window of windows)
      for (const id of this.world.sightings.get(sightingsKey(window))!) {
        const stored = this.world.events.get(id);
        if (stored && stored.owner.rule !== 'identifier' && !this.now.has(id)) this.dependents.set(id, stored.facts);
      }
  }

  /** Adds the identifications of the new events to the runs of their carriers; gives the windows in which stored events may have another owner by that. */
  private *insertIdentifications(): Generator<Need, { key: ValueKey; from: Instant; to: Instant }[], void> {
    const inserts: { key: ValueKey; piece: Piece; moment: Moment; node: NodeKey }[] = [];
    for (const facts of this.fresh) {
      const decision = this.decisions.get(facts.id);
      if (!decision) continue;
      for (const key of facts.carriers) {
        if (this.rebuiltCarriers.has(key)) continue;
        const pieces = this.world.carriers.get(key)!;
        inserts.push({ key, piece: pieces[useAt(pieces, facts.at)]!, moment: momentOf(facts), node: decision.node });
      }
    }
    const neighbours: ValueKey[] = [];
    for (const { piece, moment, node } of inserts) {
      if (piece.runs.length === 0) continue;
      const { before, within, after } = runsAround(piece.runs, moment);
      for (const run of [before, within, after]) if (run && run.node !== node) neighbours.push(valueOfNode(run.node));
    }
    yield* this.needValues(neighbours);
    const windows: { key: ValueKey; from: Instant; to: Instant }[] = [];
    for (const { key, piece, moment, node } of inserts) {
      if (this.rebuiltCarriers.has(key)) continue;
      const inserted = this.insertIdentification(key, piece, moment, node);
      if (inserted === 'split') this.rebuiltCarriers.add(key);
      else if (inserted !== 'quiet' && !this.newPieces.has(piece)) windows.push({ key, ...inserted });
    }
    return windows;
  }

  private insertIdentification(key: ValueKey, piece: Piece, moment: Moment, node: NodeKey): 'split' | 'quiet' | { from: Instant; to: Instant } {
    const { before, within, after, index } = runsAround(piece.runs, moment);
    if (within) return within.node === node ? 'quiet' : 'split';
    this.changedCarriers.add(key);
    const same = (run: { node: NodeKey } | null): boolean => run !== null && (run.node === node || this.customerOf(run.node) === this.customerOf(node));
    const reach = before ? moment.at - before.last.at : 0;
    const afterSame = same(after);
    const beforeSame = same(before);
    const window = { from: before?.last.at ?? 0, to: after?.first.at ?? everything.to };
    if (before?.node === node) before.last = moment;
    else if (after?.node === node) after.first = moment;
    else piece.runs.splice(index, 0, { first: moment, last: moment, node });
    if (!isDevice(key)) return beforeSame || (before === null && afterSame) ? 'quiet' : window;
    if (beforeSame && afterSame) return 'quiet';
    if (beforeSame && after === null && reach <= this.settings.reachForwardMs && piece.lastAt <= moment.at) return 'quiet';
    return window;
  }

  private *rebuildCarriers(): Generator<Need, void, void> {
    yield* this.needCarriers([...this.rebuiltCarriers]);
    yield* this.needSightings([...this.rebuiltCarriers]);
    for (const key of this.rebuiltCarriers) for (const facts of this.sightingsOf(key)) this.looked.set(facts.id, facts);
    yield* this.decideLooked();
    for (const key of this.rebuiltCarriers) {
      const pieces = cutUses(key, this.sightingsOf(key), this.settings).map(({ use, sightings }): Piece => {
        const identifications = sightings.flatMap((facts) => {
          const decision = this.decisions.get(facts.id);
          return decision ? [{ moment: momentOf(facts), node: decision.node }] : [];
        });
        return { ...use, runs: foldRuns(identifications) };
      });
      this.world.carriers.set(key, pieces);
      this.changedCarriers.add(key);
    }
  }

  // ── owners ────────────────────────────────────────────────────────────────────────────────────────────────────

  private *decideOwners(): Generator<Need, OwnerChange[], void> {
    const carried = new Map([...this.dependents].filter(([id]) => !this.looked.has(id)));
    const owners: OwnerChange[] = [];
    for (const facts of this.sameFacts) {
      const before = this.world.events.get(facts.id)!.owner;
      if (!this.looked.has(facts.id) && !carried.has(facts.id)) owners.push({ facts, owner: before, before, wasAt: facts.at, arrived: true });
    }
    const corrected = new Map(this.sameFacts.map((facts) => [facts.id, facts]));
    for (const [id, facts] of this.looked) {
      const decision = this.decisions.get(id);
      if (!decision) {
        carried.set(id, facts);
        continue;
      }
      const owner: Owner = { customerId: this.customerOf(decision.node)!, rule: 'identifier', decidedBy: decision.value, confidence: 1000 };
      this.pushOwner(owners, corrected.get(id) ?? facts, owner, corrected.has(id));
    }
    yield* this.needCarriersOf(carried.values());
    const pieceOf = (facts: EventFacts) => (key: ValueKey) => {
      const pieces = this.world.carriers.get(key)!;
      const number = useAt(pieces, facts.at);
      return { piece: pieces[number]!, number };
    };
    const asked: ValueKey[] = [];
    for (const facts of carried.values())
      for (const key of facts.carriers) {
        const { before, within, after } = runsAround(pieceOf(facts)(key).piece.runs, momentOf(facts));
        for (const run of [before, within, after]) if (run) asked.push(valueOfNode(run.node));
      }
    yield* this.needValues(asked);
    for (const [id, facts] of carried) {
      const owner = decideByCarrier(facts, pieceOf(facts), this.customerOf, this.settings);
      this.pushOwner(owners, corrected.get(id) ?? facts, owner, corrected.has(id));
    }
    return owners;
  }

  private pushOwner(owners: OwnerChange[], facts: EventFacts, owner: Owner, corrected: boolean): void {
    const stored = this.world.events.get(facts.id);
    const before = stored?.owner ?? null;
    const arrived = corrected || this.now.has(facts.id);
    if (!arrived && before !== null && sameOwner(before, owner)) return;
    owners.push({ facts, owner, before, wasAt: stored?.facts.at ?? null, arrived });
  }

  private outcome(owners: OwnerChange[]): Outcome {
    const nodes: NodeChange[] = [];
    for (const [node, link] of this.nodeLinks) {
      const before = this.nodesBefore.get(node) ?? null;
      nodes.push({ node, customerId: this.useOfNode(node)?.customerId ?? null, before, link });
    }
    for (const [node, before] of this.nodesBefore)
      if (!this.nodeLinks.has(node)) nodes.push({ node, customerId: this.customerOf(node), before, link: { rule: 'alone', evidence: null, confidence: 1000 } });
    return {
      owners,
      values: this.changedValues,
      carriers: this.changedCarriers,
      links: this.changedLinks,
      seen: this.changedSeen,
      forgottenSeen: [...this.forgottenSeen],
      sightings: { added: this.added, removed: this.removed },
      nodes,
      newFoundings: this.newFoundings,
      changedFoundings: [...this.changedFoundings],
      resolvesTo: this.resolvesTo,
      reviewed: this.reviewed,
      reviews: this.reviews,
    };
  }

  // ── what must be known ────────────────────────────────────────────────────────────────────────────────────────

  private factsOf(id: string): EventFacts {
    return this.now.get(id) ?? this.world.events.get(id)!.facts;
  }

  /** All events that now carry a value, those of this change included. Its sightings must have been loaded. */
  private sightingsOf(key: ValueKey): EventFacts[] {
    const ids = this.world.sightings.get(sightingsKey({ key, ...everything }))!;
    const found = ids.filter((id) => !this.now.has(id)).map((id) => this.world.events.get(id)!.facts);
    for (const facts of this.arrivedWith(key)) found.push(facts);
    return found;
  }

  private arrivals: Map<ValueKey, EventFacts[]> | undefined;
  private arrivedWith(key: ValueKey): readonly EventFacts[] {
    if (!this.arrivals) {
      this.arrivals = new Map();
      for (const facts of this.now.values())
        for (const each of keysOf(facts)) {
          const known = this.arrivals.get(each);
          if (known) known.push(facts);
          else this.arrivals.set(each, [facts]);
        }
    }
    return this.arrivals.get(key) ?? [];
  }

  private *needNamingOf(events: Iterable<EventFacts>): Generator<Need, void, void> {
    const values = new Set<ValueKey>();
    for (const facts of events) for (const { key } of facts.naming) if (!this.world.values.has(key)) values.add(key);
    if (values.size > 0) yield { values: [...values] };
  }
  private *needCarriersOf(events: Iterable<EventFacts>): Generator<Need, void, void> {
    const carriers = new Set<ValueKey>();
    for (const facts of events) for (const key of facts.carriers) if (!this.world.carriers.has(key)) carriers.add(key);
    if (carriers.size > 0) yield { carriers: [...carriers] };
  }
  private *needEvents(ids: readonly string[]): Generator<Need, void, void> {
    const events = missing(ids, this.world.events);
    if (events.length > 0) yield { events };
  }
  private *needValues(keys: readonly ValueKey[]): Generator<Need, void, void> {
    const values = missing(keys, this.world.values);
    if (values.length > 0) yield { values };
  }
  private *needCarriers(keys: readonly ValueKey[]): Generator<Need, void, void> {
    const carriers = missing(keys, this.world.carriers);
    if (carriers.length > 0) yield { carriers };
  }
  private *needPairs(keys: readonly string[]): Generator<Need, void, void> {
    const pairs = missing(keys, this.world.pairs);
    if (pairs.length > 0) yield { pairs };
  }
  private *needLinksAt(nodes: readonly NodeKey[]): Generator<Need, void, void> {
    const linksAt = missing(nodes, this.world.linksAt);
    if (linksAt.length > 0) yield { linksAt };
  }
  private *needFoundings(keys: readonly ValueKey[]): Generator<Need, void, void> {
    const foundings = missing(keys, this.world.foundings);
    if (foundings.length > 0) yield { foundings };
  }
  private *needSeen(keys: readonly string[]): Generator<Need, void, void> {
    const seen = missing(keys, this.world.seen);
    if (seen.length > 0) yield { seen };
  }
  private *needSeenOfSessions(sessions: readonly ValueKey[]): Generator<Need, void, void> {
    const seenOfSessions = missing(sessions, this.world.seenOfSessions);
    if (seenOfSessions.length > 0) yield { seenOfSessions };
  }
  private *needSightings(keys: readonly ValueKey[]): Generator<Need, void, void> {
    yield* this.needWindows(keys.map((key) => ({ key, ...everything })));
  }
  private *needWindows(windows: readonly { key: ValueKey; from: Instant; to: Instant }[]): Generator<Need, void, void> {
    const sightings = new Map(windows.filter((window) => !this.world.sightings.has(sightingsKey(window))).map((window) => [sightingsKey(window), window]));
    if (sightings.size > 0) yield { sightings: [...sightings.values()] };
  }
  private *needDecided(wanted: readonly { customerId: string; value: ValueKey }[]): Generator<Need, void, void> {
    const decided = wanted.filter(({ customerId, value }) => !this.world.decided.has(decidedKey(customerId, value)));
    if (decided.length > 0) yield { decided };
  }
}

function missing<K, V>(keys: readonly K[], known: ReadonlyMap<K, V>): K[] {
  const found = new Set<K>();
  for (const key of keys) if (!known.has(key)) found.add(key);
  return [...found];
}

const keysOf = (facts: EventFacts): Set<ValueKey> => new Set([...facts.naming.map((value) => value.key), ...facts.carriers]);

function sameReading(a: EventFacts, b: EventFacts): boolean {
  return JSON.stringify({ ...a, revision: 0 }) === JSON.stringify({ ...b, revision: 0 });
}

export function sameOwner(a: Owner, b: Owner): boolean {
  return a.customerId === b.customerId && a.rule === b.rule && a.decidedBy === b.decidedBy && a.confidence === b.confidence;
}
