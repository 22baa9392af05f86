import { z } from 'zod';

/** A whole number from a variable. */
export const wholeNumber = z.coerce.number().int();

/** A switch from a variable: `true`, `1`, `yes` or `on`, and their opposites. */
export const flag = z.stringbool();

/** What every service is told by its environment. A service extends it: `serviceSettings.extend({ PORT: wholeNumber })`. */
export const serviceSettings = z.object({
  /** Postgres, as the role of this service. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  NATS_URL: z.string().min(1),
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Where `/live`, `/ready` and `/metrics` answer, on the loopback interface unless HEALTH_HOST says otherwise. 0 takes a free port. */
  HEALTH_PORT: wholeNumber.min(0).max(65_535).default(0),
  HEALTH_HOST: z.string().min(1).default('127.0.0.1'),
  POOL_SIZE: wholeNumber.min(2).max(200).default(8),
  STATEMENT_TIMEOUT_MS: wholeNumber.min(100).default(60_000),
  /** A file for the log; without it the log goes to standard output. */
  LOG_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
});
export type ServiceSettings = z.infer<typeof serviceSettings>;

/**
 * Reads the environment once, at boot. A wrong or missing variable stops the process with a sentence for each that names it and never shows its value.
 * An empty variable counts as not set.
 */
export function parseSettings<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: NodeJS.ProcessEnv = process.env,
): z.infer<z.ZodObject<Shape>> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const name = issue.path.join('.');
    process.stderr.write(`${name in set ? `The setting ${name} is wrong: ${issue.message}.` : `The setting ${name} is missing.`}\n`);
  }
  process.exit(78);
}
