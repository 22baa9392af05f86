import { GiveWay } from './give-way';

const { signal } = new AbortController();
const quick = 100;
const slow = 3_000;

async function taken(way: GiveWay, ...tookMs: number[]): Promise<number[]> {
  const pieces: number[] = [];
  for (const took of tookMs) {
    pieces.push(await way.mayTake(signal));
    way.handled(took);
  }
  return pieces;
}

it('takes twice as much each time while nothing else is behind, up to the most', async () => {
  expect(await taken(new GiveWay(10, async () => false), quick, quick, quick, quick, quick, quick)).toEqual([1, 2, 4, 8, 10, 10]);
});

it('takes less again when the work takes long', async () => {
  expect(await taken(new GiveWay(10, async () => false), quick, quick, quick, slow, slow, quick)).toEqual([1, 2, 4, 8, 4, 2]);
});

it('takes one when something else is behind, and begins with one when it no longer is', async () => {
  let behind = false;
  const way = new GiveWay(10, async () => behind);
  await taken(way, quick, quick, quick);
  behind = true;
  // What was done last took no time that counts, so the rest is over with the clock moved on.
  jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
  expect(await way.mayTake(signal)).toBe(1);
  behind = false;
  expect(await taken(way, quick, quick)).toEqual([1, 2]);
  jest.restoreAllMocks();
});

it('takes all where nothing comes first', async () => {
  expect(await taken(new GiveWay(10, undefined), slow, slow)).toEqual([10, 10]);
});
