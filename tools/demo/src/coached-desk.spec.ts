import type { PlanDeed, SurveyAnswer } from '@throughline/contracts';
import { hasStarted, measureCoaching, planOf, tallyOf, type CoachingMeasure, type StartedPlan } from '@throughline/domain-coaching';
import { coachedQueue, CoachedDesk, deskPlace, type CoachingFacts } from './coached-desk';
import type { DemoEvent } from './demo-event';
import { generateWorld } from './generate-world';
import { day } from './local-time';
import { Random } from './random';
import { usualEnd } from './sizes';

const until = Date.UTC(2026, 5, 1);
const from = until - 92 * day;

interface Mark {
  readonly agent: string;
  readonly at: number;
  readonly value: number;
}

/** Three months of a desk: so many calls, each to one of its forty places, each marked. */
function told(seed: number, calls: number): { marks: Mark[]; facts: CoachingFacts } {
  const desk = new CoachedDesk(seed, until);
  const chance = new Random(seed, 4711);
  const times = Array.from({ length: calls }, () => from + chance.next() * (until - from)).sort((a, b) => a - b);
  const marks = times.map((at) => {
    const agent = `ag-${coachedQueue}-${String(deskPlace(coachedQueue, chance.below(40))).padStart(2, '0')}`;
    return { agent, at, value: desk.mark(agent, at, chance) };
  });
  return { marks, facts: desk.planted()! };
}

/** Asks the platform's rule, with one plan for each coached agent, all in one group. */
function measured(marks: readonly Mark[], { agents, startsAt, remeasureAt }: CoachingFacts): CoachingMeasure {
  const [since, ends] = [Date.parse(startsAt), Date.parse(remeasureAt)];
  const plans = agents.map((agent): StartedPlan => {
    const deeds: PlanDeed[] = [
      {
        kind: 'drafted',
        agent,
        coach: 'Sol',
        group: 'April',
        pickedBecauseLow: true,
        comparison: { kind: 'matched' },
        since,
        goal: { behaviour: 'b', metric: 'empathy', baseline: null, target: 4 },
        evidence: [{ contact: '5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f', note: '' }],
        exercises: [{ id: 'e', text: 't' }],
        remeasureAt: ends,
      },
      { kind: 'agreed' },
      { kind: 'started' },
    ];
    const plan = planOf(deeds.map((deed, place) => ({ id: `0197a3c2-5a10-7cc4-8a50-00000000000${place}`, at: ends, by: 'Sol', deed })))!;
    if (!hasStarted(plan)) throw new Error('not started');
    return plan;
  });
  const between = (agent: string, a: number, b: number) =>
    tallyOf(marks.filter((mark) => mark.agent === agent && mark.at >= a && mark.at < b).map(({ value }) => value));
  const windows = [...new Set(marks.map(({ agent }) => agent))].map((agent) => ({
    agent,
    early: between(agent, since - 42 * day, since - 21 * day),
    late: between(agent, since - 21 * day, since),
    after: between(agent, since + 3 * day, ends),
  }));
  return measureCoaching(plans, windows, new Set(), ends);
}

it.each([1, 2, 3])('the planted effect of coaching lies in the interval that the platform computes (seed %d)', (seed) => {
  const { marks, facts } = told(seed, 1_200);
  const { estimate } = measured(marks, facts);
  if (estimate.kind !== 'measured') throw new Error(`not measured: ${estimate.why}`);
  console.info(
    `seed ${seed}: planted ${facts.effect}, estimate ${estimate.effect.toFixed(2)} (${estimate.low.toFixed(2)} to ${estimate.high.toFixed(2)}), naive ${estimate.naive.change.toFixed(2)}`,
  );
  expect(facts.agents).toHaveLength(4);
  expect(estimate.low).toBeLessThanOrEqual(facts.effect);
  expect(estimate.high).toBeGreaterThanOrEqual(facts.effect);
});

it('before and after alone are fooled by who was chosen: they claim more than was planted, on the average of thirty desks, and the platform does not', () => {
  let [naive, estimates, planted, covered] = [0, 0, 0, 0];
  const desks = 30;
  for (let seed = 1; seed <= desks; seed += 1) {
    const { marks, facts } = told(seed, 1_200);
    const { estimate } = measured(marks, facts);
    if (estimate.kind !== 'measured') throw new Error(`not measured: ${estimate.why}`);
    naive += (facts.after - facts.before) / desks;
    estimates += estimate.effect / desks;
    planted += facts.effect / desks;
    if (estimate.low <= facts.effect && facts.effect <= estimate.high) covered += 1;
  }
  console.info(`thirty desks: planted ${planted.toFixed(3)}, estimated ${estimates.toFixed(3)}, before and after ${naive.toFixed(3)}, covered ${covered}`);
  expect(planted).toBeGreaterThan(0.2);
  expect(naive).toBeGreaterThan(planted * 1.25);
  expect(Math.abs(estimates - planted)).toBeLessThan(0.1);
  expect(covered).toBeGreaterThanOrEqual(26);
});

it('coaches nobody where nobody was marked often enough to be chosen', () => {
  expect(new CoachedDesk(1, until).planted()).toBeNull();
  const quiet = new CoachedDesk(1, until);
  const chance = new Random(1);
  for (let index = 0; index < 50; index += 1) quiet.mark(`ag-${coachedQueue}-0${index % 5}`, from + index * day, chance);
  expect(quiet.planted()).toBeNull();
});

it.each([usualEnd, Date.UTC(2026, 10, 22, 13)])(
  'in a whole simulated world of size S the planted effect is found again within its interval (world that ends at %d)',
  (end) => {
    const world = generateWorld({ size: 'S', seed: 1, disorder: false, end });
    const marks: Mark[] = [];
    for (const hourful of world.deliveries)
      for (const { event } of hourful) {
        const { system, type, attributes, occurredAt } = event as DemoEvent;
        if (system !== 'survey' || type !== 'answered') continue;
        for (const { question, value, touch } of (attributes['answers'] ?? []) as readonly SurveyAnswer[])
          if (question === 'empathy' && touch?.name.startsWith(`ag-${coachedQueue}-`)) marks.push({ agent: touch.name, at: occurredAt, value });
      }
    const facts = world.planted().loop.coaching!;
    const { estimate } = measured(marks, facts);
    if (estimate.kind !== 'measured') throw new Error(`not measured: ${estimate.why}`);
    console.info(
      `world S: planted ${facts.effect}, estimate ${estimate.effect.toFixed(2)} (${estimate.low.toFixed(2)} to ${estimate.high.toFixed(2)}), naive ${estimate.naive.change.toFixed(2)}, expected return ${estimate.expectedReturn.toFixed(2)}`,
    );
    expect(facts.agents).toHaveLength(4);
    expect(estimate.low).toBeLessThanOrEqual(facts.effect);
    expect(estimate.high).toBeGreaterThanOrEqual(facts.effect);
    expect(estimate.expectedReturn).toBeGreaterThan(0);
  },
  120_000,
);
