import { createServer } from 'node:net';

/** The ports that the embedded stack likes to have; each gives way to a free one when it is taken. */
export const usualPorts = {
  api: 24310,
  postgres: 24311,
  nats: 24312,
  'admin-api': 24313,
  'health/ingestion': 24314,
  'health/identity': 24315,
  'health/sessionization': 24316,
  'health/admin-api': 24317,
  'health/scoring': 24318,
  feedback: 24320,
  'health/feedback': 24321,
  mail: 24322,
};

function listenOn(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const given = server.address().port;
      server.close(() => resolve(given));
    });
  });
}

/** The wanted port when it is free on loopback, else any free one that is not in `given`. */
export async function freePort(wanted, given = new Set()) {
  for (const candidate of [wanted, 0, 0, 0, 0, 0]) {
    if (given.has(candidate)) continue;
    try {
      const port = await listenOn(candidate);
      if (!given.has(port)) return port;
    } catch (error) {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    }
  }
  throw new Error(`No free port on 127.0.0.1 (wanted ${wanted}).`);
}

/**
 * A free port for every name; those in `fixed` are taken as they are.
 * @param {Record<string, number>} [fixed]
 * @returns {Promise<Record<string, number>>}
 */
export async function choosePorts(fixed = {}) {
  const ports = { ...fixed };
  const given = new Set(Object.values(fixed));
  for (const [name, wanted] of Object.entries(usualPorts)) {
    if (ports[name] !== undefined) continue;
    ports[name] = await freePort(wanted, given);
    given.add(ports[name]);
  }
  return ports;
}

export const isTaken = (words) => /address already in use|EADDRINUSE/i.test(words);

/** Starts something on the wanted port, or on another one when that is taken or when somebody was faster. */
export async function onFreePort(wanted, start) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? wanted : 0);
    try {
      return await start(port);
    } catch (error) {
      if (attempt === 5 || !isTaken(error.message)) throw error;
    }
  }
}
