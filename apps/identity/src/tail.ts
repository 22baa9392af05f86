import { instantText, type Transaction } from '@throughline/database';
import type { EventFacts, Outcome, World } from '@throughline/domain-identity';
import { randomUUID } from 'node:crypto';
import { packPieces } from './state-text';
import { saveStates } from './state-store';

const dayMs = 86_400_000;

/** Sightings of one value on one day that are not in `identity.sighting` yet. */
interface Chunk {
  readonly key: string;
  from: number;
  to: number;
  readonly ids: string[];
}

/**
 * Sightings and carriers change with nearly every event, and the same ones again in the next batch. They are kept here and written together, every some
 * ten thousand events; until then one row a batch in `identity.unindexed` names the events, from which a worker that takes over recovers both.
 */
export class Tail {
  private readonly chunks = new Map<string, Chunk>();
  private readonly chunksOf = new Map<string, Chunk[]>();
  private readonly carriers = new Set<string>();
  /** Events since the last flush; 0: the database names everything. */
  events = 0;

  /** Notes what a change alters; what cannot be recovered from the events it names is written at once. */
  async take(tx: Transaction, world: World, outcome: Outcome): Promise<void> {
    const { added, removed } = outcome.sightings;
    const recoverable = new Set<string>();
    const ids = new Set<string>();
    for (const { key, facts } of added) {
      this.add(key, facts);
      ids.add(facts.id);
      for (const carrier of facts.carriers) recoverable.add(carrier);
    }
    if (removed.length > 0) await this.remove(tx, removed);
    const now: (readonly [string, string])[] = [];
    for (const key of outcome.carriers)
      if (recoverable.has(key)) this.carriers.add(key);
      else now.push([key, packPieces(world.carriers.get(key)!)]);
    await saveStates(tx, 'carrier', now);
    if (ids.size > 0) await tx.execute('insert into identity.unindexed (batch, event_ids) values ($1, $2::uuid[])', [randomUUID(), `{${[...ids].join(',')}}`]);
    this.events += ids.size;
  }

  /** What a worker before this one, or this one before a fault, had not written. Its carriers must be folded anew. Gives them. */
  recover(events: readonly EventFacts[]): string[] {
    for (const facts of events) {
      for (const { key } of facts.naming) this.add(key, facts);
      for (const key of facts.carriers) {
        this.add(key, facts);
        this.carriers.add(key);
      }
    }
    this.events += events.length;
    return [...this.carriers];
  }

  private add(key: string, facts: EventFacts): void {
    const day = Math.floor(facts.at / dayMs);
    const name = `${day}\u001f${key}`;
    const chunk = this.chunks.get(name);
    if (chunk) {
      if (facts.at < chunk.from) chunk.from = facts.at;
      if (facts.at > chunk.to) chunk.to = facts.at;
      chunk.ids.push(facts.id);
      return;
    }
    const made: Chunk = { key, from: facts.at, to: facts.at, ids: [facts.id] };
    this.chunks.set(name, made);
    const known = this.chunksOf.get(key);
    if (known) known.push(made);
    else this.chunksOf.set(key, [made]);
  }

  /** Events of a value that the database's index does not name yet. */
  sightingsOf(key: string): string[] {
    return this.chunksOf.get(key)?.flatMap((chunk) => chunk.ids) ?? [];
  }

  /** Writes everything and begins anew. The caller's transaction must hold the lease. */
  async flush(tx: Transaction, world: World): Promise<void> {
    if (this.chunks.size === 0 && this.carriers.size === 0) return;
    const chunks = [...this.chunks.values()]
      .filter((chunk) => chunk.ids.length > 0)
      .sort((a, b) => (a.key < b.key || (a.key === b.key && a.from < b.from) ? -1 : 1));
    await tx.copyInto('identity.sighting', ['value_key', 'from_at', 'chunk', 'to_at', 'event_ids'], rowsOf(chunks));
    await saveStates(
      tx,
      'carrier',
      [...this.carriers].map((key) => [key, packPieces(world.carriers.get(key)!)]),
    );
    await tx.execute('delete from identity.unindexed');
    this.clear();
  }

  clear(): void {
    this.chunks.clear();
    this.chunksOf.clear();
    this.carriers.clear();
    this.events = 0;
  }

  private async remove(tx: Transaction, removed: readonly { key: string; facts: EventFacts }[]): Promise<void> {
    for (const { key, facts } of removed)
      for (const chunk of this.chunksOf.get(key) ?? [])
        for (let at = chunk.ids.indexOf(facts.id); at >= 0; at = chunk.ids.indexOf(facts.id)) chunk.ids.splice(at, 1);
    await tx.execute(
      `update identity.sighting s set event_ids = array_remove(s.event_ids, r.event)
       from unnest($1::text[], $2::uuid[]) as r (key, event) where s.value_key = r.key and r.event = any(s.event_ids)`,
      [removed.map(({ key }) => key), removed.map(({ facts }) => facts.id)],
    );
  }
}

function* rowsOf(chunks: readonly Chunk[]): Generator<readonly string[]> {
  for (const { key, from, to, ids } of chunks) yield [key, instantText(from), randomUUID(), instantText(to), `{${ids.join(',')}}`];
}
