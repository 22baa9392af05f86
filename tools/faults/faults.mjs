// `npm run faults`: each fault of the matrix against a real stack of its own, then THE CHECK. Options: --short (the set of `npm test`), --only F14,F24, --repeats N, --seed N, --events N, --report FILE.
// A fault whose harm or whose check could not be done reads "not shown", never "passed"; only "passed" lets the run succeed.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildAll } from '../build/build-all.mjs';
import { faults, workload, worldHash } from './catalogue.mjs';
import { comesToRest, equalsOracles, HealthWatch, keepsLedger, keepsSecrets } from './checks.mjs';
import { deliver, Ledger } from './driver.mjs';
import { Rig } from '../start/rig.mjs';
import { batchesOf } from './workload.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    repeats: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    events: { type: 'string' },
    report: { type: 'string' },
  },
});

process.chdir(root);
await buildAll();
const { verify } = await import(pathToFileURL(path.join(root, 'dist/tools/verify.mjs')).href);
const { checkWithSql } = await import(pathToFileURL(path.join(root, 'dist/tools/sql-check.mjs')).href);
const { crashPoints } = await import('./crash-points.mjs');
const events = Number(options.events ?? (options.short ? 900 : 20_000));
const chosen = faults.filter(({ id, short }) => (options.only ? options.only.split(',').includes(id) : !options.short || short));
const results = [];

for (const fault of chosen) {
  const variants = fault.id === 'F08' ? crashPoints({ short: options.short }) : (fault.variants?.({ short: options.short }) ?? [undefined]);
  for (const variant of variants)
    for (let repeat = 0; repeat < Number(options.repeats); repeat += 1) {
      const result = await runFault(fault, variant, Number(options.seed) + repeat);
      results.push(result);
      print(result);
    }
}

summarise();

async function runFault(fault, variant, seed) {
  const startedAt = Date.now();
  const name = [fault.id, fault.title, variant === undefined ? '' : `[${typeof variant === 'object' ? Object.values(variant).join(' ') : variant}]`]
    .filter(Boolean)
    .join(' ');
  const checks = [];
  let rig;
  let ledger;
  try {
    rig = await Rig.build(root);
    ledger = new Ledger(path.join(rig.folder, 'ledger.ndjson'));
    const context = contextOf({ rig, ledger, seed, variant, fault });
    checks.push(...(await fault.run(context)));
    checks.push(
      await comesToRest(rig, fault.limitMs),
      ...(await keepsLedger(rig, ledger)),
      await equalsOracles(rig, { verify, checkWithSql }),
      keepsSecrets(rig),
      context.watch.result(),
    );
    const failed = checks.filter(({ ok }) => !ok);
    if (failed.length === 0) return { name, outcome: 'passed', checks, seconds: (Date.now() - startedAt) / 1000 };
    return { name, outcome: 'failed', checks, logs: lastLines(rig), seconds: (Date.now() - startedAt) / 1000 };
  } catch (error) {
    return { name, outcome: 'not shown', checks, why: error.message, logs: rig ? lastLines(rig) : [], seconds: (Date.now() - startedAt) / 1000 };
  } finally {
    ledger?.close();
    await rig?.destroy();
  }
}

/** What the services said last, and what each said when it ended: without it a failure that comes once in a hundred times says nothing. */
function lastLines(rig) {
  return rig.logs().flatMap(({ name, text }) => {
    const lines = text.trim().split('\n');
    const endings = lines.filter((line) => /"level":(60|"fatal")|uncaught|unhandled|Error:/i.test(line)).slice(-3);
    return [...endings, ...lines.slice(-2)].map((line) => `${name}: ${line.slice(0, 600)}`);
  });
}

function contextOf({ rig, ledger, seed, variant, fault }) {
  const batches = batchesOf(workload({ run: `${fault.id.toLowerCase()}s${seed}`, seed, events, customers: Math.max(20, Math.round(events / 40)) }), 100);
  let dice = seed * 7_919;
  const context = {
    rig,
    ledger,
    seed,
    variant,
    batches,
    short: options.short,
    watch: new HealthWatch(),
    /** A moment between two limits, by the seed. */
    moment: (from, to) => from + ((dice = (dice * 48_271) % 2_147_483_647) % (to - from)),
    send: (over = {}) => deliver({ api: () => rig.api, writeKey: rig.secrets.writeKey, batches, ledger, pauseMs: options.short ? 30 : 0, ...over }),
    async rest() {
      const check = await comesToRest(rig, fault.limitMs);
      if (!check.ok) throw new Error(check.words);
    },
    /** The hash of a world in which the same workload was delivered once and undisturbed. */
    async cleanHash() {
      const other = await Rig.build(root);
      const book = new Ledger(path.join(other.folder, 'ledger.ndjson'));
      try {
        await deliver({ api: () => other.api, writeKey: other.secrets.writeKey, batches, ledger: book });
        const check = await comesToRest(other, fault.limitMs);
        if (!check.ok) throw new Error(check.words);
        return await worldHash(other);
      } finally {
        book.close();
        await other.destroy();
      }
    },
  };
  return context;
}

function print({ name, outcome, checks, why, logs, seconds }) {
  const mark = { passed: '✓', failed: '✗', 'not shown': '–' }[outcome];
  console.log(`${mark} ${name}: ${outcome} (${seconds.toFixed(1)} s)`);
  for (const check of checks) if (!check.ok || !options.short) console.log(`    ${check.ok ? 'ok ' : 'NOT'} ${check.name}: ${check.words}`);
  if (why) console.log(`    not shown: ${why}`);
  for (const line of logs ?? []) console.log(`      ${line}`);
}

function summarise() {
  const count = (outcome) => results.filter((result) => result.outcome === outcome).length;
  if (options.report) {
    mkdirSync(path.dirname(path.resolve(options.report)), { recursive: true });
    writeFileSync(options.report, JSON.stringify({ passed: count('passed'), failed: count('failed') + count('not shown'), skipped: [], results }, null, 2));
  }
  console.log(`\nfaults: ${count('passed')} passed, ${count('failed')} failed, ${count('not shown')} not shown`);
  process.exit(results.length > 0 && count('passed') === results.length ? 0 : 1);
}
