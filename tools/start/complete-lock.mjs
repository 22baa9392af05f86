// A package source may lack the builds of an optional dependency for other platforms. npm then leaves them out of the lock, and `npm ci` refuses the lock.
// This adds each one that was left out, with the operating system and processor that its name tells, so that `npm ci` skips it wherever it does not fit.
// After every change of the lock: node tools/start/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const systems = ['darwin', 'win32', 'freebsd', 'openbsd', 'netbsd', 'android', 'openharmony', 'aix', 'sunos', 'linux'];
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'];

/** Where npm would look for `name` when the package at `at` asks for it, nearest first. */
function placesFor(name, at) {
  const steps = at === '' ? [] : at.split('/node_modules/');
  const outer = steps.map((_, i) => steps.slice(0, steps.length - i).join('/node_modules/')).map((folder) => `${folder}/node_modules/${name}`);
  return [...outer, `node_modules/${name}`];
}

/** The optional packages that the lock names as dependencies but does not hold: `{ name, version, askedBy, entry }`; `entry` is null when the name tells no platform. */
export function missingFromLock(lock) {
  const missing = new Map();
  for (const [at, { optionalDependencies, dev }] of Object.entries(lock.packages))
    for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
      if (placesFor(name, at).some((place) => lock.packages[place]) || !/^\d/.test(version)) continue;
      const tail = name.split('/').pop();
      const os = systems.find((system) => tail.includes(system));
      const cpu = processors.find((processor) => tail.includes(processor));
      const entry =
        os || cpu === 'wasm32'
          ? {
              version,
              ...(dev ? { dev: true } : {}),
              optional: true,
              ...(os ? { os: [os] } : {}),
              cpu: [cpu ?? 'none'],
              ...(tail.includes('musl') ? { libc: ['musl'] } : {}),
            }
          : null;
      missing.set(name, { name, version, askedBy: at, entry });
    }
  return [...missing.values()];
}

/** The lock with every entry that could be added; the others are returned as `unknown`. */
export function completeLock(lock) {
  const missing = missingFromLock(lock);
  const added = missing.filter(({ entry }) => entry);
  const packages = { ...lock.packages, ...Object.fromEntries(added.map(({ name, entry }) => [`node_modules/${name}`, entry])) };
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { lock: { ...lock, packages: sorted }, added, unknown: missing.filter(({ entry }) => !entry) };
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? 'package-lock.json';
  const { lock, added, unknown } = completeLock(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  for (const { name, version } of unknown) console.log(`left alone, its name tells no platform: ${name} ${version}`);
  console.log(`${added.length} entries added`);
}
