import { defaultScoringSettings, type EngagementFact, type PlanDeed, type PlanStep } from '@throughline/contracts';
import { empathyOf, eventIdOf, isSettledAtFirst, optOutReasons, plantedEmpathy, type IssueFact, type OptOutReason, type Size } from '@throughline/demo';
import { fcrVerdict, inputOfJourney, scoreJourney, type JourneyFacts } from '@throughline/domain-scoring';
import { hasStarted, measureCoaching, planOf, tallyOf } from '@throughline/domain-coaching';
import { worldInMemory } from './world-in-memory';

const seeds = (process.env['SEEDS'] ?? '1').split(',').map(Number);
const size = (process.env['SIZE'] ?? 'S') as Size;
const day = 86_400_000;
const late = Date.UTC(2026, 11, 1);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const share = (yes: number, of: number): number => yes / Math.max(of, 1);

/** The mean of whole marks from 1 to 5 that are drawn around `centre` with a deviation of 0.8, as the demo draws them. */
function expectedMark(centre: number): number {
  let sum = 0;
  let weights = 0;
  for (let z = -5; z <= 5; z += 0.001) {
    const weight = Math.exp(-(z * z) / 2);
    sum += weight * Math.min(5, Math.max(1, Math.round(centre + 0.8 * z)));
    weights += weight;
  }
  return sum / weights;
}

/** The steps of a plan that was written down after its practice began. */
function stepsOf(agent: string, index: number, since: number, ends: number): PlanStep[] {
  const deeds: PlanDeed[] = [
    {
      kind: 'drafted',
      agent,
      coach: 'Sol Supervisor',
      group: 'Billing Raleigh',
      pickedBecauseLow: true,
      comparison: { kind: 'matched' },
      since,
      goal: { behaviour: 'hears first', metric: 'empathy', baseline: null, target: 4 },
      evidence: [{ contact: '5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f', note: '' }],
      exercises: [{ id: 'say-back', text: 'say it back' }],
      remeasureAt: ends,
    },
    { kind: 'agreed' },
    { kind: 'started' },
  ];
  return deeds.map((deed, place) => ({ id: `0197a3c2-5a10-7cc4-8a5${index}-00000000000${place}`, at: ends, by: 'Sol Supervisor', deed }));
}

describe.each(seeds)(`what was planted in the simulated contact centre of size ${size}, seed %d`, (seed) => {
  let world: ReturnType<typeof worldInMemory>;
  let scored: JourneyFacts[];

  beforeAll(() => {
    world = worldInMemory(size, seed);
    scored = world.journeys.map(({ journey, events }) => scoreJourney(inputOfJourney(journey, events), defaultScoringSettings));
  }, 600_000);

  it('is found again in why callers left the menu, and where nothing tells, nothing is said', () => {
    const reasonOf = new Map(scored.flatMap(({ visits }) => visits.flatMap(({ anchor, optOut }) => (optOut ? [[anchor, optOut.reason] as const] : []))));
    const matrix = Object.fromEntries(optOutReasons.map((planted) => [planted, Object.fromEntries(optOutReasons.map((said) => [said, 0]))])) as Record<
      OptOutReason,
      Record<OptOutReason, number>
    >;
    let compared = 0;
    for (const fact of world.facts) {
      if (fact.kind !== 'optOut') continue;
      const said = reasonOf.get(eventIdOf(fact.source, fact.sourceEventId));
      if (!said) continue;
      matrix[fact.reason][said] += 1;
      compared += 1;
    }
    const planted = world.facts.filter(({ kind }) => kind === 'optOut').length;
    console.log(`seed ${seed}: planted (rows) and said (columns), ${compared} of ${planted} calls compared\n`, matrix);
    expect(share(compared, planted)).toBeGreaterThan(0.97);
    const right = optOutReasons.reduce((sum, reason) => sum + matrix[reason][reason], 0);
    expect(share(right, compared)).toBeGreaterThan(0.8);
    for (const reason of optOutReasons) {
      const rowSum = Object.values(matrix[reason]).reduce((sum, count) => sum + count, 0);
      expect({ reason, recall: share(matrix[reason][reason], rowSum) > 0.6 }).toEqual({ reason, recall: true });
      const columnSum = optOutReasons.reduce((sum, from) => sum + matrix[from][reason], 0);
      if (reason !== 'unknown') expect({ reason, precision: share(matrix[reason][reason], columnSum) > 0.75 }).toEqual({ reason, precision: true });
    }
  });

  it('is found again in which matters were settled at first contact; the telephone alone believes in more', () => {
    const engagementsOf = new Map<string, Set<string>>();
    const issuesOf = new Map<string, Set<string>>();
    for (const row of world.truth)
      for (const issue of row.engagements)
        for (const engagement of world.derivedOf(row)?.engagements ?? []) {
          engagementsOf.set(issue, (engagementsOf.get(issue) ?? new Set()).add(engagement));
          issuesOf.set(engagement, (issuesOf.get(engagement) ?? new Set()).add(issue));
        }
    const factOf = new Map<string, EngagementFact>(scored.flatMap(({ engagements }) => engagements.map((fact) => [`eng_${fact.anchor}`, fact] as const)));
    const pairs = world.facts.flatMap((fact) => {
      if (fact.kind !== 'issue') return [];
      const [engagement, ...more] = engagementsOf.get(fact.issue) ?? [];
      if (!engagement || more.length > 0 || issuesOf.get(engagement)!.size > 1) return [];
      const found = factOf.get(engagement);
      return found ? [[fact, fcrVerdict(found, late) === 'yes'] as const] : [];
    });
    const issues = world.facts.filter((fact): fact is IssueFact => fact.kind === 'issue');
    const planted = share(pairs.filter(([fact]) => isSettledAtFirst(fact)).length, pairs.length);
    const found = share(pairs.filter(([, yes]) => yes).length, pairs.length);
    const agreed = share(pairs.filter(([fact, yes]) => isSettledAtFirst(fact) === yes).length, pairs.length);
    const contacts = scored.flatMap((facts) => facts.contacts.filter(({ channel, startedBy }) => channel === 'voice' && startedBy === 'customer'));
    const naive = contacts.filter(
      ({ looksResolved, channelRepeatAt, endedAt }) => looksResolved && (channelRepeatAt === null || channelRepeatAt > endedAt + 7 * day),
    );
    console.log(
      `seed ${seed}: ${pairs.length} of ${issues.length} issues stand alone in an engagement; settled at first: planted ${planted.toFixed(3)}, found ${found.toFixed(3)}, agreed ${agreed.toFixed(3)}; by the telephone alone ${share(naive.length, contacts.length).toFixed(3)}`,
    );
    expect(share(pairs.length, issues.length)).toBeGreaterThan(0.7);
    expect(agreed).toBeGreaterThan(0.9);
    // Seven of a hundred talks are not written down, so what is found is a little less.
    expect(found).toBeLessThan(planted + 0.02);
    expect(found).toBeGreaterThan(planted - 0.08);
    expect(share(naive.length, contacts.length)).toBeGreaterThan(found + 0.05);
  });

  it('is found again in how customers mark an agent who hears and one who only says the words', () => {
    const marks = new Map<string, number[]>();
    for (const { answers } of scored)
      for (const { question, agent, value } of answers) if (question === 'empathy' && agent !== null) marks.set(agent, [...(marks.get(agent) ?? []), value]);
    const of = (agent: string): number[] => marks.get(agent) ?? [];
    const [empathic, scripted] = [of(plantedEmpathy.empathic.agent), of(plantedEmpathy.scripted.agent)];
    const others = [...marks].filter(([agent]) => empathyOf(agent) === plantedEmpathy.others).flatMap(([, values]) => values);
    console.log(
      `seed ${seed}: empathic ${mean(empathic).toFixed(2)} (${empathic.length}), scripted ${mean(scripted).toFixed(2)} (${scripted.length}), others ${mean(others).toFixed(2)} (${others.length})`,
    );
    for (const [values, centre] of [
      [empathic, plantedEmpathy.empathic.mean],
      [scripted, plantedEmpathy.scripted.mean],
      [others, plantedEmpathy.others],
    ] as const)
      // Three standard errors of the mean, of marks with a deviation of at most 1.
      expect(Math.abs(mean(values) - expectedMark(centre))).toBeLessThan(3 / Math.sqrt(values.length));
    expect(mean(empathic)).toBeGreaterThan(mean(scripted) + 1);
  });

  it('is found again in what coaching a desk did: within the interval against a control, while before and after alone take what comes back by itself for an effect', () => {
    const coaching = world.world.planted().loop.coaching!;
    const [since, ends] = [Date.parse(coaching.startsAt), Date.parse(coaching.remeasureAt)];
    const marks = scored.flatMap(({ answers }) => answers.filter(({ question, agent }) => question === 'empathy' && agent !== null));
    const between = (agent: string, from: number, until: number) =>
      tallyOf(marks.filter((mark) => mark.agent === agent && mark.at >= from && mark.at < until).map(({ value }) => value));
    const windows = [...new Set(marks.map(({ agent }) => agent!))].map((agent) => ({
      agent,
      early: between(agent, since - 42 * day, since - 21 * day),
      late: between(agent, since - 21 * day, since),
      after: between(agent, since + 3 * day, ends),
    }));
    const plans = coaching.agents.map((agent, index) => planOf(stepsOf(agent, index, since, ends))!).filter(hasStarted);
    const { estimate } = measureCoaching(plans, windows, new Set(), ends);
    if (estimate.kind !== 'measured') throw new Error(`not measured: ${estimate.why}`);
    const { effect, low, high, naive, expectedReturn } = estimate;
    console.log(
      `seed ${seed}: coaching planted ${coaching.effect}; with a control ${effect.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}); before and after ${naive.change.toFixed(2)}, of which ${expectedReturn.toFixed(2)} would come back by itself`,
    );
    expect(plans).toHaveLength(4);
    expect(low).toBeLessThanOrEqual(coaching.effect);
    expect(high).toBeGreaterThanOrEqual(coaching.effect);
    expect(expectedReturn).toBeGreaterThan(0.05);
    expect(naive.change).toBeGreaterThan(effect);
  });

  it('is felt: who went through more says so, as the ledger of frustration does', () => {
    const frustrationOf = new Map(scored.flatMap(({ engagements }) => engagements.map(({ anchor, frustration }) => [anchor, frustration] as const)));
    const rated = scored.flatMap(({ answers }) =>
      answers.flatMap(({ question, value, engagement }) =>
        question === 'csat' && engagement !== null ? [{ value, frustration: frustrationOf.get(engagement) ?? 0 }] : [],
      ),
    );
    const calm = rated.filter(({ frustration }) => frustration < 10).map(({ value }) => value);
    const hard = rated.filter(({ frustration }) => frustration >= 30).map(({ value }) => value);
    console.log(
      `seed ${seed}: satisfaction ${mean(calm).toFixed(2)} where it went smoothly (${calm.length}), ${mean(hard).toFixed(2)} where it did not (${hard.length})`,
    );
    expect(mean(calm)).toBeGreaterThan(mean(hard) + 0.3);
  });
});
