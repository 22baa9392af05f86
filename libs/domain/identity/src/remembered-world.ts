import type { CanonicalEvent, Decision, IdentitySettings } from '@throughline/contracts';
import { absorb, type Outcome } from './absorb';
import { readEvent, type EventFacts } from './event-facts';
import type { NewCustomerId, ReviewItem } from './identity';
import { pairKey, readDecisions, type Link, type SeenInSession } from './links';
import type { ValueKey } from './normalise';
import type { Owner, Piece } from './owner';
import type { NamingUse, NodeKey } from './uses';
import { decidedKey, seenKey, sightingsKey, World, type HeldFounding, type Need } from './world';

/** Stored identity in memory: what a database keeps between changes, as JSON, so that nothing can be known but what was stored. For tests and small worlds. */
export class RememberedWorld {
  readonly owners = new Map<string, Owner>();
  readonly facts = new Map<string, EventFacts>();
  readonly foundings = new Map<string, HeldFounding>();
  readonly resolvesTo = new Map<string, string | null>();
  readonly values = new Map<ValueKey, string>();
  private readonly carriers = new Map<ValueKey, string>();
  readonly links = new Map<string, Link>();
  readonly reviews = new Map<string, ReviewItem>();
  private readonly seen = new Map<string, Map<ValueKey, string>>();
  private readonly sightings = new Map<ValueKey, Set<string>>();
  private decisions: readonly Decision[] = [];
  /** How many events were asked for, by the neighbourhood, since the last reading. */
  eventsRead = 0;

  constructor(
    private readonly settings: IdentitySettings,
    private readonly newCustomerId: NewCustomerId,
  ) {}

  /** Takes one batch in. */
  accept(events: readonly CanonicalEvent[]): Outcome {
    return this.change({ events: newest(events.map((event) => readEvent(event, this.settings))) });
  }

  /** Puts other decisions in force. */
  decide(decisions: readonly Decision[]): Outcome {
    const decisionsBefore = readDecisions(this.decisions, this.settings);
    this.decisions = decisions;
    return this.change({ events: [], decisionsBefore });
  }

  private change(change: Parameters<typeof absorb>[1]): Outcome {
    const world = new World(readDecisions(this.decisions, this.settings));
    const absorption = absorb(world, change, this.newCustomerId, this.settings);
    for (;;) {
      const step = absorption.next();
      if (step.done) {
        this.store(world, step.value);
        return step.value;
      }
      this.load(world, step.value);
    }
  }

  private load(world: World, need: Need): void {
    for (const key of need.values ?? []) world.values.set(key, JSON.parse(this.values.get(key) ?? '[]') as NamingUse[]);
    for (const key of need.carriers ?? []) world.carriers.set(key, JSON.parse(this.carriers.get(key) ?? '[]') as Piece[]);
    for (const pair of need.pairs ?? []) world.pairs.set(pair, this.links.get(pair) ?? null);
    for (const node of need.linksAt ?? [])
      world.linksAt.set(
        node,
        [...this.links.values()].filter((link) => link.a === node || link.b === node),
      );
    for (const key of need.foundings ?? [])
      world.foundings.set(
        key,
        [...this.foundings.values()].filter((founding) => founding.value === key).map((founding) => ({ ...founding })),
      );
    for (const id of need.events ?? []) this.loadEvent(world, id);
    for (const wanted of need.sightings ?? []) {
      const ids = [...(this.sightings.get(wanted.key) ?? [])].filter((id) => wanted.from <= this.facts.get(id)!.at && this.facts.get(id)!.at <= wanted.to);
      for (const id of ids) this.loadEvent(world, id);
      world.sightings.set(sightingsKey(wanted), ids);
    }
    for (const { customerId, value } of need.decided ?? []) {
      const ids = [...this.owners]
        .filter(([, owner]) => owner.customerId === customerId && owner.rule === 'identifier' && owner.decidedBy === value)
        .map(([id]) => id);
      for (const id of ids) this.loadEvent(world, id);
      world.decided.set(decidedKey(customerId, value), ids);
    }
    for (const key of need.seen ?? []) this.loadSeen(world, key);
    for (const session of need.seenOfSessions ?? []) {
      const keys = [...this.seen.keys()].filter(
        (key) => key.startsWith(`${session}#`) && seenKey(session, Number(key.slice(session.length + 1).split('\u001f')[0]), key.split('\u001f')[1]!) === key,
      );
      for (const key of keys) this.loadSeen(world, key);
      world.seenOfSessions.set(session, keys);
    }
  }

  private loadSeen(world: World, key: string): void {
    const seen = new Map<ValueKey, SeenInSession>();
    for (const [value, text] of this.seen.get(key) ?? []) seen.set(value, JSON.parse(text) as SeenInSession);
    world.seen.set(key, seen);
  }

  private loadEvent(world: World, id: string): void {
    const owner = this.owners.get(id);
    if (owner && !world.events.get(id)) this.eventsRead++;
    world.events.set(id, owner ? { facts: this.facts.get(id)!, owner } : null);
  }

  private store(world: World, outcome: Outcome): void {
    for (const { facts, owner, before } of outcome.owners) {
      if (JSON.stringify(this.owners.get(facts.id) ?? null) !== JSON.stringify(before))
        throw new Error(`the owner before of ${facts.id} is not the stored one`);
      this.owners.set(facts.id, owner);
      this.facts.set(facts.id, facts);
    }
    for (const key of outcome.values) {
      const uses = world.values.get(key)!;
      if (uses.length === 0) this.values.delete(key);
      else this.values.set(key, JSON.stringify(uses));
    }
    for (const key of outcome.carriers) this.carriers.set(key, JSON.stringify(world.carriers.get(key)!));
    for (const [pair, link] of outcome.links)
      if (link === null) this.links.delete(pair);
      else this.links.set(pairKey(link.a, link.b), link);
    for (const key of outcome.forgottenSeen) this.seen.delete(key);
    for (const [key, values] of outcome.seen) {
      const kept = this.seen.get(key) ?? new Map<ValueKey, string>();
      for (const value of values) kept.set(value, JSON.stringify(world.seen.get(key)!.get(value)!));
      this.seen.set(key, kept);
    }
    for (const { key, facts } of outcome.sightings.removed) this.sightings.get(key)?.delete(facts.id);
    for (const { key, facts } of outcome.sightings.added) {
      const known = this.sightings.get(key) ?? new Set();
      known.add(facts.id);
      this.sightings.set(key, known);
    }
    for (const founding of outcome.newFoundings) this.foundings.set(founding.customerId, { ...founding, heldAt: founding.at });
    for (const founding of outcome.changedFoundings) this.foundings.set(founding.customerId, { ...founding });
    for (const [former, now] of outcome.resolvesTo) this.resolvesTo.set(former, now);
    for (const [id, item] of this.reviews) if (ownNodesOf(item).some((node) => outcome.reviewed.has(node))) this.reviews.delete(id);
    for (const item of outcome.reviews) this.reviews.set(item.id, item);
  }
}

const ownNodesOf = (item: ReviewItem): NodeKey[] => (item.kind === 'refused' ? [item.refused.link.a, item.refused.link.b] : [item.node]);

/** Of each event the greatest revision. */
export function newest(facts: readonly EventFacts[]): EventFacts[] {
  const best = new Map<string, EventFacts>();
  for (const each of facts) {
    const known = best.get(each.id);
    if (!known || known.revision < each.revision) best.set(each.id, each);
  }
  return [...best.values()];
}
