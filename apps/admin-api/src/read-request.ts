import { Problem } from '@throughline/service';
import type { z } from 'zod';

/** The checked form of what a client sent; throws 400 with one entry for each field at fault. Never quotes the value. */
export function readRequest<Value>(schema: z.ZodType<Value>, sent: unknown): Value {
  if (holdsNul(sent)) throw new Problem(400, 'The request is not as it should be', 'A text holds the character U+0000, which no text may have: take it out.');
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({ pointer: `/${path.map(String).join('/')}`, detail: message }));
  throw new Problem(400, 'The request is not as it should be', errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '), { errors });
}

/** Postgres keeps no text with U+0000. Walks without recursion: what was sent may be deep. */
function holdsNul(sent: unknown): boolean {
  const open = [sent];
  for (let value = open.pop(); open.length > 0 || value !== undefined; value = open.pop()) {
    if (typeof value === 'string' && value.includes('\0')) return true;
    if (typeof value === 'object' && value !== null) for (const [key, each] of Object.entries(value)) open.push(key, each);
  }
  return false;
}
