import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { SourceName } from './demo-event';
import type { Delivery } from './disorder';
import type { World } from './generate-world';
import type { PlantedFact } from './planted-fact';
import type { PlantedFacts, Truth, TruthPerson, TruthRow } from './truth';

/** Columns of a row of the truth, in this order. `delivery` is `late`, `superseded` (a correction follows) or `event`. */
export const eventColumns = ['source', 'sourceEventId', 'person', 'interaction', 'engagements', 'occurredAt', 'delivery'] as const;
export const extraColumns = ['source', 'sourceEventId', 'kind'] as const;

/** Writes lines as fast as the disk takes them, in pieces of about a megabyte. */
export class LineFile {
  private readonly stream;
  private pieces: string[] = [];
  private size = 0;

  constructor(path: string) {
    this.stream = createWriteStream(path);
  }

  async write(line: string): Promise<void> {
    this.pieces.push(line);
    this.size += line.length;
    if (this.size > 1 << 20) await this.flush();
  }

  async close(): Promise<void> {
    await this.flush();
    this.stream.end();
    await once(this.stream, 'close');
  }

  private async flush(): Promise<void> {
    const text = this.pieces.join('');
    this.pieces = [];
    this.size = 0;
    if (text !== '' && !this.stream.write(text)) await once(this.stream, 'drain');
  }
}

const rowOf = (row: TruthRow, kind: Delivery['kind']): readonly unknown[] => [
  row.source,
  row.sourceEventId,
  row.person,
  row.interaction,
  row.engagements,
  row.occurredAt,
  kind,
];

/** Writes the truth while the events go by: `truth.json`, one document, or for big worlds `truth.ndjson`, one fact a line. */
export class TruthFile {
  private readonly file: LineFile;
  private readonly document: boolean;
  private readonly extras: string[] = [];
  private readonly facts: string[] = [];
  private first = true;

  constructor(path: string) {
    this.document = path.endsWith('.json');
    this.file = new LineFile(path);
  }

  private async writeFacts(): Promise<void> {
    for (const fact of this.facts.splice(0)) await this.file.write(`{"fact":${fact}}\n`);
  }

  async start(): Promise<void> {
    if (this.document)
      await this.file.write(`{"version":1,"eventColumns":${JSON.stringify(eventColumns)},"extraColumns":${JSON.stringify(extraColumns)},"events":[\n`);
  }

  async add(delivery: Delivery, row: TruthRow | null): Promise<void> {
    if (!this.document && this.facts.length > 1_000) await this.writeFacts();
    if (row !== null) {
      const text = JSON.stringify(rowOf(row, delivery.kind));
      await this.file.write(this.document ? `${this.first ? '' : ',\n'}${text}` : `{"event":${text}}\n`);
      this.first = false;
    } else if (delivery.kind !== 'correction') {
      const text = JSON.stringify([delivery.source, delivery.sourceEventId, delivery.kind]);
      if (this.document) this.extras.push(text);
      else await this.file.write(`{"extra":${text}}\n`);
    }
  }

  /** Notes a planted fact; give it to the world as `onFact`. */
  readonly heard = (fact: PlantedFact): void => void this.facts.push(JSON.stringify(fact));

  async finish(world: World): Promise<PlantedFacts> {
    const planted = world.planted();
    if (this.document) await this.file.write(`\n],"extras":[\n${this.extras.join(',\n')}\n],"facts":[\n${this.facts.join(',\n')}\n],"persons":[\n`);
    else await this.writeFacts();
    let first = true;
    for (const person of world.persons()) {
      const text = JSON.stringify(person);
      await this.file.write(this.document ? `${first ? '' : ',\n'}${text}` : `{"person":${text}}\n`);
      first = false;
    }
    await this.file.write(this.document ? `\n],"planted":${JSON.stringify(planted, null, 1)}}\n` : `{"planted":${JSON.stringify(planted)}}\n`);
    await this.file.close();
    return planted;
  }
}

type Columns = readonly [SourceName, string, string, string | null, string[], number, string];
const toRow = ([source, sourceEventId, person, interaction, engagements, occurredAt]: Columns): TruthRow => ({
  source,
  sourceEventId,
  person,
  interaction,
  engagements,
  occurredAt,
});

/** Reads a truth file of either form. */
export async function readTruth(path: string): Promise<Truth> {
  if (path.endsWith('.json')) {
    const document = JSON.parse(readFileSync(path, 'utf8')) as { events: Columns[]; facts: PlantedFact[]; persons: TruthPerson[]; planted: PlantedFacts };
    return { planted: document.planted, persons: document.persons, facts: document.facts, events: document.events.map(toRow) };
  }
  const events: TruthRow[] = [];
  const persons: TruthPerson[] = [];
  const facts: PlantedFact[] = [];
  let planted: PlantedFacts | undefined;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const fact = JSON.parse(line) as { event?: Columns; fact?: PlantedFact; person?: TruthPerson; planted?: PlantedFacts };
    if (fact.event) events.push(toRow(fact.event));
    else if (fact.fact) facts.push(fact.fact);
    else if (fact.person) persons.push(fact.person);
    else if (fact.planted) planted = fact.planted;
  }
  if (!planted) throw new Error(`${path} ends before its planted facts: it was not written to the end`);
  return { planted, persons, facts, events };
}
