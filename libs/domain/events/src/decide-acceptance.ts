/** A record about to be stored, as far as the decision needs it. */
export interface Candidate {
  readonly eventId: string;
  readonly revision: number;
  readonly fingerprint: string;
}

/** What is stored under the same event id. */
export interface StoredKey {
  readonly revision: number;
  readonly fingerprint: string;
}

/** `insert`: new. `replace`: a higher revision. `duplicate`: the same content, or a lower revision than the stored one. `conflict`: the same revision with other content. */
export type Verdict = 'insert' | 'replace' | 'duplicate' | 'conflict';

/** What becomes of one candidate, given what is stored. */
export function decideAcceptance(candidate: Candidate, stored: StoredKey | undefined): Verdict {
  if (stored === undefined) return 'insert';
  if (candidate.revision > stored.revision) return 'replace';
  if (candidate.revision < stored.revision || candidate.fingerprint === stored.fingerprint) return 'duplicate';
  return 'conflict';
}

export interface Batch<C extends Candidate> {
  /** At most one an event id: the first of the greatest revision. Sorted by event id, so that writers cannot deadlock. */
  readonly winners: readonly C[];
  /** The rest of the batch, each judged against the winner of its id. */
  readonly others: ReadonlyMap<C, 'duplicate' | 'conflict'>;
}

/** Settles repetitions inside one batch, so that the database sees each event id once. */
export function settleBatch<C extends Candidate>(candidates: readonly C[]): Batch<C> {
  const best = new Map<string, C>();
  let repeated = false;
  for (const candidate of candidates) {
    const known = best.get(candidate.eventId);
    if (known !== undefined) repeated = true;
    if (known === undefined || candidate.revision > known.revision) best.set(candidate.eventId, candidate);
  }
  const others = new Map<C, 'duplicate' | 'conflict'>();
  if (repeated)
    for (const candidate of candidates) {
      const winner = best.get(candidate.eventId)!;
      if (winner === candidate) continue;
      others.set(candidate, candidate.revision < winner.revision || candidate.fingerprint === winner.fingerprint ? 'duplicate' : 'conflict');
    }
  const winners = [...best.values()].sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
  return { winners, others };
}
