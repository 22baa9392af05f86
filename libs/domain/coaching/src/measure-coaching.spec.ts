import type { Comparison, PlanDeed } from '@throughline/contracts';
import type { CoachingPlan } from './coaching-plan';
import { effectForPlan, hasStarted, measureCoaching, type AgentWindows, type StartedPlan } from './measure-coaching';
import { planOf } from './take-step';
import { tallyOf } from './tally';

const day = 86_400_000;
const start = Date.UTC(2026, 3, 16);
const now = start + 60 * day;

function plan(agent: string, comparison: Comparison, since: number | null = null): CoachingPlan {
  const deeds: PlanDeed[] = [
    {
      kind: 'drafted',
      agent,
      coach: 'sam',
      group: 'spring',
      pickedBecauseLow: true,
      comparison,
      since,
      goal: { behaviour: 'b', metric: 'empathy', baseline: 50, target: 60 },
      evidence: [{ contact: '5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f', note: '' }],
      exercises: [{ id: 'e', text: 't' }],
      remeasureAt: start + 40 * day,
    },
    { kind: 'agreed' },
    { kind: 'started' },
  ];
  return planOf(deeds.map((deed, place) => ({ id: `0197a3c2-5a10-7cc4-8a50-00000000000${place}`, at: since === null ? start : now, by: 'sam', deed })))!;
}
const started = (agent: string, comparison: Comparison, since: number | null = null): StartedPlan => {
  const one = plan(agent, comparison, since);
  if (!hasStarted(one)) throw new Error('not started');
  return one;
};
const values = (mean: number, n: number): number[] => Array.from({ length: n }, (_, index) => mean + (index % 2 === 0 ? 20 : -20));
const windows = (agent: string, was: number, is: number, n = 40): AgentWindows => ({
  agent,
  early: tallyOf(values(was, n / 2)),
  late: tallyOf(values(was, n / 2)),
  after: tallyOf(values(is, n)),
});

const town = Array.from({ length: 12 }, (_, index) => windows(`other${index}`, 50 + index, 51 + index + (index % 3)));
const coachedAgents = ['ann', 'bea', 'cat'];
const all = [...coachedAgents.map((agent, index) => windows(agent, 50 + index, 62 + index)), ...town];

it('compares a group with agents like them, and leaves out who is coached for the same number meanwhile', () => {
  const measure = measureCoaching(
    coachedAgents.map((agent) => started(agent, { kind: 'matched' })),
    all,
    new Set(['other0']),
    now,
  );
  expect(measure.controls).not.toContain('other0');
  expect(measure.controls).toHaveLength(11);
  expect(measure.estimate).toMatchObject({ kind: 'measured', verdict: 'worked', coachedAgents: 3, controlAgents: 11 });
  expect(effectForPlan(measure, now)).toMatchObject({ verdict: 'worked', coachedAgents: 3, measuredAt: now });
});

it('compares with those who wait where a lot decided, and with nobody else', () => {
  const waiting = ['other1', 'other2', 'other3', 'other4'];
  const measure = measureCoaching(
    coachedAgents.map((agent) => started(agent, { kind: 'waitingList', waiting })),
    all,
    new Set(),
    now,
  );
  expect(measure.controls).toEqual(waiting);
});

it('an agent whom nobody rated after the coaching began has too few, with the day', () => {
  const silent = [...all.slice(1), { ...windows('ann', 50, 50), after: tallyOf([50, 60]) }];
  const measure = measureCoaching([started('ann', { kind: 'matched' })], silent, new Set(), start + 6 * day);
  expect(measure.estimate).toEqual(
    expect.objectContaining({ kind: 'tooFew', why: 'contactsAfter', fewest: 2, remeasureAt: start + 6 * day + Math.ceil(23 / (40 / 42)) * day }),
  );
  expect(effectForPlan(measure, now)).toMatchObject({ verdict: 'tooFew', effect: null });
});

it('says that a plan was written down after its practice began', () => {
  expect(measureCoaching([started('ann', { kind: 'matched' }, start)], all, new Set(), now).recordedAfterwards).toBe(true);
});
