import type { NamingUse, Piece } from '@throughline/domain-identity';

type PackedMoment = [at: number, sequence: number, id: string];
type PackedRun = [number, number, string, number, number, string, node: string];
type PackedPiece = [number, number, string, lastAt: number, end: number, runs: PackedRun[]];
type PackedUse = [...PackedMoment, lastAt: number, end: number, numbers: string[], shared: 0 | 1, customerId: string | null];

/** The pieces of a carrier as short JSON. */
export function packPieces(pieces: readonly Piece[]): string {
  const packed = pieces.map(({ first, lastAt, end, runs }): PackedPiece => [
    first.at,
    first.sequence,
    first.id,
    lastAt,
    end,
    runs.map((run): PackedRun => [run.first.at, run.first.sequence, run.first.id, run.last.at, run.last.sequence, run.last.id, run.node]),
  ]);
  return JSON.stringify(packed);
}

export function unpackPieces(packed: unknown): Piece[] {
  return (packed as PackedPiece[]).map(([at, sequence, id, lastAt, end, runs]) => ({
    first: { at, sequence, id },
    lastAt,
    end,
    runs: runs.map((run) => ({ first: { at: run[0], sequence: run[1], id: run[2] }, last: { at: run[3], sequence: run[4], id: run[5] }, node: run[6] })),
  }));
}

/** The uses of a naming value as short JSON. */
export function packUses(uses: readonly NamingUse[]): string {
  const packed = uses.map(({ first, lastAt, end, numbers, shared, customerId }): PackedUse => [
    first.at,
    first.sequence,
    first.id,
    lastAt,
    end,
    numbers,
    shared ? 1 : 0,
    customerId,
  ]);
  return JSON.stringify(packed);
}

export function unpackUses(packed: unknown): NamingUse[] {
  return (packed as PackedUse[]).map(([at, sequence, id, lastAt, end, numbers, shared, customerId]) => ({
    first: { at, sequence, id },
    lastAt,
    end,
    numbers,
    shared: shared === 1,
    customerId,
  }));
}
