import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** Addresses and networks (`10.0.0.0/8`), separated by commas, of proxies whose `X-Forwarded-For` is believed. */
export const trustedProxies = z.string().transform((text, context) => {
  const trusted = new BlockList();
  for (const part of text.split(',').map((one) => one.trim())) {
    const [address = '', bits, ...rest] = part.split('/');
    const version = isIP(address);
    const family = version === 6 ? 'ipv6' : 'ipv4';
    const prefix = bits === undefined ? undefined : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
    if (version === 0 || rest.length > 0 || (prefix !== undefined && !(prefix <= (version === 6 ? 128 : 32))))
      context.addIssue({ code: 'custom', message: `"${part}" is no address and no network` });
    else if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, prefix, family);
  }
  return trusted;
});

/** A proxy on the same machine. */
export const proxiesHere = '127.0.0.1,::1';

export interface ArrivedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** Where a request came from: the address that a trusted proxy names, else that of the connection. */
export const addressOf =
  (trusted: BlockList) =>
  ({ headers, socket }: ArrivedRequest): string => {
    const peer = socket.remoteAddress ?? 'unknown';
    const named = headers['x-forwarded-for'];
    const version = isIP(peer);
    if (version === 0 || !trusted.check(peer, version === 6 ? 'ipv6' : 'ipv4') || typeof named !== 'string') return peer;
    // The last entry is what the trusted proxy itself has seen; what stands before it anybody may have written.
    return named.split(',').at(-1)!.trim().slice(0, 64) || peer;
  };
