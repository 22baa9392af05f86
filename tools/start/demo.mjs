// The simulated contact centre as the supervisor sees it: load it once, wait until every level is built, then keep it talking.
import { execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { readBacklog } from './backlog.mjs';
import { end, keepRunning, sleep } from './processes.mjs';
import { demoFile } from './state-folder.mjs';

const run = promisify(execFile);
/** Nothing has come of the last events for this long: something is stuck, and waiting on would hide it. */
const stuckMs = 60_000;

export const demoKeysFile = (folder) => path.join(folder, 'demo-write-keys.json');

/** The settings of the sources that the demo speaks for. It sends as fast as the machine takes it, so its sources have no limit that it could meet. */
export async function demoSources(root) {
  const { stdout } = await run(process.execPath, [path.join(root, 'dist/tools/demo.mjs'), 'sources']);
  return JSON.parse(stdout).map((source) => ({ ...source, ratePerSecond: 100_000, burst: 100_000 }));
}

/** Names the database itself, so that a demo loaded into one is not taken for loaded in another. */
async function fingerprintOf(client) {
  const { rows } = await client.query("select (select system_identifier from pg_control_system())::text || '/' || current_database() as name");
  return rows[0].name;
}

const hourMs = 3_600_000;
/** The history of a demo ends with the last full hour before it is first loaded: it goes on from there. */
const lastHour = () => new Date(Math.floor(Date.now() / hourMs) * hourMs).toISOString();

/** `facts`: where the stack runs. `size`, `seed` and the instant at which its history ends (the last full hour) choose the world. */
export function demoOf({ root, folder, facts, size, seed, end: wantedEnd, progress, warn }) {
  const program = path.join(root, 'dist/tools/demo.mjs');
  const keysFile = demoKeysFile(folder);
  const argumentsOf = (command) => [
    program,
    command,
    '--api',
    `http://127.0.0.1:${facts.ports.api}`,
    '--keys',
    keysFile,
    '--size',
    size,
    '--seed',
    String(seed),
  ];
  let loading;
  let talking;
  let stopped = false;

  const writeKeys = () => writeFileSync(keysFile, JSON.stringify(facts.secrets.writeKeys), { mode: 0o600 });

  /** Runs the loader; `progress` hears of every step. Resolves with its result. */
  function send(end, bar) {
    return new Promise((resolve, reject) => {
      loading = spawn(process.execPath, [...argumentsOf('load'), '--end', end, '--json'], { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      let complaint = '';
      loading.stdout.on('data', (chunk) => (said += chunk));
      loading.stderr.on('data', (chunk) => {
        complaint = `${complaint}${chunk}`.slice(-4_000);
        const [, share, sent, pace] = [...complaint.matchAll(/(\d+) %\s+(\d+) events, (\d+) a second/g)].at(-1) ?? [];
        if (share) bar.update(Number(share), 100, `${Number(sent).toLocaleString('en')} events, ${Number(pace).toLocaleString('en')} a second`);
      });
      loading.once('error', reject);
      loading.once('close', (code) => {
        loading = undefined;
        if (stopped) reject(new Error('stopped while loading'));
        else if (code === 0) resolve(JSON.parse(said.trim().split('\n').at(-1)));
        else reject(new Error(`The demo could not be loaded: ${complaint.trim().split('\n').at(-1)}`));
      });
    });
  }

  /** Waits until every accepted event stands in the hierarchy and everybody is scored. */
  async function settle(client, bar) {
    let most = 0;
    for (let [last, since] = ['', Date.now()]; !stopped; await sleep(250)) {
      const { accepted, unowned, unbuilt, unscored, failed } = await readBacklog(client);
      if (unowned + unbuilt + unscored === 0) return { events: accepted, failed };
      const left = unowned + unbuilt + unscored;
      most = Math.max(most, left);
      bar.update(most - left, most, `${unowned.toLocaleString('en')} events, ${(unbuilt + unscored).toLocaleString('en')} customers to go`);
      const now = `${unowned}/${unbuilt}/${unscored}`;
      if (now !== last) [last, since] = [now, Date.now()];
      else if (Date.now() - since > stuckMs)
        throw new Error(
          `${unowned} events wait for identity and ${unbuilt} customers for sessionization, ${unscored} for scoring, and nothing moves: see .throughline/logs.`,
        );
    }
    throw new Error('stopped while loading');
  }

  return {
    /** Loads the demo unless this database holds it; resolves when every event of it stands in the hierarchy. A load that was cut short is simply done again: what is there already is a duplicate. */
    async load() {
      const client = new pg.Client({ connectionString: facts.databaseUrl });
      await client.connect();
      try {
        writeKeys();
        const fingerprint = await fingerprintOf(client);
        const before = demoFile.read(folder);
        const isOfThisDatabase = before?.fingerprint === fingerprint;
        if (isOfThisDatabase && before.events !== undefined) return before;
        // Written first: a load that is cut short goes on with the same world, whatever the hour then.
        const end = (isOfThisDatabase && before.end) || wantedEnd || lastHour();
        demoFile.write(folder, { fingerprint, size, seed, end });
        const sending = progress('the simulated contact centre speaks');
        const { summary, planted } = await send(end, sending).finally(sending.end);
        const building = progress('every level is built');
        const { events, failed } = await settle(client, building).finally(building.end);
        if (failed > 0) warn(`${failed} events or customers were set aside: npx throughline reviews`);
        const loaded = { fingerprint, size, seed, end, events, summary, planted };
        demoFile.write(folder, loaded);
        return loaded;
      } finally {
        await client.end().catch(() => {});
      }
    },
    /** Lets the people of the demo do what they would have done by now, once for a database. Resolves with how much of what, or null where nothing was to do or it could not be done. */
    async work(loaded, app, logins) {
      if (!loaded.planted || loaded.work) return null;
      try {
        const working = run(process.execPath, [program, 'work'], { cwd: root });
        working.child.stdin.end(JSON.stringify({ app, logins, planted: loaded.planted }));
        const work = JSON.parse((await working).stdout);
        demoFile.write(folder, { ...loaded, work });
        return work;
      } catch (error) {
        if (!stopped)
          warn(
            `the people of the demo could not do all of their work, the next start goes on with it: ${(error.stderr || error.message).trim().split('\n').at(-1)}`,
          );
        return null;
      }
    },
    /** Lets the centre live on at the pace of the clock. */
    talk() {
      talking = keepRunning(
        { command: process.execPath, args: argumentsOf('talk'), env: process.env, cwd: root, logFile: path.join(folder, 'logs', 'demo.log') },
        { onEnd: ({ how, waitMs }) => warn(`the simulated contact centre ${how}: it speaks again in ${waitMs / 1000} s (.throughline/logs/demo.log)`) },
      );
    },
    pid: () => talking?.pid(),
    async stop() {
      stopped = true;
      await Promise.all([loading?.pid ? end(loading.pid, 5_000) : undefined, talking?.stop(5_000)]);
    },
  };
}
