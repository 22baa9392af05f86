import type { Instant } from '@throughline/contracts';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** A page that was open for longer is shown anew with what was filled in. */
const lifeMs = 24 * 3_600_000;

/** What a page proves when its form comes back: that it was shown for this link, when, and which state of the answer it showed (−1: none). */
export interface Shown {
  readonly at: Instant;
  readonly revision: number;
}

const sign = (pageKey: Buffer, text: string): Buffer => createHmac('sha256', pageKey).update(text).digest();

/** A nonce for one page, made of the invitation's own key: nothing is stored when a page is read, and nobody can send a form that was never shown. */
export function makeNonce(pageKey: Buffer, { at, revision }: Shown): string {
  const text = `${at}.${revision}`;
  return `${text}.${sign(pageKey, text).toString('base64url')}`;
}

/** What the page showed; null for a nonce that is missing, forged, of another invitation or too old. */
export function readNonce(pageKey: Buffer, nonce: unknown, now: Instant): Shown | null {
  const match = typeof nonce === 'string' ? /^(\d{1,15})\.(-1|\d{1,6})\.([\w-]{43})$/.exec(nonce) : null;
  if (!match) return null;
  const [, at, revision, mark] = match as unknown as [string, string, string, string];
  const [given, wanted] = [Buffer.from(mark, 'base64url'), sign(pageKey, `${at}.${revision}`)];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  const shown = { at: Number(at), revision: Number(revision) };
  return now - shown.at > lifeMs ? null : shown;
}
