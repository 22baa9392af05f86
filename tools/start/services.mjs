// The services of the embedded stack: their names, database roles, and the environment each is started with.
export const services = ['ingestion', 'identity', 'sessionization', 'admin-api'];

export const roleOf = (service) => `tl_${service.replaceAll('-', '_')}`;

/** `owner`'s address with another account. */
export function addressAs(databaseUrl, role, password) {
  const url = new URL(databaseUrl);
  url.username = role;
  url.password = password;
  return url.href;
}

/** Nothing of the supervisor's own environment reaches a service but what every process needs. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_ENV', 'LOG_LEVEL', 'NODE_OPTIONS'];

export function environmentOf(service, { databaseUrl, natsUrl, ports, secrets }) {
  const environment = Object.fromEntries(inherited.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]));
  const role = roleOf(service);
  return {
    ...environment,
    NODE_ENV: environment.NODE_ENV ?? 'production',
    DATABASE_URL: addressAs(databaseUrl, role, secrets.passwords[role]),
    NATS_URL: natsUrl,
    HOST: '127.0.0.1',
    PORT: String(service === 'ingestion' ? ports.api : (ports[service] ?? 0)),
    HEALTH_PORT: String(ports[`health/${service}`]),
    ...extraOf[service]?.({ ports, secrets }),
  };
}

const extraOf = {
  ingestion: ({ ports, secrets }) => ({
    ADMIN_API_URL: `http://127.0.0.1:${ports['admin-api']}`,
    ADMIN_TOKEN: secrets.adminToken,
    WRITE_KEY: secrets.writeKey,
  }),
  'admin-api': ({ secrets }) => ({ READ_TOKEN: secrets.readToken, ADMIN_TOKEN: secrets.adminToken }),
};
