import { findClusters, isCard } from './card-numbers';

/** One line of a conversation, or keys pressed in one call, in the order of time. */
export interface DigitLine {
  readonly at: number;
  readonly kind: 'keys' | 'line';
  readonly text: string;
}

export const keyedGapMs = 30_000;
/** How many lines without a digit ("one moment") may stand between two parts. */
const quietLinesBetween = 3;
const longest = 19;
const shortest = 13;

interface Piece {
  readonly line: number;
  readonly digits: readonly number[];
}

/**
 * Finds card numbers that are spread over several events of one conversation: keys pressed within 30 s of each other, or the last digits of one line and the first of the next
 * (lines between them that are digits alone count in full). Returns the indexes of all lines that hold a part, ascending.
 */
export function findCardsAcross(lines: readonly DigitLine[]): number[] {
  const hit = new Set<number>();
  let pieces: Piece[] = [];
  let previousAt = Number.NEGATIVE_INFINITY;
  let quiet = 0;
  lines.forEach((line, index) => {
    const clusters = findClusters(line.text).map((cluster) => cluster.map((digit) => digit.value));
    if (line.kind === 'keys' && line.at - previousAt > keyedGapMs) pieces = [];
    previousAt = line.at;
    const first = clusters[0];
    if (first === undefined) {
      if (line.kind === 'line' && ++quiet > quietLinesBetween) pieces = [];
      return;
    }
    quiet = 0;
    pieces = [...pieces, { line: index, digits: first }];
    for (const found of endingAtLast(pieces, line.kind === 'keys')) hit.add(found);
    if (clusters.length > 1) pieces = [{ line: index, digits: clusters[clusters.length - 1]! }];
    let kept = 0;
    let from = pieces.length;
    while (from > 0 && kept < 2 * longest) kept += pieces[--from]!.digits.length;
    pieces = pieces.slice(from);
  });
  return [...hit].sort((a, b) => a - b);
}

/** Lines that take part in a card number which ends in the last piece. Keys: at any digit. Lines: it begins with a piece and ends with one. */
function endingAtLast(pieces: readonly Piece[], anywhere: boolean): number[] {
  const digits = pieces.flatMap((piece) => piece.digits.map((value) => ({ value, line: piece.line })));
  const lastLine = pieces[pieces.length - 1]!.line;
  const lines = new Set<number>();
  for (let to = digits.length; to >= shortest && digits[to - 1]!.line === lastLine; to--) {
    if (!anywhere && to !== digits.length) break;
    for (let from = Math.max(0, to - longest); to - from >= shortest; from++) {
      if (!anywhere && from > 0 && digits[from - 1]!.line === digits[from]!.line) continue;
      const window = digits.slice(from, to);
      if (window[0]!.line !== lastLine && isCard(window.map((digit) => digit.value))) for (const digit of window) lines.add(digit.line);
    }
  }
  return [...lines];
}

/** A line without any of its digits, for lines that hold a part of a card number. */
export function scrubDigits(text: string): string {
  let result = '';
  let from = 0;
  for (const cluster of findClusters(text))
    for (const digit of cluster) {
      result += `${text.slice(from, digit.start)}•`;
      from = digit.end;
    }
  return result + text.slice(from);
}
