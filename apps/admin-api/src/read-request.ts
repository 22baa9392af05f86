import { Problem } from '@throughline/service';
import type { z } from 'zod';

/** The checked form of what a client sent; throws 400 with one entry for each field at fault. Never quotes the value. */
export function readRequest<Value>(schema: z.ZodType<Value>, sent: unknown): Value {
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({ pointer: `/${path.map(String).join('/')}`, detail: message }));
  throw new Problem(400, 'The request is not as it should be', errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '), { errors });
}
