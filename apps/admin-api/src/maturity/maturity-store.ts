import { Injectable } from '@nestjs/common';
import { Database, instantText, type Transaction } from '@throughline/database';
import type { Attestation, Dimension, MaturityLevel, MaturityScore } from '@throughline/domain-maturity';
import { v7 as uuidv7 } from 'uuid';
import type { SnapshotsAnswer } from './maturity-answers';

export interface Aim {
  readonly dimension: Dimension;
  readonly claimed: MaturityLevel | null;
  readonly target: MaturityLevel | null;
}

interface AttestationRow {
  readonly criterion: string;
  readonly holds: boolean;
  readonly by: string;
  readonly at: Date;
  readonly expires_at: Date;
  readonly comment: string;
}

interface SnapshotRow {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
  readonly overall: MaturityLevel | null;
  readonly reached: SnapshotsAnswer['snapshots'][number]['reached'];
  readonly met: number;
}

/** What people said of maturity, and how it stood before. */
@Injectable()
export class MaturityStore {
  constructor(private readonly database: Database) {}

  async attestations(): Promise<Attestation[]> {
    const rows = await this.database.query<AttestationRow>(
      `select distinct on (criterion) criterion, holds, by_name as by, at, expires_at, comment from admin_api.maturity_attestation order by criterion, at desc, attestation_id desc`,
    );
    return rows.map(({ at, expires_at: expiresAt, ...row }) => ({ ...row, at: at.getTime(), expiresAt: expiresAt.getTime() }));
  }

  async aims(): Promise<Aim[]> {
    return this.database.query<Aim>(
      'select distinct on (dimension) dimension, claimed, target from admin_api.maturity_aim order by dimension, at desc, aim_id desc',
    );
  }

  async attest(tx: Transaction, { criterion, holds, by, at, expiresAt, comment }: Attestation): Promise<void> {
    await tx.execute(
      'insert into admin_api.maturity_attestation (criterion, attestation_id, holds, by_name, at, expires_at, comment) values ($1, $2, $3, $4, $5, $6, $7)',
      [criterion, uuidv7(), holds, by, instantText(at), instantText(expiresAt), comment],
    );
  }

  async aim(tx: Transaction, { dimension, claimed, target }: Aim, by: string, at: number): Promise<void> {
    await tx.execute('insert into admin_api.maturity_aim (dimension, aim_id, claimed, target, by_name, at) values ($1, $2, $3, $4, $5, $6)', [
      dimension,
      uuidv7(),
      claimed,
      target,
      by,
      instantText(at),
    ]);
  }

  /** Keeps how it stands. Gives the snapshot's id. */
  async keep(tx: Transaction, score: MaturityScore, by: string, at: number): Promise<string> {
    const id = uuidv7();
    const judged = score.cells.flatMap(({ criteria }) => criteria.map(({ criterion, standing, words }) => ({ id: criterion.id, standing, words })));
    await tx.execute(
      'insert into admin_api.maturity_snapshot (snapshot_id, at, by_name, overall, reached, met, criteria) values ($1, $2, $3, $4, $5, $6, $7)',
      [
        id,
        instantText(at),
        by,
        score.overall,
        JSON.stringify(score.reached),
        judged.filter(({ standing }) => standing === 'met').length,
        JSON.stringify(judged),
      ],
    );
    return id;
  }

  /** The newest fifty, the oldest of them first. */
  async snapshots(): Promise<SnapshotsAnswer['snapshots']> {
    const rows = await this.database.query<SnapshotRow>(
      'select snapshot_id as id, at, by_name as by, overall, reached, met from admin_api.maturity_snapshot order by at desc, snapshot_id desc limit 50',
    );
    return rows.map((row) => ({ ...row, at: row.at.getTime() })).reverse();
  }
}
