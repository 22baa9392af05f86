import { Injectable } from '@nestjs/common';
import { Database, instantText } from '@throughline/database';

export interface KeyEntry {
  readonly id: string;
  readonly source: string;
  /** The first characters of the secret: enough to tell keys apart. */
  readonly prefix: string;
  readonly label: string;
  readonly madeBy: string;
  readonly createdAt: number;
  /** To within half a minute; null when it was never used since keys are counted. */
  readonly lastUsedAt: number | null;
  /** When it stops to work; null for a key that does not. */
  readonly endsAt: number | null;
}

interface Row {
  readonly key_id: string;
  readonly source: string;
  readonly prefix: string;
  readonly label: string;
  readonly made_by: string;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

const shownAfterEndMs = 30 * 24 * 60 * 60_000;

/** Write keys as ingestion shows them: never the keys. */
@Injectable()
export class KeyStore {
  constructor(private readonly database: Database) {}

  /** Keys that work, and those that stopped within thirty days. */
  async all(now: number): Promise<KeyEntry[]> {
    const rows = await this.database.query<Row>(
      `select key_id, source, prefix, label, made_by, created_at, last_used_at, revoked_at from ingestion.read_write_key
       where revoked_at is null or revoked_at > $1 order by source, created_at desc`,
      [instantText(now - shownAfterEndMs)],
    );
    return rows.map((row) => ({
      id: row.key_id,
      source: row.source,
      prefix: row.prefix,
      label: row.label,
      madeBy: row.made_by,
      createdAt: row.created_at.getTime(),
      lastUsedAt: row.last_used_at?.getTime() ?? null,
      endsAt: row.revoked_at?.getTime() ?? null,
    }));
  }

  async sources(): Promise<string[]> {
    const rows = await this.database.query<{ name: string }>('select name from ingestion.read_source where disabled_at is null order by name');
    return rows.map(({ name }) => name);
  }
}
