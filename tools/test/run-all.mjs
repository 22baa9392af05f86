// `npm test`: every check and every test of the house, then one last line `N passed, N failed` that sums all runners. A runner without a result is a failure; what was skipped is listed with its reason.
// Options: --only format,lint,boundaries,generated,types,jest,faults.
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
process.chdir(root);
const results = path.join(root, '.throughline/test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = (runner) => !values.only || values.only.split(',').includes(runner);
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const environment = {
  ...process.env,
  PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
  NX_SKIP_NX_CACHE: 'true',
  FORCE_COLOR: '0',
};

/** Runs a command line. `show`: its words go straight to the terminal; otherwise they are kept. */
function run(commandLine, { show = false, env = environment } = {}) {
  return new Promise((resolve) => {
    const child = spawn(commandLine, { shell: true, env, stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'] });
    const words = [];
    child.stdout?.on('data', (chunk) => words.push(chunk));
    child.stderr?.on('data', (chunk) => words.push(chunk));
    child.once('error', (error) => resolve({ ok: false, words: String(error) }));
    child.once('close', (code) => resolve({ ok: code === 0, words: Buffer.concat(words).toString('utf8') }));
  });
}

/** One check is one test: it passes or it fails with its words. */
async function check(name, commandLine) {
  const since = performance.now();
  const { ok, words } = await run(commandLine);
  console.log(`${ok ? '✓' : '✗'} ${name}  ${seconds(since)}`);
  if (!ok) console.log(words.trim().split('\n').slice(-200).join('\n'));
  return { runner: name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [] };
}

async function twoAtATime(tasks) {
  const waiting = [...tasks];
  const done = [];
  const worker = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) done.push(await task());
  };
  await Promise.all([worker(), worker()]);
  return done;
}

function typechecks() {
  return globSync('{apps,libs,tools}/**/project.json', { exclude: (name) => String(name).includes('node_modules') })
    .sort()
    .map((file) => JSON.parse(readFileSync(file, 'utf8')))
    .filter(({ targets }) => targets?.typecheck)
    .map(
      ({ name, targets }) =>
        () =>
          check(`types of ${name}`, targets.typecheck.command),
    );
}

/** Why a test was left out: the words in brackets at the end of its name, else the setting its file asks for. */
function reasonOf(test, file) {
  const inName = /\(([^()]+)\)\s*$/.exec(test)?.[1];
  if (inName) return inName;
  return readFileSync(file, 'utf8').includes('TL_DATA_DIR') && !process.env.TL_DATA_DIR ? 'TL_DATA_DIR is not set' : 'no reason is given';
}

async function jest() {
  const since = performance.now();
  // Once, so that no two tests build the same at the same time.
  const built = await run('node tools/build/build-all.mjs');
  if (!built.ok) return { runner: 'jest', passed: 0, failed: 1, skipped: [], words: `nothing could be built: ${built.words.trim()}` };
  const outputFile = path.join(results, 'jest.json');
  const flags = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
  const { ok } = await run(
    `node ${flags} node_modules/jest/bin/jest.js --maxWorkers=2 --json --outputFile=${JSON.stringify(outputFile)} >${JSON.stringify(path.join(results, 'jest.log'))}`,
    { show: true },
  );
  console.log(`${ok ? '✓' : '✗'} jest  ${seconds(since)}`);
  if (!existsSync(outputFile)) return { runner: 'jest', passed: 0, failed: 1, skipped: [], words: 'jest left no result' };
  const report = JSON.parse(readFileSync(outputFile, 'utf8'));
  const skipped = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => ['pending', 'skipped', 'todo', 'disabled'].includes(status))
      .map(({ fullName }) => ({ name: `${path.relative(root, name)}: ${fullName}`, reason: reasonOf(fullName, name) })),
  );
  const failedToRun = report.testResults.filter(({ assertionResults, status }) => status === 'failed' && assertionResults.length === 0).length;
  const failed = report.numFailedTests + failedToRun;
  return { runner: 'jest', passed: report.numPassedTests, failed: !ok && failed === 0 ? 1 : failed, skipped };
}

/** A program of the house that tests by itself and leaves `{ passed, failed, skipped: [{ name, reason }] }` in the file named by `--report`. */
async function program(runner, file, args) {
  const report = path.join(results, `${runner}.json`);
  const { ok } = await run(`node ${file} ${args} --report ${JSON.stringify(report)}`, { show: true });
  if (!existsSync(report)) return { runner, passed: 0, failed: 1, skipped: [], words: `${runner} left no result` };
  const { passed, failed, skipped = [] } = JSON.parse(readFileSync(report, 'utf8'));
  return { runner, passed, failed: !ok && failed === 0 ? 1 : failed, skipped };
}

const startedAt = performance.now();
const checks = [];
if (wanted('format')) checks.push(() => check('format', 'prettier --check --log-level warn .'));
if (wanted('lint')) checks.push(() => check('lint', 'eslint --max-warnings 0 .'));
if (wanted('boundaries')) checks.push(() => check('boundaries', 'depcruise --config .dependency-cruiser.cjs apps libs tools'));
if (wanted('generated')) checks.push(() => check('generated', 'node tools/build/api-types.mjs --check'));
if (wanted('types')) checks.push(...typechecks());
const reports = await twoAtATime(checks);
if (wanted('jest')) reports.push(await jest());
if (wanted('faults')) reports.push(await program('faults', 'tools/faults/faults.mjs', '--short'));

const skipped = reports.flatMap((report) => report.skipped);
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
const [passed, failed] = [sum('passed'), sum('failed')];

console.log('');
if (skipped.length > 0) {
  console.log('Skipped:');
  for (const { name, reason } of skipped) console.log(`  – ${name}: ${reason}`);
  console.log(`${skipped.length} skipped\n`);
}
for (const report of reports) if (report.failed > 0) console.log(`✗ ${report.runner}: ${report.words ?? `${report.failed} failed`}`);
console.log(`after ${seconds(startedAt)}`);
process.exitCode = failed > 0 || reports.length === 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed`);
