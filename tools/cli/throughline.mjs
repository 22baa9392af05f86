#!/usr/bin/env node
// The command `throughline`. Runs on any Node from 20 on: it finds the Node 24 that npm has installed, builds the program when it is not built yet, and hands over.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(realpathSync(fileURLToPath(import.meta.url))), '../..');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const installed = ['x64', 'arm64'].map((cpu) => path.join(root, `node_modules/node-linux-${cpu}/bin/node`)).find((file) => existsSync(file));
const node = major > 24 || (major === 24 && minor >= 15) ? process.execPath : installed;
if (!node || !existsSync(path.join(root, 'node_modules/commander'))) {
  console.error('Throughline is not installed here yet. Run `npm start` once in its folder.');
  process.exit(1);
}

const program = path.join(root, 'dist/tools/cli.mjs');
if (!existsSync(program)) {
  const built = spawnSync(node, [path.join(root, 'tools/build/build-all.mjs'), 'dist/tools/cli.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (built.status !== 0 || !existsSync(program)) process.exit(1);
}
const child = spawn(node, ['--enable-source-maps', '--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, THROUGHLINE_ROOT: root },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
