import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { drawWaitingList } from './draw-waiting-list';
import { estimateEffect, type AgentPeriods, type MeasuredEffect } from './estimate-effect';
import { matchControls } from './match-controls';
import { addTallies, meanOf, tallyOf, type Tally } from './tally';

/**
 * Four hundred small contact centres in which the truth is known: 40 agents who differ (standard deviation 6 points), 30 to 120 rated contacts each before and after (25
 * points), agents who change by themselves between the periods (2 points), a season that lifts everybody (3 points), and coaching that lifts the coached by `effect`.
 */
const worlds = 400;
const [agentsInTown, spread, drift, noise, season] = [40, 6, 2, 25, 3];

interface Agent {
  readonly agent: string;
  readonly halves: readonly [Tally, Tally];
  readonly before: Tally;
  /** Without coaching. */
  readonly after: Tally;
}

function town(seed: number): Agent[] {
  const generator = xoroshiro128plus(seed * 7919 + 17);
  const next = (): number => ((generator.next() >>> 0) + 0.5) / 0x1_0000_0000;
  const normal = (): number => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  const rated = (n: number, mean: number): Tally => tallyOf(Array.from({ length: n }, () => mean + noise * normal()));
  return Array.from({ length: agentsInTown }, (_, index) => {
    const skill = 60 + spread * normal();
    const later = skill + drift * normal() + season;
    const [first, second, after] = [30, 30, 60].map((least) => Math.round(least / 2 + (next() * least * 3) / 2)) as [number, number, number];
    const halves = [rated(first, skill), rated(second, skill)] as const;
    return {
      agent: `agent${String(index).padStart(2, '0')}`,
      halves,
      before: addTallies(halves),
      after: rated(after, later),
    };
  });
}

const towns = Array.from({ length: worlds }, (_, seed) => town(seed));

/** The same contacts, each so much better. */
const lifted = ({ n, sum, squares }: Tally, by: number): Tally => ({ n, sum: sum + n * by, squares: squares + 2 * by * sum + n * by * by });
const byBefore = (agents: readonly Agent[]): Agent[] => [...agents].sort((a, b) => meanOf(a.before) - meanOf(b.before));
const periods = (agents: readonly Agent[], effect: number): AgentPeriods[] =>
  agents.map(({ agent, before, after }) => ({ agent, before, after: lifted(after, effect) }));

function measure(
  town: readonly Agent[],
  coached: readonly Agent[],
  effect: number,
  controls: readonly Agent[],
  comparison: 'waitingList' | 'matched',
): MeasuredEffect {
  const estimate = estimateEffect({
    coached: periods(coached, effect),
    controls: periods(controls, 0),
    everybody: town,
    comparison,
    better: 'higher',
    pickedBecauseLow: true,
    rates: new Map(),
    now: 0,
  });
  if (estimate.kind !== 'measured') throw new Error(`not measured: ${estimate.why}`);
  return estimate;
}

/** Twelve of the worst want coaching, six get it by lot, six wait. */
function byLot(seed: number, effect: number): MeasuredEffect {
  const agents = towns[seed]!;
  const worst = byBefore(agents).slice(0, 12);
  const { coached, waiting } = drawWaitingList(
    worst.map(({ agent }) => agent),
    6,
    `0197a3c2-5a10-7cc4-8a50-${String(seed).padStart(12, '0')}`,
  );
  const of = (names: readonly string[]): Agent[] => worst.filter(({ agent }) => names.includes(agent));
  return measure(agents, of(coached), effect, of(waiting), 'waitingList');
}

/** The supervisor coaches the worst of all; others like them are looked for. */
function worstCoached(count: number, perAgent: number) {
  return (seed: number, effect: number): MeasuredEffect => {
    const agents = byBefore(towns[seed]!);
    const coached = agents.slice(0, count);
    const like = (one: Agent) => ({ agent: one.agent, mean: meanOf(one.before), trend: meanOf(one.halves[1]) - meanOf(one.halves[0]) });
    const matched = new Set(matchControls(coached.map(like), agents.slice(count).map(like), perAgent).flatMap(({ controls }) => controls));
    return measure(
      agents,
      coached,
      effect,
      agents.filter(({ agent }) => matched.has(agent)),
      'matched',
    );
  };
}

/** With how often a look at before and after alone claims an effect where there is none, at least. */
const designs = {
  'by lot among twelve': { ask: byLot, fooled: 0.5 },
  'the six worst against four matched agents each': { ask: worstCoached(6, 4), fooled: 0.5 },
  'the one worst against twelve matched agents': { ask: worstCoached(1, 12), fooled: 0.2 },
} as const;

function survey(design: (seed: number, effect: number) => MeasuredEffect, effect: number) {
  const all = Array.from({ length: worlds }, (_, seed) => design(seed, effect));
  const share = (holds: (one: MeasuredEffect) => boolean): number => all.filter(holds).length / worlds;
  return {
    covered: share(({ low, high }) => low <= effect && effect <= high),
    excludeZero: share(({ low, high }) => low > 0 || high < 0),
    naiveClaims: share(({ naive }) => naive.low > 0),
    meanEffect: all.reduce((total, one) => total + one.effect, 0) / worlds,
    halfWidth: all.reduce((total, { low, high }) => total + (high - low) / 2, 0) / worlds,
    expectedReturn: all.reduce((total, one) => total + one.expectedReturn, 0) / worlds,
    warned: share(({ warnings }) => warnings.includes('regressionToTheMean')),
  };
}

describe.each(Object.entries(designs))('in four hundred worlds, %s', (name, { ask, fooled }) => {
  const told = (what: string, of: ReturnType<typeof survey>): void =>
    console.info(
      `${name}, ${what}: covered ${(of.covered * 100).toFixed(1)} %, excludes zero ${(of.excludeZero * 100).toFixed(1)} %, mean ${of.meanEffect.toFixed(2)} ± ${of.halfWidth.toFixed(1)}, naive claims ${(of.naiveClaims * 100).toFixed(0)} %`,
    );

  it('the interval covers a true effect of six points in 92 to 98 of 100', () => {
    const six = survey(ask, 6);
    told('effect six', six);
    expect(six.covered).toBeGreaterThanOrEqual(0.92);
    expect(six.covered).toBeLessThanOrEqual(0.98);
    expect(Math.abs(six.meanEffect - 6)).toBeLessThan(1);
    // No interval covers by being boundless: stated in points, a single agent's is the widest.
    expect(six.halfWidth).toBeLessThan(fooled === 0.5 ? 7 : 14);
  });

  it('without an effect at most 7 of 100 exclude zero, while before against after alone would claim one', () => {
    const none = survey(ask, 0);
    told('no effect', none);
    expect(none.excludeZero).toBeLessThanOrEqual(0.07);
    expect(none.naiveClaims).toBeGreaterThan(fooled);
    expect(none.expectedReturn).toBeGreaterThan(1);
    expect(none.warned).toBeGreaterThan(0.5);
  });
});
