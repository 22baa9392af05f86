// `npm start`: the whole of Throughline on one machine, until Ctrl-C. Options: --empty (no demo data), --port N, --seed N, --size S|M, --end INSTANT (of the demo's history), --once (stop when ready), --quiet-demo (load, then stay silent).
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = realpathSync(path.join(path.dirname(fileURLToPath(import.meta.url)), '../..'));
process.chdir(root);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 15)) await startOverOnNode24();
else await main();

/** Started by hand on an older Node: go on with the one that npm has installed. */
async function startOverOnNode24() {
  const own = path.join(root, 'node_modules/.bin/node');
  if (!existsSync(own)) {
    console.error('Throughline runs on Node 24.15 or newer. Use `npm start`, which installs what is needed.');
    process.exit(1);
  }
  const child = spawn(own, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
}

async function main() {
  const { values: options } = parseOptions();
  const { box, colour, progress, say, step, warn } = await import('./terminal.mjs');
  const { clearLeftovers, embeddedStack } = await import('./stack.mjs');
  const { demoFile, makeStateFolder, releaseLock, runFile, takeLock } = await import('./state-folder.mjs');
  const { demoOf } = await import('./demo.mjs');
  const { firstAdminLink, makePeople } = await import('./people.mjs');
  const { followLogs } = await import('./log-view.mjs');
  const { services } = await import('./services.mjs');

  const folder = makeStateFolder(root);
  const holder = takeLock(folder);
  if (holder) {
    const facts = runFile.read(folder);
    console.error(
      `Throughline runs here already (process ${holder})${facts ? `: ${facts.api}` : ' and is still starting'}. Stop it there with Ctrl-C, or use another clone.`,
    );
    process.exit(1);
  }

  runFile.remove(folder);
  const stack = embeddedStack({ root, folder, step, warn, port: options.port ? Number(options.port) : undefined });
  let demo;
  let asked = 0;
  const pids = () => ({ ...stack.pids(), ...(demo?.pid() ? { demo: demo.pid() } : {}) });

  async function stop(code, word) {
    runFile.remove(folder);
    if (word) say(word);
    const startedAt = Date.now();
    await demo?.stop();
    await stack.stop();
    releaseLock(folder);
    if (word) say(`Stopped in ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Nothing accepted is lost; \`npm start\` goes on from here.`);
    process.exit(code);
  }

  /** Ctrl-C reaches npm too, which passes it on: what comes within a second is the same one. A later one hurries. */
  function onSignal() {
    if (asked === 0) {
      asked = Date.now();
      void stop(0, '\nStopping: services drain, then NATS, then Postgres …').catch((error) => {
        console.error(error);
        process.exit(1);
      });
    } else if (Date.now() - asked > 2_000) {
      for (const pid of Object.values(stack.pids()).filter((pid) => pid && pid !== process.pid)) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // gone already
        }
      }
      releaseLock(folder);
      say('Killed. The next start repairs what was left.');
      process.exit(1);
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);

  say(`\n${colour.bold('Throughline')}  ${colour.dim('━●━●━●━●━●━')}\n`);
  try {
    const left = await clearLeftovers(folder);
    if (left > 0) say(`  ${colour.good('✓')} ${left} processes of a killed run ended`);
    const startedAt = Date.now();
    const facts = await stack.start();
    followLogs(
      services.map((service) => [service, path.join(folder, 'logs', `${service}.log`)]),
      say,
    );
    demo = demoOf({ root, folder, facts, size: options.size, seed: Number(options.seed), end: options.end, progress, warn });
    const loaded = options.empty
      ? demoFile.read(folder)
      : await step(
          'demo',
          () => demo.load(),
          ({ events }) => `simulated contact centre: ${events.toLocaleString('en')} events, every level built`,
        );
    const api = `http://127.0.0.1:${facts.ports.api}`;
    const admin = `http://127.0.0.1:${facts.ports['admin-api']}`;
    const logins = options.empty
      ? null
      : await step(
          'people',
          () => makePeople({ root, app: admin, secrets: facts.secrets }),
          (made) => (made ? `teams, agents and ${made.length} users, one for each role` : 'the users of this installation stay as they are'),
        );
    if (logins && !asked)
      await step(
        'work',
        () => demo.work(loaded, admin, logins),
        (done) => (done ? workWords(done) : 'what people have done so far stays as it is'),
      );
    const invitation = logins ? null : await firstAdminLink({ app: admin, secrets: facts.secrets });
    if (asked) return;
    runFile.write(folder, {
      api,
      ingest: api,
      read: admin,
      admin,
      ...(logins && { logins }),
      ...(invitation && { firstAdmin: invitation }),
      writeKey: facts.secrets.writeKey,
      readToken: facts.secrets.readToken,
      adminToken: facts.secrets.adminToken,
      sources: { default: facts.secrets.writeKey, ...facts.secrets.writeKeys },
      databaseUrl: facts.databaseUrl,
      natsUrl: facts.natsUrl,
      health: Object.fromEntries(services.map((service) => [service, `http://127.0.0.1:${facts.ports[`health/${service}`]}`])),
      pids: pids(),
      logs: path.join(folder, 'logs'),
      startedAt: new Date().toISOString(),
    });
    if (facts.moved) warn('Port 24310 was taken, so the API is on another one.');
    box(welcome({ colour, api, admin, logins, invitation, facts, loaded, seconds: (Date.now() - startedAt) / 1000 }));
    if (options.once) return void (await stop(0));
    if (!options.empty && !options['quiet-demo']) demo.talk();
    setInterval(() => {
      const written = runFile.read(folder);
      const now = pids();
      if (written && JSON.stringify(written.pids) !== JSON.stringify(now)) runFile.write(folder, { ...written, pids: now });
    }, 2_000).unref();
    setInterval(() => {}, 3_600_000); // the supervisor lives until it is told to stop
  } catch (error) {
    if (asked) return;
    console.error(`\n${error instanceof Error ? error.message : error}\n`);
    await stop(1);
  }
}

function workWords({ segments, plans, answers, cases, reviews }) {
  return `${segments} segments, ${plans} coaching plans, ${answers} surveys answered, ${cases} recovery cases, ${reviews} reviews`;
}

function welcome({ colour, api, admin, logins, invitation, facts, loaded, seconds }) {
  const { bold, dim, teal } = colour;
  const command = (text) => `  ${teal(text)}`;
  return [
    `${bold('Throughline is ready')}  ${dim(`after ${seconds.toFixed(1)} s`)}`,
    '',
    `App         ${bold(admin)}   ${dim(logins ? 'one login for each role: "logins" in .throughline/run.json' : invitation ? 'make the first admin with the link below, once' : 'sign in as yourself')}`,
    ...(logins ? [`            ${logins.find(({ role }) => role === 'manager').email} · ${logins.find(({ role }) => role === 'manager').password}`] : []),
    ...(invitation ? [`            ${teal(invitation)}`] : []),
    `API         ${bold(api)}   ${dim('OpenAPI at /openapi.json')}`,
    `Write key   ${facts.secrets.writeKey}   ${dim('sends events, reads nothing')}`,
    `Read token  ${facts.secrets.readToken}   ${dim('Authorization: Bearer …')}`,
    '',
    `Try, in another terminal:`,
    command(`npx throughline customer dana@example.com`) + dim(loaded ? '   three weeks without internet, in five levels' : '   once events of hers are here'),
    command('npx throughline verify') + dim('   recomputes the world from the raw events and compares'),
    command('npx throughline status') + dim('   sources, delay, unaccounted events'),
    '',
    dim('Facts for scripts: .throughline/run.json · logs: .throughline/logs · stop: Ctrl-C'),
  ];
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        empty: { type: 'boolean', default: false },
        port: { type: 'string' },
        size: { type: 'string', default: 'S' },
        seed: { type: 'string', default: '1' },
        end: { type: 'string' },
        once: { type: 'boolean', default: false },
        'quiet-demo': { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    console.error(
      `${error.message}\nOptions: --empty (no demo data), --port N, --size S|M, --seed N, --end INSTANT (when the demo's history ends, e.g. 2026-06-01T00:00:00Z), --once (stop when ready), --quiet-demo (load the demo, then stay silent).`,
    );
    process.exit(1);
  }
}
