import { Command, InvalidArgumentError } from 'commander';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { danaExpected } from './dana';
import { sourceSettings, sources, type SourceName } from './demo-event';
import { directory } from './directory';
import { generate } from './generate';
import { generateWorld, type WorldOptions } from './generate-world';
import { load } from './load';
import type { Access, PostSummary } from './post-batches';
import { readDerivedFromDatabase, readDerivedFromFile } from './read-derived';
import { missLine, missedBars, reportRecovery } from './report-recovery';
import { scoreRecovery } from './score-recovery';
import { sizes, usualEnd, type Size } from './sizes';
import { talk } from './talk';
import { LineFile, readTruth } from './truth-file';
import { makeWork, type StaffedCentre } from './work/make-work';

interface WorldArguments {
  readonly size: Size;
  readonly seed: number;
  readonly days?: number;
  readonly end?: number;
}
interface AccessArguments {
  readonly api: string;
  readonly keys?: string;
  readonly writeKey?: string;
  readonly sourceName?: string;
  readonly patience: number;
}

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('a whole number, 0 or more');
  return value;
};
const size = (text: string): Size => {
  if (!(sizes as readonly string[]).includes(text)) throw new InvalidArgumentError(`one of ${sizes.join(', ')}`);
  return text as Size;
};
const instant = (text: string): number => {
  const value = Date.parse(text);
  if (!/T.*(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(value)) throw new InvalidArgumentError('an instant, as 2026-06-01T00:00:00Z');
  return value;
};
const worldOf = ({ size, seed, days, end }: WorldArguments): WorldOptions => ({
  size,
  seed,
  ...(days === undefined ? {} : { days }),
  ...(end === undefined ? {} : { end }),
});

function accessOf({ api, keys, writeKey, sourceName, patience }: AccessArguments, signal: AbortSignal): Access {
  const ofSource = keys === undefined ? null : (JSON.parse(readFileSync(keys, 'utf8')) as Partial<Record<SourceName, string>>);
  const keyOf = (source: SourceName): string => {
    const key = ofSource?.[source] ?? writeKey;
    if (key === undefined) throw new Error(`No write key for source "${source}": name it in the file of --keys, or give one for all with --write-key`);
    return key;
  };
  for (const source of sources) keyOf(source);
  return { api: api.replace(/\/+$/, ''), keyOf, ...(sourceName === undefined ? {} : { sourceName }), patienceMs: patience * 1000, signal };
}

const summaryLine = ({ accepted, duplicate, quarantined, rejected, retries, reasons }: PostSummary): string =>
  `${accepted} accepted, ${duplicate} duplicate, ${quarantined} quarantined, ${rejected} rejected, ${retries} retries${
    Object.keys(reasons).length === 0
      ? ''
      : ` (${Object.entries(reasons)
          .map(([reason, count]) => `${reason} ${count}`)
          .join(', ')})`
  }`;

/** A bar that is drawn over itself on a terminal, and a line for every tenth elsewhere. */
function progressBar(): (share: number, sent: number, perSecond: number) => void {
  let tenth = 0;
  return (share, sent, perSecond) => {
    const filled = Math.round(share * 30);
    const text = `${'█'.repeat(filled)}${'·'.repeat(30 - filled)} ${(100 * share).toFixed(0).padStart(3)} %  ${sent} events, ${Math.round(perSecond)} a second`;
    if (process.stderr.isTTY) process.stderr.write(`\r${text}`);
    else if (Math.floor(share * 10) > tenth) {
      tenth = Math.floor(share * 10);
      process.stderr.write(`${text}\n`);
    }
  };
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());

const program = new Command('demo').description('The simulated contact centre of an internet and telephone provider: the same seed gives the same world');
const world = (command: Command): Command => command.option('--size <size>', sizes.join(', '), size, 'S').option('--seed <number>', 'whole number', whole, 1);
const past = (command: Command): Command =>
  world(command)
    .option('--end <instant>', `when its history ends (${new Date(usualEnd).toISOString()})`, instant)
    .option('--days <number>', 'end earlier', whole);
const access = (command: Command): Command =>
  command
    .requiredOption('--api <url>', 'where the platform takes events')
    .option('--keys <file>', 'JSON: write key by source')
    .option('--write-key <key>', 'one key for every source')
    .option('--source-name <name>', 'with one key: the source it belongs to')
    .option('--patience <seconds>', 'how long to wait for a platform that is away or busy', whole, 300);

program
  .command('sources')
  .description('what the platform has to be told of the sources, as JSON')
  .action(() => console.log(JSON.stringify(sourceSettings)));

program
  .command('directory')
  .description('teams and agents of the centre, as JSON')
  .action(() => console.log(JSON.stringify(directory())));

past(program.command('generate').description('write the events in delivery order, and the truth behind them'))
  .requiredOption('--out <folder>')
  .action(async (options: WorldArguments & { out: string }) => generate(worldOf(options), options.out));

access(past(program.command('load').description('send a whole world through the public API')))
  .option('--concurrency <number>', 'batches on their way at once', whole, 3)
  .option('--truth <file>', 'write the truth beside it, .json or .ndjson')
  .option('--json', 'the result as one line of JSON')
  .action(async (options: WorldArguments & AccessArguments & { concurrency: number; truth?: string; json?: boolean }) => {
    const result = await load(
      accessOf(options, stop.signal),
      { ...worldOf(options), concurrency: Math.max(1, options.concurrency), ...(options.truth === undefined ? {} : { truthPath: options.truth }) },
      progressBar(),
    );
    if (process.stderr.isTTY) process.stderr.write('\n');
    if (options.json) console.log(JSON.stringify(result));
    else {
      console.log(`${result.planted.deliveries} events sent in ${result.seconds.toFixed(1)} s: ${summaryLine(result.summary)}`);
      console.log(`Look at Dana: ${danaExpected.phone} or ${danaExpected.email}`);
    }
  });

access(world(program.command('talk').description('let the town live on from now, at the pace of the clock, until Ctrl-C')))
  .option('--per-minute <number>', 'events a minute, about', whole, 60)
  .action(async (options: WorldArguments & AccessArguments & { perMinute: number }) => {
    let said = 0;
    await talk(accessOf(options, stop.signal), { size: options.size, seed: options.seed, perMinute: options.perMinute }, stop.signal, (summary) => {
      if (summary.accepted - said < 500) return;
      said = summary.accepted;
      console.log(summaryLine(summary));
    });
  });

program
  .command('work')
  .description('do what the people of the centre would have done by now; reads where and who as JSON from the standard input')
  .action(async () => console.log(JSON.stringify(await makeWork(JSON.parse(await text(process.stdin)) as StaffedCentre, Date.now()))));

past(program.command('score').description('how much of the truth the platform recovered'))
  .option('--database <url>', 'read the derived world from its read views')
  .option('--derived <file>', 'read the derived world from lines of JSON')
  .option('--truth <file>', 'the truth file; without it the world of size and seed is made again')
  .option('--source-name <name>', 'as for load')
  .option('--misses <file>', 'list every miss, a line each')
  .action(async (options: WorldArguments & { database?: string; derived?: string; truth?: string; sourceName?: string; misses?: string }) => {
    const derivedOf =
      options.database !== undefined
        ? await readDerivedFromDatabase(options.database, options.sourceName)
        : options.derived !== undefined
          ? await readDerivedFromFile(options.derived)
          : program.error('name the derived world with --database or --derived');
    const truth = options.truth === undefined ? null : await readTruth(options.truth);
    const made = generateWorld(worldOf(options));
    const rows = function* () {
      for (const hourful of made.deliveries)
        for (const delivery of hourful) {
          const row = made.truthOf(delivery);
          if (row) yield row;
        }
    };
    const recovery = scoreRecovery(truth?.persons ?? made.persons(), truth?.events ?? rows(), derivedOf);
    console.log(reportRecovery(recovery));
    if (options.misses !== undefined) {
      const file = new LineFile(options.misses);
      for (const miss of recovery.misses) await file.write(missLine(miss));
      await file.close();
      console.log(`${recovery.misses.length} misses listed in ${options.misses}`);
    }
    const missed = missedBars(recovery);
    console.log(missed.length === 0 ? 'every bar is reached' : `NOT REACHED: ${missed.join('; ')}`);
    if (missed.length > 0) process.exitCode = 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!stop.signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
