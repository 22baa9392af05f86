import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateWorld, type WorldOptions } from './generate-world';
import { postedForm } from './posted-form';
import { LineFile, TruthFile } from './truth-file';

/** Writes a world to a folder: `events.ndjson`, the deliveries in their order, and the truth behind them. */
export async function generate(options: WorldOptions, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const events = new LineFile(join(folder, 'events.ndjson'));
  const truthPath = join(folder, options.size === 'XS' || options.size === 'S' ? 'truth.json' : 'truth.ndjson');
  const truth = new TruthFile(truthPath);
  const world = generateWorld({ ...options, onFact: truth.heard });
  const started = process.hrtime.bigint();
  await truth.start();
  let count = 0;
  for (const hourful of world.deliveries)
    for (const delivery of hourful) {
      count++;
      await events.write(`{"at":${delivery.at},"source":"${delivery.source}","event":${JSON.stringify(postedForm(delivery.event))}}\n`);
      await truth.add(delivery, world.truthOf(delivery));
    }
  await events.close();
  const planted = await truth.finish(world);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const { malformed, ...facts } = planted;
  console.log(`${count} deliveries of ${planted.events} events in ${seconds.toFixed(1)} s (${Math.round(count / seconds)} a second) to ${folder}`);
  console.log(
    `${facts.people} people, identifiers suffice for ${facts.personsWhoseIdentifiersSuffice} (${((100 * facts.personsWhoseIdentifiersSuffice) / facts.people).toFixed(1)} %)`,
  );
  console.log(`planted: ${facts.late} late, ${facts.duplicates} duplicates, ${facts.corrections} corrections, malformed ${JSON.stringify(malformed)}`);
  console.log(`${facts.silentSource.source} silent from ${facts.silentSource.from}; Dana: ${facts.dana.phone} ${facts.dana.email}`);
}
