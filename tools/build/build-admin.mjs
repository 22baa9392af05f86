// Builds the admin app into dist/apps/admin, unless its sources are those of the build that is there: a start in which nothing has changed does not wait for the compiler.
// Fails when the JavaScript that a browser needs at first is above its budget.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { initialScripts } from './initial-scripts.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.join(root, 'dist/apps/admin');
const stampFile = path.join(folder, 'built-from');

/** Gzipped, with everything that the first page loads before it shows. */
export const initialBudgetBytes = 250_000;

/** Everything the result depends on: the app, the libs that it may import, the compiler's settings and the lock. */
const inputs = [
  'apps/admin/src/**/*',
  'apps/admin/tsconfig*.json',
  'libs/{contracts,domain/*}/src/**/*.ts',
  'libs/{contracts,domain}/package.json',
  'angular.json',
  'tsconfig.base.json',
  'package-lock.json',
  'tools/build/{build-admin,initial-scripts}.mjs',
];

function stampOfSources() {
  const hash = createHash('sha256');
  const files = globSync(inputs, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile() && !/\.spec\.ts$/.test(entry.name));
  for (const file of files.map(({ parentPath, name }) => path.join(parentPath, name)).sort())
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/** Beside each text file its compressed forms, so that nothing is compressed while it is served. */
function compress(browser) {
  for (const file of globSync('**/*.{js,css,svg}', { cwd: browser })) {
    const text = readFileSync(path.join(browser, file));
    writeFileSync(path.join(browser, `${file}.br`), brotliCompressSync(text));
    writeFileSync(path.join(browser, `${file}.gz`), gzipSync(text, { level: 9 }));
  }
}

/** Another process may have put its own in place meanwhile: the later one stays. */
function putInPlace(draft) {
  for (let attempt = 1; ; attempt++) {
    rmSync(folder, { recursive: true, force: true });
    try {
      return renameSync(draft, folder);
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/** Resolves with whether it had to build. The old app stays in place until the new one is whole. */
export async function buildAdmin() {
  const stamp = stampOfSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
  const draft = `${folder}.${process.pid}.new`;
  try {
    await promisify(execFile)(
      process.execPath,
      [path.join(root, 'node_modules/@angular/cli/bin/ng.js'), 'build', 'admin', '--output-path', path.relative(root, draft), '--progress', 'false'],
      { cwd: root, env: { ...process.env, NG_CLI_ANALYTICS: 'false', FORCE_COLOR: '0' }, maxBuffer: 1 << 24 },
    ).catch((error) => {
      throw new Error(`The admin app could not be built:\n${`${error.stdout ?? ''}${error.stderr ?? ''}`.trim() || error.message}`, { cause: error });
    });
    const { bytes, files } = initialScripts(path.join(draft, 'browser'));
    if (bytes > initialBudgetBytes)
      throw new Error(`The admin app needs ${bytes} bytes of JavaScript (gzipped) at first, above ${initialBudgetBytes}: ${files.join(', ')}`);
    compress(path.join(draft, 'browser'));
    writeFileSync(path.join(draft, 'built-from'), stamp);
    putInPlace(draft);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return true;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const startedAt = performance.now();
  const built = await buildAdmin();
  const { bytes } = initialScripts(path.join(folder, 'browser'));
  console.log(
    `admin app ${built ? `built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s` : 'is up to date'}; ${(bytes / 1000).toFixed(1)} kB of JavaScript (gzipped) at first, of ${initialBudgetBytes / 1000}`,
  );
}
