import type { HierarchySettings } from '@throughline/contracts';
import { byKey, flood, noteLimit, type Note } from '../flood';
import { gapOf, inOrder, type Reading } from './reading';

export interface Transaction {
  readonly readings: readonly Reading[];
  readonly anchor: Reading;
  readonly kind: 'contact' | 'item' | 'side';
  readonly channel: string;
  readonly start: number;
  readonly end: number;
  /** Of a contact: first live start to latest live end. */
  readonly live: { readonly start: number; readonly end: number } | null;
  /** Pieces of contact link values used: piece → value. */
  readonly pieces: ReadonlyMap<string, string>;
  readonly attempt: boolean;
}

/** docs/rules.md 2.1: groups of equal key, cut where every pair is further apart than the limit. */
export function transactionsOf(readings: readonly Reading[], settings: HierarchySettings, note: Note): Transaction[] {
  const groups = byKey(readings, ({ event, decidedBy }) =>
    JSON.stringify([
      event.source,
      event.system,
      ...(event.sessionKey === undefined ? ['stream', event.channel, event.clientKey ?? decidedBy] : ['session', event.sessionKey]),
      event.system === 'agent' ? (event.agent ?? null) : null,
      event.system === 'acd' ? (event.queue ?? null) : null,
    ]),
  );
  const pieces = piecesOf(readings, settings, note);
  const transactions: Transaction[] = [];
  for (const group of groups.values()) {
    const { sessionKey, system } = group[0]!.event;
    const limit = sessionKey === undefined ? settings.transactionGapMs[system] : settings.keyReuseMs;
    const cut = flood(group, (a, b) => {
      noteLimit(note, sessionKey === undefined ? 'stream' : 'session', gapOf(a, b), limit);
      return gapOf(a, b) <= limit;
    });
    if (cut.length > 1) note(sessionKey === undefined ? 'cut: stream silence' : 'cut: session key reused');
    for (const members of cut) transactions.push(transaction(members.sort(inOrder), pieces));
  }
  return transactions.sort((a, b) => inOrder(a.anchor, b.anchor));
}

function transaction(readings: readonly Reading[], pieces: ReadonlyMap<Reading, ReadonlyMap<string, string>>): Transaction {
  const live = readings.filter((reading) => reading.live);
  const anchor = readings[0]!;
  const side = readings.some(({ event }) => event.presence === 'observer' || event.purpose === 'feedback');
  return {
    readings,
    anchor,
    kind: live.length > 0 ? 'contact' : side ? 'side' : 'item',
    channel: (live[0] ?? anchor).event.channel,
    start: anchor.start,
    end: Math.max(...readings.map((reading) => reading.end)),
    live: live.length > 0 ? { start: live[0]!.start, end: Math.max(...live.map((reading) => reading.end)) } : null,
    pieces: new Map(readings.flatMap((reading) => [...pieces.get(reading)!])),
    attempt: live.length === 0 && readings.some((reading) => reading.event.type === 'attempted' || reading.ending === 'noAnswer'),
  };
}

/** docs/rules.md 2.2: every contact link value of the customer, cut by silence; which pieces each event uses. */
function piecesOf(readings: readonly Reading[], settings: HierarchySettings, note: Note): Map<Reading, Map<string, string>> {
  const pieces = new Map(readings.map((reading) => [reading, new Map<string, string>()]));
  for (const value of new Set(readings.flatMap((reading) => reading.links)))
    flood(
      readings.filter((reading) => reading.links.includes(value)),
      (a, b) => {
        noteLimit(note, 'link value', gapOf(a, b), settings.keyReuseMs);
        return gapOf(a, b) <= settings.keyReuseMs;
      },
    ).forEach((piece, number) => piece.forEach((reading) => pieces.get(reading)!.set(`${value}#${number}`, value)));
  return pieces;
}

const canBeOpen = ['ivr', 'acd', 'agent', 'chat', 'messaging'];
const endingTypes = ['left', 'selfServed', 'dequeued', 'abandoned', 'ended', 'transferred', 'disposed', 'wrappedUp'];

export function stateOf(transaction: Transaction, settings: HierarchySettings, asOf: number): 'open' | 'endUnknown' | 'ended' {
  if (!canBeOpen.includes(transaction.anchor.event.system)) return 'ended';
  const ended = transaction.readings.some(
    (reading) => reading.ending !== undefined || reading.event.endedAt !== undefined || endingTypes.includes(reading.event.type),
  );
  if (ended) return 'ended';
  return asOf - transaction.end <= settings.openForMs ? 'open' : 'endUnknown';
}
