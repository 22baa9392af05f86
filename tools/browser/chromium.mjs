// A headless Chromium for tests and pictures: CHROMIUM_PATH, else one of the PATH, else the binary that npm brings. What that one lacks (libnss3, libnspr4) is unpacked from Debian's packages without root.
import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const run = promisify(execFile);
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const packages = ['libnss3', 'libnspr4'];

/** As root Chromium has no sandbox; in containers `/dev/shm` is small. No page leaves this machine. */
const flags = [
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-gpu',
  '--hide-scrollbars',
  '--font-render-hinting=none',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const onPath = () => ['chromium', 'chromium-browser', 'google-chrome'].find((name) => spawnSync(name, ['--version'], { timeout: 10_000 }).status === 0);

/** Libraries that the binary asks for and this machine lacks. */
async function missingLibraries(binary, env) {
  const { stdout } = await run('ldd', [binary], { env }).catch(() => ({ stdout: '' }));
  return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
}

/** Unpacks the packages into a folder of ours with the machine's own package sources: nothing is installed. Resolves with the folder of their libraries. */
async function fetchLibraries(folder) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'throughline-apt-'));
  try {
    fs.mkdirSync(path.join(dir, 'lists', 'partial'), { recursive: true });
    const options = [
      `Dir::State::lists=${dir}/lists`,
      'Dir::Cache::pkgcache=',
      'Dir::Cache::srcpkgcache=',
      `Dir::Cache::archives=${dir}`,
      'Debug::NoLocking=1',
      'Acquire::http::Timeout=10',
    ];
    if (process.getuid?.() === 0) options.push('APT::Sandbox::User=root');
    const apt = (...args) => run('apt-get', [...options.flatMap((option) => ['-o', option]), '-qq', ...args], { cwd: dir, timeout: 90_000 });
    await apt('update');
    await apt('download', ...packages);
    for (const archive of fs.readdirSync(dir).filter((file) => file.endsWith('.deb'))) await run('dpkg', ['-x', archive, 'unpacked'], { cwd: dir });
    fs.mkdirSync(folder, { recursive: true });
    for (const file of fs.globSync('unpacked/usr/lib/**/*.so*', { cwd: dir }))
      fs.cpSync(path.join(dir, file), path.join(folder, path.basename(file)), { dereference: true });
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

/** `{ executablePath, env }` for a Chromium that starts here. Throws a sentence with the ways to get one. */
export async function findChromium() {
  if (process.env.CHROMIUM_PATH) return { executablePath: process.env.CHROMIUM_PATH, env: process.env };
  const named = onPath();
  if (named) return { executablePath: spawnSync('sh', ['-c', `command -v ${named}`], { encoding: 'utf8' }).stdout.trim(), env: process.env };
  const { default: packed } = await import('@sparticuz/chromium');
  const executablePath = await packed.executablePath();
  const folder = path.join(root, '.throughline/bin/chromium-libraries');
  const env = { ...process.env, LD_LIBRARY_PATH: [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') };
  if ((await missingLibraries(executablePath, env)).length > 0) await fetchLibraries(folder).catch(() => undefined);
  const missing = await missingLibraries(executablePath, env);
  if (missing.length > 0)
    throw new Error(
      `Chromium cannot start here: ${missing.join(', ')} missing. Install ${packages.join(' and ')}, or a Chromium, or set CHROMIUM_PATH to one.`,
    );
  return { executablePath, env };
}

/** A running browser; the caller closes it. */
export async function launchChromium() {
  const { executablePath, env } = await findChromium();
  return chromium.launch({ executablePath, env, args: flags, headless: true });
}
