import { compareEvents, type CanonicalEvent, type Decision, type IdentitySettings } from '@throughline/contracts';
import { noNote, noteLimit, type Note } from '../flood';
import { clustersOf, type Clustering } from './clusters';
import { decisionFacts, eventLinks, usableOf, type Assignment } from './links';
import { factsOf, type Facts, type UseNode } from './nodes';
import { uuidOfName } from './uuid-of-name';
import { compareText, isCarrierKind, type SeenValue } from './values';

/** `founded(customerId, by the sighting of a value on an event, at)`: a fact that is given to the oracle, never made up by it. */
export interface Founding {
  readonly customerId: string;
  /** Value key, without the number of the use. */
  readonly value: string;
  readonly eventId: string;
  readonly at: number;
}

export interface Owner {
  readonly customerId: string;
  readonly rule: 'identifier' | 'contact' | 'session' | 'device' | 'placeholder' | 'internal';
  readonly decidedBy: string | null;
  readonly confidence: number;
}

export interface IdentityWorld {
  readonly owners: ReadonlyMap<string, Owner>;
  /** Node key → customer id, for every node of a cluster that has an id. */
  readonly customerOf: ReadonlyMap<string, string>;
  /** The foundings that were missing, their customer id made of the sighting: `new <value> <event id>`. */
  readonly founded: readonly Founding[];
  /** Every customer id ever founded → the customer it is now. */
  readonly resolves: ReadonlyMap<string, string>;
  readonly shared: readonly string[];
  /** Nodes that some event shows; a decision may name others. */
  readonly seen: readonly string[];
  readonly clustering: Clustering;
}

/** Who owns each event, as docs/rules.md 1 says it. Decisions are those not withdrawn. */
export function oracleIdentity(
  events: readonly CanonicalEvent[],
  decisions: readonly Decision[],
  foundings: readonly Founding[],
  settings: IdentitySettings,
  note: Note = noNote,
): IdentityWorld {
  const facts = factsOf(events, settings, note);
  const { same, different, assignments } = decisionFacts(decisions, facts, settings);
  const naming = facts.nodes.filter((node) => node.kind !== 'contact' && !isCarrierKind(node.kind, settings));
  const usable = naming.filter((node) => !facts.shared.has(node));
  const clustering = clustersOf(
    usable.map((node) => node.key),
    [...eventLinks(facts, settings), ...same],
    different,
    settings,
  );
  noteClustering(clustering, facts, note);
  const { customerOf, founded, resolves } = foundCustomers(clustering, facts, usable, foundings);

  const direct = new Map<CanonicalEvent, Owner>();
  for (const event of facts.events) {
    const owner = directOwner(event, facts, assignments, customerOf, settings, note);
    if (owner) direct.set(event, owner);
  }
  const owners = new Map<string, Owner>();
  for (const event of facts.events) {
    const owner =
      event.purpose === 'internal'
        ? internalOwner(event, facts)
        : (direct.get(event) ?? byCarrier(event, facts, direct, settings, note) ?? placeholder(event, facts, direct, settings, note));
    note(`owner: ${owner.rule}`);
    owners.set(event.id, owner);
  }
  return { owners, customerOf, founded, resolves, shared: [...facts.shared].map((node) => node.key), seen: naming.map((node) => node.key), clustering };
}

function noteClustering({ refused, accepted, oversize }: Clustering, facts: Facts, note: Note): void {
  for (const { limit } of refused) note(`refused: ${limit.split(':')[0]}`);
  for (const { rule } of accepted) note(`link: ${rule}`);
  if (oversize.length > 0) note('identity: oversize');
  for (const node of facts.shared) note(`shared: ${node.kind}`);
  for (const node of facts.nodes) if (node.key.endsWith('#1')) note(`use cut: ${node.kind}`);
}

/** docs/rules.md 1.3, customer ids. */
function foundCustomers(
  { clusters }: Clustering,
  facts: Facts,
  usable: readonly UseNode[],
  foundings: readonly Founding[],
): Pick<IdentityWorld, 'customerOf' | 'founded' | 'resolves'> {
  const nodes = new Map(usable.map((node) => [node.key, node]));
  const eventById = new Map(facts.events.map((event) => [event.id, event]));
  const holderOf = ({ value, eventId }: Founding): string | undefined => {
    const event = eventById.get(eventId);
    const node = event && facts.nodeOf(value, event);
    return node && nodes.has(node.key) ? node.key : undefined;
  };
  const standing = foundings.map((founding) => ({ founding, node: holderOf(founding) }));
  const customerOf = new Map<string, string>();
  const founded: Founding[] = [];
  const resolves = new Map<string, string>();
  for (const cluster of clusters) {
    const mine = standing.filter(({ node }) => node !== undefined && cluster.has(node)).map(({ founding }) => founding);
    if (mine.length === 0) {
      const sightings = [...cluster]
        .flatMap((key) => nodes.get(key) ?? [])
        .flatMap((node) => node.events.map((event) => ({ node, event })))
        .sort((x, y) => compareEvents(x.event, y.event) || compareText(x.node.key, y.node.key));
      const first = sightings[0];
      if (!first) continue;
      mine.push({ customerId: `new ${first.node.value} ${first.event.id}`, value: first.node.value, eventId: first.event.id, at: first.event.occurredAt });
      founded.push(mine[0]!);
    }
    const eldest = [...mine].sort((x, y) => x.at - y.at || compareText(x.customerId, y.customerId))[0]!;
    for (const node of cluster) customerOf.set(node, eldest.customerId);
    for (const { customerId } of mine) resolves.set(customerId, eldest.customerId);
  }
  return { customerOf, founded, resolves };
}

/** docs/rules.md 1.4, step 1. */
function directOwner(
  event: CanonicalEvent,
  facts: Facts,
  assignments: readonly Assignment[],
  customerOf: ReadonlyMap<string, string>,
  settings: IdentitySettings,
  note: Note,
): Owner | undefined {
  const assigned = (seen: SeenValue): Assignment | undefined => {
    const inForce = assignments.filter(({ value, from, until }) => value === seen.key && from <= event.occurredAt && event.occurredAt < until);
    const working = inForce.filter(({ to }) => to !== null && customerOf.has(to));
    if (working.length < inForce.length) note('assign: rests');
    return working.sort((x, y) => x.at - y.at || compareText(x.id, y.id)).pop();
  };
  for (const role of ['subject', 'actingFor'] as const) {
    const plain = usableOf(event, role, facts, settings).map(({ node }) => node.key);
    const candidates = facts.valuesOf
      .get(event)!
      .filter((seen) => seen.role === role && !isCarrierKind(seen.kind, settings))
      .map((seen) => {
        const node = facts.nodeOf(seen.key, event)!;
        const assignment = assigned(seen);
        const customerId = assignment ? customerOf.get(assignment.to!)! : plain.includes(node.key) ? customerOf.get(node.key)! : undefined;
        return { seen, node, assignment, customerId };
      })
      .filter((candidate) => candidate.customerId !== undefined)
      .sort(
        (x, y) =>
          settings.kinds[y.seen.kind].rank - settings.kinds[x.seen.kind].rank ||
          Number(y.seen.verified) - Number(x.seen.verified) ||
          compareText(x.node.key, y.node.key),
      );
    const first = candidates[0];
    if (first) {
      note(`identifier: ${first.assignment ? 'assigned' : role}`);
      return { customerId: first.customerId!, rule: 'identifier', decidedBy: first.seen.key, confidence: 1000 };
    }
  }
  return undefined;
}

/** Devices and cookies of an event, by node key. */
function devicesOf(event: CanonicalEvent, facts: Facts, settings: IdentitySettings): UseNode[] {
  return facts.valuesOf
    .get(event)!
    .filter((seen) => seen.role === 'subject' && isCarrierKind(seen.kind, settings))
    .map((seen) => facts.nodeOf(seen.key, event)!)
    .sort((x, y) => compareText(x.key, y.key));
}

/** docs/rules.md 1.4, step 2: all identifications of each carrier are looked at for each event. */
function byCarrier(event: CanonicalEvent, facts: Facts, direct: ReadonlyMap<CanonicalEvent, Owner>, settings: IdentitySettings, note: Note): Owner | undefined {
  for (const key of facts.contactsOf.get(event)!) {
    const identified = facts.nodeOf(key, event)!.events.filter((other) => direct.has(other));
    const before = identified.filter((other) => compareEvents(other, event) <= 0).pop();
    const found = before ?? identified[0];
    if (!found) continue;
    const rule = key.startsWith('link:') ? 'contact' : 'session';
    note(`carrier: ${rule} ${before ? 'before' : 'after'}`);
    return { customerId: direct.get(found)!.customerId, rule, decidedBy: key, confidence: rule === 'contact' ? 980 : 950 };
  }
  for (const device of devicesOf(event, facts, settings)) {
    const identified = device.events.filter((other) => direct.has(other));
    const previous = identified.filter((other) => compareEvents(other, event) < 0).pop();
    const next = identified.find((other) => compareEvents(other, event) > 0);
    const customers = [previous, next].map((other) => other && direct.get(other)!.customerId);
    let customerId: string | undefined;
    if (next && !previous) noteLimit(note, 'reach back', next.occurredAt - event.occurredAt, settings.reachBackMs);
    if (previous && !next) noteLimit(note, 'reach forward', event.occurredAt - previous.occurredAt, settings.reachForwardMs);
    if (previous && next) {
      customerId = customers[0] === customers[1] ? customers[0] : undefined;
      note(customerId ? 'device: both' : 'device: two people');
    } else if (next) {
      customerId = next.occurredAt - event.occurredAt <= settings.reachBackMs ? customers[1] : undefined;
      note(customerId ? 'device: next' : 'device: next too late');
    } else if (previous) {
      customerId = event.occurredAt - previous.occurredAt <= settings.reachForwardMs ? customers[0] : undefined;
      note(customerId ? 'device: previous' : 'device: previous too early');
    }
    if (customerId !== undefined) return { customerId, rule: 'device', decidedBy: device.value, confidence: 700 };
  }
  return undefined;
}

/** docs/rules.md 1.4, step 3. */
function placeholder(event: CanonicalEvent, facts: Facts, direct: ReadonlyMap<CanonicalEvent, Owner>, settings: IdentitySettings, note: Note): Owner {
  const contact = facts.contactsOf.get(event)![0];
  const device = devicesOf(event, facts, settings)[0];
  const owner = (decidedBy: string | null, ...names: string[]): Owner => ({
    customerId: uuidOfName('anonymous', ...names),
    rule: 'placeholder',
    decidedBy,
    confidence: 1000,
  });
  if (contact !== undefined) {
    note(`placeholder: ${contact.startsWith('link:') ? 'contact' : 'session'}`);
    return owner(contact, facts.nodeOf(contact, event)!.key);
  }
  if (device) {
    note('placeholder: device');
    const previous = device.events.filter((other) => direct.has(other) && compareEvents(other, event) < 0).pop();
    return owner(device.value, device.key, previous?.id ?? 'start');
  }
  note('placeholder: event');
  return owner(null, event.id);
}

/** docs/rules.md 1.4, point 4. */
function internalOwner(event: CanonicalEvent, facts: Facts): Owner {
  const contact = facts.contactsOf.get(event)![0];
  const name = contact === undefined ? event.id : facts.nodeOf(contact, event)!.key;
  return { customerId: uuidOfName('internal', name), rule: 'internal', decidedBy: contact ?? null, confidence: 1000 };
}
