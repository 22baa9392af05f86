import { missedBars, reportRecovery, scoreRecovery, type Size } from '@throughline/demo';
import { worldInMemory } from './world-in-memory';

const seeds = (process.env['SEEDS'] ?? '1,2,3').split(',').map(Number);
const size = (process.env['SIZE'] ?? 'S') as Size;

describe.each(seeds)(`the simulated contact centre of size ${size}, seed %d`, (seed) => {
  it('is recovered from what its sources delivered, disorder included', () => {
    const { world, truth, derivedOf, accepted, aside } = worldInMemory(size, seed);
    const recovery = scoreRecovery(world.persons(), truth, derivedOf);
    console.log(`seed ${seed}: ${accepted} events accepted, set aside ${JSON.stringify(aside)}\n${reportRecovery(recovery)}`);
    expect(recovery.missing).toBe(0);
    expect(Object.keys(aside).sort()).toEqual(['id_conflict', 'invalid', 'negative_span', 'time_out_of_range', 'too_deep']);
    expect(missedBars(recovery)).toEqual([]);
  }, 600_000);
});
