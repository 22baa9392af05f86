// The services of the embedded stack: their names, database roles, and the environment each is started with.
import { createHash } from 'node:crypto';

export const services = ['ingestion', 'identity', 'sessionization', 'scoring', 'feedback', 'admin-api'];

/**
 * What Node is told for a service: readable stacks; room for young objects, since a batch makes many that die with it (a fifth of the time went into collecting them);
 * and that it may collect when it is calm (`release-memory.ts`).
 */
export const nodeFlags = ['--enable-source-maps', '--min-semi-space-size=16', '--max-semi-space-size=64', '--expose-gc'];

export const roleOf = (service) => `tl_${service.replaceAll('-', '_')}`;

/** Every database role: one a service, and the one under which the rules of segments run. */
export const roles = [...services.map(roleOf), 'tl_rules'];

/** `owner`'s address with another account. */
export function addressAs(databaseUrl, role, password) {
  const url = new URL(databaseUrl);
  url.username = role;
  url.password = password;
  return url.href;
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** A source for the setting `BOOTSTRAP_SOURCES`: the service learns the hash of the write key, never the key. */
function withKey({ name, ...settings }, writeKey) {
  return { name, ...settings, writeKeys: [{ prefix: writeKey.slice(0, 8), sha256: sha256(writeKey) }] };
}

/** The source `default`, for a newcomer's own events and files (at the pace of one machine), the one by which feedback posts answers of surveys, and those of `sources` (settings by `name`) with the keys that `secrets.writeKeys` holds for them. */
export function bootstrapSources(secrets, sources = []) {
  return [
    withKey({ name: 'default', ratePerSecond: 20_000, burst: 100_000 }, secrets.writeKey),
    withKey({ name: 'throughline-survey' }, secrets.surveyKey),
    ...sources.map((source) => withKey(source, secrets.writeKeys[source.name])),
  ];
}

/** Nothing of the supervisor's own environment reaches a service but what every process needs. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_ENV', 'LOG_LEVEL', 'NODE_OPTIONS'];

/** The whole environment of one service. `sources`: settings of the sources that it shall know beside `default`; `dataDir`: of Postgres, where it is on this machine; `smtpUrl`: where mail is handed over. */
export function environmentOf(service, { databaseUrl, natsUrl, ports, secrets, sources = [], dataDir, smtpUrl }) {
  const environment = Object.fromEntries(inherited.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]));
  const role = roleOf(service);
  return {
    ...environment,
    NODE_ENV: environment.NODE_ENV ?? 'production',
    MALLOC_ARENA_MAX: '2', // glibc keeps an arena per thread: most of it would be held and never used
    DATABASE_URL: addressAs(databaseUrl, role, secrets.passwords[role]),
    NATS_URL: natsUrl,
    HOST: '127.0.0.1',
    PORT: String(service === 'ingestion' ? ports.api : (ports[service] ?? 0)),
    HEALTH_PORT: String(ports[`health/${service}`]),
    ...extraOf[service]?.({ databaseUrl, ports, secrets, sources, dataDir, smtpUrl }),
  };
}

const extraOf = {
  ingestion: ({ ports, secrets, sources, dataDir }) => ({
    ADMIN_API_URL: `http://127.0.0.1:${ports['admin-api']}`,
    FEEDBACK_URL: `http://127.0.0.1:${ports.feedback}`,
    ADMIN_TOKEN_HASH: sha256(secrets.adminToken),
    BOOTSTRAP_SOURCES: JSON.stringify(bootstrapSources(secrets, sources)),
    ...(dataDir && { DATA_DIR: dataDir }),
  }),
  scoring: ({ databaseUrl, secrets }) => ({ RULES_DATABASE_URL: addressAs(databaseUrl, 'tl_rules', secrets.passwords.tl_rules) }),
  feedback: ({ ports, secrets, smtpUrl }) => ({
    PUBLIC_URL: `http://127.0.0.1:${ports.api}`,
    INGEST_URL: `http://127.0.0.1:${ports.api}`,
    SURVEY_WRITE_KEY: secrets.surveyKey,
    ...(smtpUrl && { SMTP_URL: smtpUrl }),
  }),
  'admin-api': ({ ports, secrets }) => ({
    INGEST_URL: `http://127.0.0.1:${ports.api}`,
    READ_TOKEN_HASH: sha256(secrets.readToken),
    ADMIN_TOKEN_HASH: sha256(secrets.adminToken),
    FIRST_ADMIN_TOKEN_HASH: sha256(secrets.firstAdminToken),
  }),
};
