import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, as they stand in a cookie or a link. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** All that is stored of a token. */
export const sha256 = (token: string): Buffer => createHash('sha256').update(token).digest();

/** What a page of ours must send with every change: derived from the session's own token, which no script can read, so it needs no storage and ends with the session. */
export const csrfTokenOf = (sessionToken: string): string => createHmac('sha256', sessionToken).update('throughline-csrf').digest('base64url');

export function isCsrfTokenOf(sessionToken: string, sent: string | undefined): boolean {
  if (sent === undefined) return false;
  const [wanted, given] = [sha256(csrfTokenOf(sessionToken)), sha256(sent)];
  return timingSafeEqual(wanted, given);
}
