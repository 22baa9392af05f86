import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from './usage-error';

const runFileSchema = z.object({
  api: z.url(),
  read: z.url().optional(),
  writeKey: z.string().optional(),
  readToken: z.string().optional(),
  adminToken: z.string().optional(),
  sources: z.record(z.string(), z.string()).default({}),
  databaseUrl: z.string().optional(),
  natsUrl: z.string().optional(),
  health: z.record(z.string(), z.url()).default({}),
  pids: z.record(z.string(), z.number()).default({}),
});

/** Where a stack runs and what opens it. */
export type RunningStack = z.infer<typeof runFileSchema>;

/** What the environment says, over what `.throughline/run.json` of the stack started here says. */
export function findRunningStack(root: string, environment: NodeJS.ProcessEnv): RunningStack {
  const folder = environment.THROUGHLINE_STATE ?? path.join(root, '.throughline');
  const file = path.join(folder, 'run.json');
  const named = {
    api: environment.THROUGHLINE_API,
    writeKey: environment.THROUGHLINE_WRITE_KEY,
    readToken: environment.THROUGHLINE_READ_TOKEN,
    adminToken: environment.THROUGHLINE_ADMIN_TOKEN,
    databaseUrl: environment.THROUGHLINE_DATABASE_URL,
  };
  if (!named.api && !existsSync(file))
    throw new UsageError(
      existsSync(path.join(folder, 'supervisor.json'))
        ? 'Throughline is still starting (or was killed): wait for its box on the terminal, or run `npm start` again.'
        : 'Throughline does not run here: start it with `npm start`, or set THROUGHLINE_API and THROUGHLINE_READ_TOKEN to reach one elsewhere.',
    );
  // With an address of its own nothing is taken from the local stack: its tokens open nothing elsewhere.
  const local = named.api ? {} : (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
  const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value));
  const parsed = runFileSchema.safeParse({ ...local, ...given });
  if (!parsed.success) throw new UsageError(`${named.api ? 'THROUGHLINE_API' : file} is not what it should be: ${parsed.error.issues[0]?.message ?? ''}`);
  return parsed.data;
}
