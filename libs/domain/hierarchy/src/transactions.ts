import type { Channel, HierarchySettings, Instant } from '@throughline/contracts';
import type { Span } from './hierarchy';
import type { Reading } from './reading';

/** A transaction while the rule works on it. */
export interface TransactionDraft {
  /** Place in the list of transactions, which is in order of anchors. */
  readonly index: number;
  readonly readings: Reading[];
  /** Silence before each reading; null before the first. */
  readonly gaps: (number | null)[];
  readonly limitMs: number;
  /** Latest end. */
  endAt: Instant;
  live: { startAt: Instant; endAt: Instant; channel: Channel } | null;
  side: boolean;
  attempt: boolean;
  /** Pieces of contact links that its events use. */
  readonly pieces: LinkPiece[];
}

/** Successive uses of one contact link value, by whatever transactions, without a silence longer than the limit. */
export interface LinkPiece {
  readonly link: string;
  endAt: Instant;
  /** By anchor. */
  readonly transactions: TransactionDraft[];
}

/** A transaction that carries a contact link shows it here; `none` for a transaction alone with its values. */
export interface Transactions {
  readonly all: readonly TransactionDraft[];
  /** Transaction of each reading, by the reading's place. */
  readonly ofReading: readonly TransactionDraft[];
}

/** Rules §2.1 and the pieces of §2.2, in one pass over the readings, which are in total order. */
export function buildTransactions(readings: readonly Reading[], settings: HierarchySettings): Transactions {
  const running = new Map<string, TransactionDraft>();
  const runningPieces = new Map<string, LinkPiece>();
  const all: TransactionDraft[] = [];
  const ofReading: TransactionDraft[] = [];
  for (const reading of readings) {
    const limitMs = transactionLimit(reading, settings);
    let transaction = running.get(reading.stream);
    const gap = transaction ? Math.max(0, reading.occurredAt - transaction.endAt) : 0;
    if (!transaction || gap > limitMs) {
      transaction = { index: all.length, readings: [], gaps: [], limitMs, endAt: reading.endAt, live: null, side: false, attempt: false, pieces: [] };
      all.push(transaction);
      running.set(reading.stream, transaction);
    }
    transaction.gaps.push(transaction.readings.length === 0 ? null : gap);
    add(transaction, reading);
    ofReading.push(transaction);
    for (const link of reading.links ?? []) {
      let piece = runningPieces.get(link);
      if (!piece || reading.occurredAt - piece.endAt > settings.keyReuseMs) {
        piece = { link, endAt: reading.endAt, transactions: [] };
        runningPieces.set(link, piece);
      }
      piece.endAt = Math.max(piece.endAt, reading.endAt);
      if (!transaction.pieces.includes(piece)) {
        transaction.pieces.push(piece);
        piece.transactions.push(transaction);
      }
    }
  }
  for (const { pieces } of all) for (const piece of pieces) if (piece.transactions.length > 1) piece.transactions.sort((a, b) => a.index - b.index);
  return { all, ofReading };
}

export function transactionLimit(reading: Reading, settings: HierarchySettings): number {
  return reading.sessionKey === undefined ? settings.transactionGapMs[reading.system] : settings.keyReuseMs;
}

function add(transaction: TransactionDraft, reading: Reading): void {
  transaction.readings.push(reading);
  transaction.endAt = Math.max(transaction.endAt, reading.endAt);
  if (reading.side) transaction.side = true;
  if (reading.attempt) transaction.attempt = true;
  if (!reading.live) return;
  if (transaction.live) transaction.live.endAt = Math.max(transaction.live.endAt, reading.endAt);
  else transaction.live = { startAt: reading.occurredAt, endAt: reading.endAt, channel: reading.channel };
}

export function kindOf(transaction: TransactionDraft): 'contact' | 'item' | 'side' {
  return transaction.live ? 'contact' : transaction.side ? 'side' : 'item';
}

export function anchorOf(transaction: TransactionDraft): Reading {
  return transaction.readings[0]!;
}

export function startOf(transaction: TransactionDraft): Instant {
  return anchorOf(transaction).occurredAt;
}

/** How far apart two spans are; 0 when they touch or overlap. */
export function distance(a: Span, b: Span): number {
  return Math.max(0, a.startAt - b.endAt, b.startAt - a.endAt);
}
