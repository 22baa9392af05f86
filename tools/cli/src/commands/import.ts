import { importFile, MappingError } from '@throughline/domain-events';
import type { MappingDocument } from '@throughline/contracts';
import type { Command } from 'commander';
import { createReadStream, existsSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { progress } from '../../../start/terminal.mjs';
import type { Context } from '../context';
import { EventPoster } from '../event-poster';
import { findMapping } from '../find-mapping';
import { UsageError } from '../usage-error';
import { count } from '../words';

const batch = 500;
const shownLines = 5;

interface Options {
  readonly mapping: string;
  readonly source?: string;
  readonly dryRun?: boolean;
}

/** The text of a file (or of standard input, for `-`), unzipped where its name says so; `read` hears how many bytes of the file were read. */
function textOf(file: string, read: (bytes: number) => void): AsyncIterable<string> {
  if (file === '-') return process.stdin.setEncoding('utf8');
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  const bytes: Readable = createReadStream(file);
  bytes.on('data', (chunk: Buffer) => read(chunk.length));
  return (file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes).setEncoding('utf8');
}

async function run(context: Context, file: string, options: Options): Promise<void> {
  const mapping = findMapping(options.mapping, context.root);
  if (options.dryRun) return show(context, file, mapping);
  const { stack } = context;
  const writeKey = options.source ? stack.sources[options.source] : stack.writeKey;
  if (!writeKey)
    throw new UsageError(
      options.source
        ? `No write key is known for source "${options.source}": use one of ${Object.keys(stack.sources).join(', ')}, or set THROUGHLINE_WRITE_KEY and leave --source out.`
        : 'No write key is known: set THROUGHLINE_WRITE_KEY.',
    );
  const total = file === '-' ? 0 : (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  const bar = progress(`importing ${file}`);
  const poster = new EventPoster(stack.api, writeKey, (words) => bar.update(bytes, total, `waiting: ${words}`));
  let bytes = 0;
  let records = 0;
  let unreadable = 0;
  let waiting: Record<string, unknown>[] = [];
  const flush = async () => {
    await poster.post(waiting);
    waiting = [];
    bar.update(bytes, total, `${count(records, 'record')}, ${count(poster.counts.accepted, 'event')} accepted`);
  };
  for await (const record of importFile(
    textOf(file, (more) => (bytes += more)),
    mapping,
  )) {
    records += 1;
    if ('unreadable' in record) {
      unreadable += 1;
      if (unreadable <= shownLines) context.say(`record ${record.line}: ${record.unreadable}`);
      continue;
    }
    waiting.push(...record.events);
    while (waiting.length >= batch) {
      const rest = waiting.splice(batch);
      await flush();
      waiting = rest;
    }
  }
  await flush();
  bar.end();
  const { accepted, duplicate, quarantined, rejected, reasons } = poster.counts;
  context.say(
    `${count(records, 'record')} read: ${count(accepted, 'event')} accepted, ${duplicate} duplicate, ${quarantined} quarantined, ${rejected} rejected${unreadable > 0 ? `, ${count(unreadable, 'record')} unreadable` : ''}.`,
  );
  for (const [reason, times] of reasons) context.say(context.ink.quiet(`  ${reason}: ${times}`));
  if (quarantined > 0) context.say(context.ink.quiet('Look at what was kept aside: npx throughline quarantine ls'));
  if (rejected + unreadable > 0) process.exitCode = 2;
}

/** The first records as the events they would become; nothing is sent. */
async function show(context: Context, file: string, mapping: MappingDocument): Promise<void> {
  let shown = 0;
  for await (const record of importFile(
    textOf(file, () => undefined),
    mapping,
  )) {
    context.sayJson(record);
    if (++shown === shownLines) break;
  }
}

export function importCommand(program: Command, context: Context): void {
  program
    .command('import')
    .description('bring in a file: each record becomes events by a mapping document, and what is in already stays as it is')
    .argument('<file>', 'CSV, NDJSON or lines, also as .gz; - reads standard input')
    .requiredOption('--mapping <mapping>', 'queue_log, another that comes with Throughline, or the path of a mapping document')
    .option('--source <source>', 'the source that the events come from; left out: default')
    .option('--dry-run', 'show what the first records would become, send nothing')
    .action(async (file: string, options: Options) => {
      try {
        await run(context, file, options);
      } catch (error) {
        if (error instanceof MappingError) throw new UsageError(`The mapping does not fit: ${error.message}`, { cause: error });
        throw error;
      }
    });
}
