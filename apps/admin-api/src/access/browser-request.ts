import type { AdminApiSettings } from '../settings';
import type { KnownRequest } from './who';

/** What the access code needs of a Fastify request. */
export interface BrowserRequest extends KnownRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly ip: string;
  readonly cookies?: Readonly<Record<string, string | undefined>>;
}

export interface BrowserReply {
  header(name: string, value: string): unknown;
  setCookie(name: string, value: string, options: object): unknown;
}

type Settings = Pick<AdminApiSettings, 'PUBLIC_URL' | 'TRUST_PROXY'>;

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

export const headerOf = (request: BrowserRequest, name: string): string | undefined => one(request.headers[name]);

export const changesSomething = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);

/** Where the request came from: the last address that the proxy in front added, where there is one. */
export function addressOf(request: BrowserRequest, { TRUST_PROXY }: Settings): string {
  const forwarded = TRUST_PROXY ? headerOf(request, 'x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return (forwarded || request.ip).slice(0, 100);
}

/**
 * Whether a browser says that a page of another site sends this. Every browser of today sends `Sec-Fetch-Site` or, with a change, `Origin`; a client that sends neither
 * is no browser, and carries no cookie that it was not given.
 */
export function comesFromElsewhere(request: BrowserRequest, { PUBLIC_URL }: Settings): boolean {
  const site = headerOf(request, 'sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = headerOf(request, 'origin');
  if (origin === undefined) return false;
  return origin !== (PUBLIC_URL ? new URL(PUBLIC_URL).origin : `http://${headerOf(request, 'host') ?? ''}`);
}

const secure = ({ PUBLIC_URL }: Settings): boolean => PUBLIC_URL?.startsWith('https:') ?? false;

/** `__Host-`: over https alone, for this host alone, for the whole of it. */
const cookieName = (settings: Settings): string => `${secure(settings) ? '__Host-' : ''}throughline_session`;

export function sessionTokenOf(request: BrowserRequest, settings: Settings): string | undefined {
  const token = request.cookies?.[cookieName(settings)];
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
}

const cookieOptions = (settings: Settings): object => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: secure(settings) });

export function giveCookie(reply: BrowserReply, token: string, settings: Settings): void {
  reply.setCookie(cookieName(settings), token, cookieOptions(settings));
}

export function takeCookie(reply: BrowserReply, settings: Settings): void {
  reply.setCookie(cookieName(settings), '', { ...cookieOptions(settings), maxAge: 0 });
}
