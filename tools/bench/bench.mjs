// `npm run bench`: what the spine does, as ratios to the COPY limit of the same server in the same run. Options: --only accept,flow,delay,history,rebuild,tree,segments,kpis,app, --seconds N (accept, flow), --events N (rebuild, tree, kpis), --report FILE.
// Measure alone: nothing else should run on the machine. The workload is the demo mix (docs/performance.md).
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildAll } from '../build/build-all.mjs';
import { Rig } from '../start/rig.mjs';
import { copyRowsPerSecond } from './copy-limit.mjs';
import { measureAccept } from './measure-accept.mjs';
import { measureApp } from './measure-app.mjs';
import { measureDelay } from './measure-delay.mjs';
import { measureFlow } from './measure-flow.mjs';
import { measureHistory } from './measure-history.mjs';
import { measureKpis } from './measure-kpis.mjs';
import { measureRebuild } from './measure-rebuild.mjs';
import { measureSegments } from './measure-segments.mjs';
import { measureTree } from './measure-tree.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options } = parseArgs({
  options: { only: { type: 'string' }, seconds: { type: 'string' }, events: { type: 'string' }, report: { type: 'string' } },
});
process.chdir(root);
await buildAll();
const { demoMix, postedForm } = await import(pathToFileURL(path.join(root, 'dist/tools/demo-lib.mjs')).href);

const measures = {
  accept: measureAccept,
  delay: measureDelay,
  history: measureHistory,
  flow: measureFlow,
  rebuild: measureRebuild,
  tree: measureTree,
  segments: measureSegments,
  kpis: measureKpis,
  app: measureApp,
};
const chosen = options.only ? options.only.split(',') : Object.keys(measures);
const lines = [];
const say = (line) => {
  lines.push(line);
  console.log(line);
};

say(
  `${cpus()[0].model}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}, commit ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()}`,
);
const results = {};
let rig;
/** Ctrl-C, or an error that nobody waited for, must not leave a stack behind. */
const giveUp = (error) => {
  if (error instanceof Error) console.error(error);
  void Promise.resolve(rig?.destroy()).finally(() => process.exit(1));
};
for (const cause of ['SIGINT', 'SIGTERM', 'uncaughtException', 'unhandledRejection']) process.once(cause, giveUp);
try {
  for (const name of chosen) {
    // Each measure begins with an empty house, but for the tree, which is asked of what the rebuild has loaded.
    if (!rig || name !== 'tree' || !chosen.includes('rebuild')) {
      await rig?.destroy();
      rig = await Rig.build(root);
    }
    const limit = await copyRowsPerSecond(rig.databaseUrl);
    say(
      `\n${name}: COPY of the fixed 300-byte row in transactions of 200: ${Math.round(limit.keyed)} rows/s with a key, ${Math.round(limit.bare)} rows/s into a bare heap`,
    );
    results[name] = await measures[name]({
      rig,
      limit,
      demoMix,
      postedForm,
      say,
      seconds: options.seconds ? Number(options.seconds) : undefined,
      events: options.events ? Number(options.events) : undefined,
    });
  }
} finally {
  await rig?.destroy();
}
if (options.report) {
  mkdirSync(path.dirname(path.resolve(options.report)), { recursive: true });
  writeFileSync(options.report, JSON.stringify({ lines, results }, null, 2));
}
const missed = Object.values(results).flatMap((result) => result.bars.filter(({ holds }) => !holds));
say(`\n${missed.length === 0 ? 'every bar holds' : `bars that do not hold: ${missed.map(({ name }) => name).join(', ')}`}`);
process.exit(missed.length === 0 ? 0 : 1);
