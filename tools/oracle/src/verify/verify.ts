import { defaultIdentitySettings, type CanonicalHierarchy, type IdentitySettings } from '@throughline/contracts';
import { Client } from 'pg';
import { ownedEvents } from '../cases/world-of';
import { oracleHierarchy } from '../hierarchy/oracle-hierarchy';
import { oracleWorld } from '../identity/oracle-world';
import { readStoredLevels, type StoredLevels } from './stored-levels';
import { readStoredWorld, type StoredWorld } from './stored-world';

export interface VerifyOptions {
  /** A role that may read the views: `tl_admin_api`, or the owner. */
  readonly databaseUrl: string;
  /** States are compared at this instant; now, if absent. */
  readonly asOf?: number;
  /** How identity was told to complete phones. */
  readonly identitySettings?: IdentitySettings;
  /** At most so many differences are described. */
  readonly atMost?: number;
  readonly progress?: (text: string) => void;
}

export interface Difference {
  readonly what: 'owner' | 'node' | 'resolves' | 'founding' | 'hierarchy';
  readonly customerId: string;
  /** Event, identifier node or hierarchy node. */
  readonly id: string;
  readonly stored: unknown;
  readonly oracle: unknown;
}

export interface VerifyResult {
  readonly equal: boolean;
  readonly events: number;
  readonly customers: number;
  readonly nodes: number;
  readonly decisions: number;
  readonly corrections: number;
  /** All differences found; `differences` describes the first of them. */
  readonly different: number;
  readonly differences: readonly Difference[];
  /** Not yet caught up: these can differ without anything being wrong. */
  readonly waiting: { readonly events: number; readonly customers: number };
  /** Set aside as poison, and not compared. */
  readonly failed: { readonly events: number; readonly customers: number };
  readonly asOf: number;
  readonly milliseconds: number;
}

/** Computes the whole world anew from the stored events with the naive oracle, and compares who owns each event and every row of the hierarchy. */
export async function verify(options: VerifyOptions): Promise<VerifyResult> {
  const startedAt = performance.now();
  const { asOf = Date.now(), identitySettings = defaultIdentitySettings, atMost = 20, progress = () => undefined } = options;
  const client = new Client({ connectionString: options.databaseUrl });
  await client.connect();
  let world: StoredWorld;
  let levels: StoredLevels;
  try {
    await client.query('begin isolation level repeatable read read only');
    progress('reading what is stored');
    world = await readStoredWorld(client);
    levels = await readStoredLevels(client);
    await client.query('commit');
  } finally {
    await client.end();
  }

  progress(`computing who owns ${world.events.length} events`);
  const oracle = oracleWorld(world.events, world.decisions, world.foundings, identitySettings);
  const found = new Differences(atMost);
  compareIdentity(world, oracle, found);

  const owned = ownedEvents(world.events, oracle.owners);
  let nodes = 0;
  let compared = 0;
  for (const [customerId, events] of owned) {
    compared += 1;
    if (compared % 1000 === 0) progress(`${compared} of ${owned.length} customers`);
    if (world.failedCustomers.has(customerId)) continue;
    const expected = oracleHierarchy(customerId, events, correctionsOf(world, events), world.settings, asOf);
    nodes += expected.nodes.length;
    compareHierarchy(expected, levels.hierarchy(customerId, world.settings, asOf), found);
  }
  const withEvents = new Set(owned.map(([customerId]) => customerId));
  for (const customerId of levels.customers()) {
    if (withEvents.has(customerId)) continue;
    const left = levels.hierarchy(customerId, world.settings, asOf);
    if (left.nodes.length > 1) compareHierarchy(oracleHierarchy(customerId, [], [], world.settings, asOf), left, found);
  }

  return {
    equal: found.count === 0 && world.unresolvedEvents === 0 && world.unbuiltCustomers === 0,
    events: world.events.length,
    customers: owned.length,
    nodes,
    decisions: world.decisions.length,
    corrections: world.corrections.length,
    different: found.count,
    differences: found.first,
    waiting: { events: world.unresolvedEvents, customers: world.unbuiltCustomers },
    failed: { events: world.failedEvents.size, customers: world.failedCustomers.size },
    asOf,
    milliseconds: Math.round(performance.now() - startedAt),
  };
}

class Differences {
  readonly first: Difference[] = [];
  count = 0;

  constructor(private readonly atMost: number) {}

  add(difference: Difference): void {
    this.count += 1;
    if (this.first.length < this.atMost) this.first.push(difference);
  }
}

function correctionsOf({ corrections }: StoredWorld, events: readonly { readonly event: { readonly id: string } }[]): StoredWorld['corrections'] {
  if (corrections.length === 0) return corrections;
  const ids = new Set(events.map(({ event }) => event.id));
  return corrections.filter((correction) => ids.has(correction.eventId));
}

function compareIdentity(world: StoredWorld, oracle: ReturnType<typeof oracleWorld>, found: Differences): void {
  for (const founding of oracle.founded) found.add({ what: 'founding', customerId: founding.customerId, id: founding.value, stored: null, oracle: founding });
  for (const [id, expected] of oracle.owners) {
    const stored = world.owners.get(id) ?? null;
    if (JSON.stringify(stored) !== JSON.stringify(expected)) found.add({ what: 'owner', customerId: expected.customerId, id, stored, oracle: expected });
  }
  for (const [id, stored] of world.owners)
    if (!oracle.owners.has(id) && !world.failedEvents.has(id)) found.add({ what: 'owner', customerId: stored.customerId, id, stored, oracle: null });
  const seen = new Set(oracle.seen);
  for (const [node, customerId] of oracle.customerOf)
    if (seen.has(node) && world.nodes.get(node) !== customerId)
      found.add({ what: 'node', customerId, id: node, stored: world.nodes.get(node) ?? null, oracle: customerId });
  for (const [node, customerId] of world.nodes)
    if (!oracle.customerOf.has(node)) found.add({ what: 'node', customerId, id: node, stored: customerId, oracle: null });
  for (const [former, now] of oracle.resolves)
    if (former !== now && world.resolves.get(former) !== now)
      found.add({ what: 'resolves', customerId: now, id: former, stored: world.resolves.get(former) ?? null, oracle: now });
}

function compareHierarchy(oracle: CanonicalHierarchy, stored: CanonicalHierarchy, found: Differences): void {
  if (JSON.stringify(oracle.nodes) === JSON.stringify(stored.nodes)) return;
  const name = (node: { level: string; id: string }): string => `${node.level} ${node.id}`;
  const theirs = new Map(stored.nodes.map((node) => [name(node), node]));
  const ours = new Map(oracle.nodes.map((node) => [name(node), node]));
  for (const id of [...new Set([...ours.keys(), ...theirs.keys()])].sort())
    if (JSON.stringify(ours.get(id)) !== JSON.stringify(theirs.get(id))) {
      found.add({ what: 'hierarchy', customerId: oracle.customerId, id, stored: theirs.get(id) ?? null, oracle: ours.get(id) ?? null });
      return;
    }
}

/** What a person reads. */
export function verifyText(result: VerifyResult): string {
  const lines = [
    `${result.events} events, ${result.customers} customers, ${result.nodes} nodes, ${result.decisions} decisions, ${result.corrections} corrections, as of ${new Date(result.asOf).toISOString()}, in ${(result.milliseconds / 1000).toFixed(1)} s`,
  ];
  if (result.failed.events + result.failed.customers > 0)
    lines.push(`set aside and not compared: ${result.failed.events} events, ${result.failed.customers} customers`);
  if (result.waiting.events + result.waiting.customers > 0)
    lines.push(`still at work: ${result.waiting.events} events wait for their owner, ${result.waiting.customers} customers to be built. Wait and ask again.`);
  for (const { what, customerId, id, stored, oracle } of result.differences)
    lines.push(`${what} ${id} of ${customerId}`, `  stored  ${JSON.stringify(stored)}`, `  oracle  ${JSON.stringify(oracle)}`);
  if (result.different > result.differences.length) lines.push(`and ${result.different - result.differences.length} more`);
  lines.push(result.equal ? 'equal' : result.different > 0 ? `different: ${result.different}` : 'not yet equal');
  return lines.join('\n');
}
