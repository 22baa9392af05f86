import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from './generate';
import { generateWorld } from './generate-world';
import { readTruth, TruthFile } from './truth-file';

describe('the files of a world', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() => jest.spyOn(console, 'log').mockImplementation(() => undefined));
  afterAll(() => jest.restoreAllMocks());

  it('are the same bytes for the same seed, and hold every delivery and every truth', async () => {
    await generate({ size: 'XS', seed: 4 }, join(folder, 'a'));
    await generate({ size: 'XS', seed: 4 }, join(folder, 'b'));
    for (const name of ['events.ndjson', 'truth.json']) expect(readFileSync(join(folder, 'a', name)).equals(readFileSync(join(folder, 'b', name)))).toBe(true);
    const lines = readFileSync(join(folder, 'a', 'events.ndjson'), 'utf8')
      .trimEnd()
      .split('\n');
    const truth = await readTruth(join(folder, 'a', 'truth.json'));
    expect(lines).toHaveLength(truth.planted.deliveries);
    expect([...truth.events]).toHaveLength(truth.planted.events);
    expect([...truth.persons]).toHaveLength(truth.planted.people + 1);
    expect(truth.planted.dana).toMatchObject({ phone: '+12025550142', interactions: 7, contactTransactions: 11 });
  });

  it('says the same in one document and in lines, and knows when lines are missing', async () => {
    const write = async (path: string): Promise<void> => {
      const world = generateWorld({ size: 'XS', seed: 4 });
      const file = new TruthFile(path);
      await file.start();
      for (const hourful of world.deliveries) for (const delivery of hourful) await file.add(delivery, world.truthOf(delivery));
      await file.finish(world);
    };
    await write(join(folder, 'truth.ndjson'));
    await write(join(folder, 'truth.json'));
    expect(await readTruth(join(folder, 'truth.ndjson'))).toEqual(await readTruth(join(folder, 'truth.json')));
    const lines = readFileSync(join(folder, 'truth.ndjson'), 'utf8').trimEnd().split('\n');
    writeFileSync(join(folder, 'torn.ndjson'), lines.slice(0, -1).join('\n'));
    await expect(readTruth(join(folder, 'torn.ndjson'))).rejects.toThrow(/not written to the end/);
  });
});
