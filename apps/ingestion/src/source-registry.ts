import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { sourceSettingsSchema, type SourceSettings } from '@throughline/contracts';
import { Database, instantText, isTransient } from '@throughline/database';
import { Log, SETTINGS } from '@throughline/service';
import { hash } from 'node:crypto';
import type { IngestionSettings } from './settings';
import { TokenBucket } from './token-bucket';

/** A source as requests need it. */
export interface LiveSource {
  readonly settings: SourceSettings;
  readonly bucket: TokenBucket;
}

const refreshMs = 5_000;

/** Sources and their write keys, held in memory so that a key is checked without the database. Keys are known by their SHA-256 only. */
@Injectable()
export class SourceRegistry implements OnModuleInit, OnModuleDestroy {
  private byKeyHash = new Map<string, LiveSource>();
  private byName = new Map<string, LiveSource>();
  private readonly hashes = new Map<string, string>();
  /** When each key was last used, since it was last written down. */
  private used = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: IngestionSettings,
    private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.bootstrap();
    await this.refresh();
    const again = (): Promise<void> => this.noteUse().then(() => this.refresh());
    this.timer = setInterval(() => void again().catch((error: unknown) => this.log.warn({ err: error }, 'sources could not be read again')), refreshMs);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** The source that a write key belongs to, or null. */
  sourceOf(writeKey: string): LiveSource | null {
    let sha256 = this.hashes.get(writeKey);
    if (sha256 === undefined) {
      sha256 = hash('sha256', writeKey, 'hex');
      if (this.byKeyHash.has(sha256) && this.hashes.size < 1_000) this.hashes.set(writeKey, sha256);
    }
    const source = this.byKeyHash.get(sha256) ?? null;
    if (source !== null) this.used.set(sha256, Date.now());
    return source;
  }

  named(source: string): LiveSource | null {
    return this.byName.get(source) ?? null;
  }

  async refresh(): Promise<void> {
    const rows = await this.database.query<{ name: string; settings: unknown; keys: string[] }>(
      `select source.name, source.settings, coalesce(array_agg(key.sha256) filter (where key.sha256 is not null), '{}') as keys
       from ingestion.source left join ingestion.write_key as key on key.source = source.name and (key.revoked_at is null or key.revoked_at > now())
       where source.disabled_at is null group by source.name, source.settings`,
    );
    const byKeyHash = new Map<string, LiveSource>();
    const byName = new Map<string, LiveSource>();
    for (const row of rows) {
      const settings = sourceSettingsSchema.parse(row.settings);
      const known = this.byName.get(row.name);
      const same = known !== undefined && known.settings.ratePerSecond === settings.ratePerSecond && known.settings.burst === settings.burst;
      const source = { settings, bucket: same ? known.bucket : new TokenBucket(settings.ratePerSecond, settings.burst) };
      byName.set(row.name, source);
      for (const key of row.keys) byKeyHash.set(key, source);
    }
    this.byName = byName;
    this.byKeyHash = byKeyHash;
  }

  /** Writes down when keys were last used. What is lost with a crash is a few seconds of that. */
  private async noteUse(): Promise<void> {
    if (this.used.size === 0) return;
    const used = [...this.used].sort(([a], [b]) => (a < b ? -1 : 1));
    this.used = new Map();
    await this.database.execute(
      `update ingestion.write_key k set last_used_at = u.at from unnest($1::text[], $2::timestamptz[]) as u (sha256, at)
       where k.sha256 = u.sha256 and (k.last_used_at is null or k.last_used_at < u.at - interval '30 seconds')`,
      [used.map(([sha256]) => sha256), used.map(([, at]) => instantText(at))],
    );
  }

  /** Makes or updates the sources that the environment names; keys that it no longer names are left to `revoked_at`. */
  private async bootstrap(): Promise<void> {
    for (const { writeKeys, ...settings } of this.settings.BOOTSTRAP_SOURCES) {
      await this.retried(() =>
        this.database.inTransaction(async (tx) => {
          await tx.execute(
            'insert into ingestion.source (name, settings, created_at) values ($1, $2, now()) on conflict (name) do update set settings = excluded.settings, disabled_at = null',
            [settings.name, JSON.stringify(settings)],
          );
          for (const key of writeKeys)
            await tx.execute(
              'insert into ingestion.write_key (sha256, prefix, source, created_at) values ($1, $2, $3, now()) on conflict (sha256) do nothing',
              [key.sha256, key.prefix, settings.name],
            );
        }),
      );
    }
  }

  private async retried(work: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isTransient(error) || attempt >= 60) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }
}
