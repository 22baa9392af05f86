import { flag, serviceSettings, wholeNumber } from '@throughline/service';
import { createHash } from 'node:crypto';
import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'is the SHA-256 of the token, 64 hexadecimal digits');
const token = z.string().min(16, 'has at least 16 characters');

export const adminApiSettings = serviceSettings.extend({
  PORT: wholeNumber.min(0).max(65_535),
  /** The token that reads, as its SHA-256 or as it is. */
  READ_TOKEN_HASH: hash.optional(),
  READ_TOKEN: token.optional(),
  /** The token that may also decide, correct and change settings. */
  ADMIN_TOKEN_HASH: hash.optional(),
  ADMIN_TOKEN: token.optional(),
  /** Where people reach the app, when it is not this process' own address. With https the session's cookie travels over https alone. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** The built admin app; served where it is there. */
  ADMIN_APP_DIR: z.string().min(1).default('dist/apps/admin/browser'),
  /** Where events are sent to: said to whoever makes a write key. */
  INGEST_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Whether a proxy of ours stands in front and adds `X-Forwarded-For`. */
  TRUST_PROXY: flag.default(false),
  /** SHA-256 of the one-time token that makes the first admin. Without it one is made at start, and said in the log while there is no user. */
  FIRST_ADMIN_TOKEN_HASH: hash.optional(),
  /** Memory of one password hash (argon2id). */
  PASSWORD_MEMORY_KIB: wholeNumber.min(8).default(19_456),
  /** Sign-ins from one address in an hour. */
  SIGN_INS_PER_ADDRESS: wholeNumber.min(1).default(100),
  /** So many rows of facts, of about 60 bytes, are kept in memory while somebody looks at the numbers; 0 keeps none, and the database sums. */
  KEPT_FACT_ROWS: wholeNumber.min(0).default(5_000_000),
  /** How often an open page's stream beats; a session that was ended hears no more after it. */
  LIVE_BEAT_MS: wholeNumber.min(50).max(60_000).default(15_000),
});
export type AdminApiSettings = z.infer<typeof adminApiSettings>;

/** What is compared with a presented token. A level without a token is open to nobody. */
export interface TokenHashes {
  readonly read: Buffer | undefined;
  readonly admin: Buffer | undefined;
}

export function tokenHashes(settings: Pick<AdminApiSettings, 'READ_TOKEN' | 'READ_TOKEN_HASH' | 'ADMIN_TOKEN' | 'ADMIN_TOKEN_HASH'>): TokenHashes {
  const of = (hashed: string | undefined, plain: string | undefined): Buffer | undefined =>
    hashed ? Buffer.from(hashed, 'hex') : plain ? hashOf(plain) : undefined;
  return { read: of(settings.READ_TOKEN_HASH, settings.READ_TOKEN), admin: of(settings.ADMIN_TOKEN_HASH, settings.ADMIN_TOKEN) };
}

export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
