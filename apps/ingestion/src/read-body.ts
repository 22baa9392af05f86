import { Problem } from '@throughline/service';
import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

const unzip = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) } as const;

/** The text of a body: inflated (never beyond `limitBytes`), checked to be UTF-8, without a byte order mark. */
export async function readBody(body: unknown, encoding: string | undefined, limitBytes: number): Promise<string> {
  if (!Buffer.isBuffer(body) || body.length === 0) throw new Problem(400, 'The request has no body', 'Send one event, a list of events, or one event a line.');
  const plain = await inflated(body, encoding, limitBytes);
  if (plain.length > limitBytes) throw new Problem(413, 'The request is too large', `A batch has at most ${limitBytes} bytes, inflated.`);
  if (!isUtf8(plain)) throw new Problem(400, 'The request could not be read', 'The body is not valid UTF-8.');
  const text = plain.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

async function inflated(body: Buffer, encoding: string | undefined, limitBytes: number): Promise<Buffer> {
  const named = encoding?.trim().toLowerCase();
  // Some clients compress without saying so: the first two bytes of gzip are no JSON.
  const method = named === undefined || named === '' || named === 'identity' ? (body[0] === 0x1f && body[1] === 0x8b ? 'gzip' : null) : named;
  if (method === null) return body;
  if (!Object.hasOwn(unzip, method)) throw new Problem(415, 'The content encoding is not supported', 'Send gzip, deflate, br or plain text.');
  try {
    return (await unzip[method as keyof typeof unzip](body, { maxOutputLength: limitBytes })) as Buffer;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Problem(413, 'The request is too large', `A batch has at most ${limitBytes} bytes, inflated.`);
    throw new Problem(400, 'The request could not be read', `The body is not valid ${method}.`);
  }
}
