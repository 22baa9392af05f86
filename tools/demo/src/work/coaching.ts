import type { Instant } from '@throughline/contracts';
import type { CoachingFacts } from '../coached-desk';
import { day } from '../local-time';
import { plantedEmpathy } from '../planted-fact';
import type { Visitor } from './visitor';
import { workId } from './work-id';

interface Contact {
  readonly contact: string;
  readonly at: Instant;
}
interface PlanWords {
  readonly agent: string;
  readonly group: string | null;
  readonly metric: 'empathy' | 'frustration';
  readonly behaviour: string;
  readonly target: number;
  readonly since: Instant | null;
  readonly remeasureAt: Instant;
  readonly exercises: readonly { readonly id: string; readonly text: string }[];
  readonly then: readonly object[];
}

const evidenceOf = 3;

/** The plans of the supervisor who leads both desks. `planted` names whom the simulated centre coached and from when on: practice began before it was written down, and the plans say so. */
export async function makePlans(supervisor: Visitor, planted: CoachingFacts | null, now: Instant): Promise<number> {
  const plans = [...(planted === null ? [] : planted.agents.map((agent) => deskPlan(agent, planted))), scriptedPlan(now)];
  if (planted !== null) {
    const former = await formerPlan(supervisor, [...planted.agents, plantedEmpathy.scripted.agent], planted);
    if (former !== null) plans.push(former);
  }
  let made = 0;
  for (const plan of plans) if (await makePlan(supervisor, plan)) made += 1;
  return made;
}

const deskPlan = (agent: string, { startsAt, remeasureAt }: CoachingFacts): PlanWords => ({
  agent,
  group: 'Billing Raleigh, hear first',
  metric: 'empathy',
  behaviour: 'Says back in own words what the customer has been through before offering anything.',
  target: 3.8,
  since: Date.parse(startsAt),
  remeasureAt: Date.parse(remeasureAt),
  exercises: [
    { id: 'say-back', text: 'In every call of the day, sum up the customer’s matter in one sentence before the first question about the account.' },
    { id: 'listen', text: 'Once a week listen to two own calls with the coach and name the moment in which the customer felt heard, or did not.' },
  ],
  then: [
    { kind: 'practised', exercise: 'say-back', note: '' },
    { kind: 'practised', exercise: 'listen', note: 'Two calls heard together.' },
  ],
});

const scriptedPlan = (now: Instant): PlanWords => ({
  agent: plantedEmpathy.scripted.agent,
  group: null,
  metric: 'empathy',
  behaviour: 'Asks what the fault has meant for the customer, and leaves the sentence of regret out where nothing follows from it.',
  target: 3.2,
  since: null,
  remeasureAt: Math.floor(now / day) * day + 42 * day,
  exercises: [
    { id: 'ask', text: 'In three calls a day ask “What has this kept you from?” and write the answer into the ticket.' },
    { id: 'act', text: 'End each call with what happens next, by whom and when.' },
  ],
  then: [{ kind: 'practised', exercise: 'ask', note: 'First day.' }],
});

/** A plan whose day has come and that is closed: of the first agent with enough contacts whom nobody coaches in something else. Null where there is none. */
async function formerPlan(supervisor: Visitor, others: readonly string[], { remeasureAt }: CoachingFacts): Promise<PlanWords | null> {
  const { opportunities } = await supervisor.read<{ opportunities: readonly { agent: string; metric: string; n: number; hollow: boolean; pooled: number }[] }>(
    '/v1/coaching/opportunities?days=90',
  );
  const found = opportunities.find(({ agent, metric, hollow }) => metric === 'frustration' && !hollow && !others.includes(agent));
  if (!found) return null;
  const ends = Date.parse(remeasureAt);
  return {
    agent: found.agent,
    group: null,
    metric: 'frustration',
    behaviour: 'Reads what happened on the other channels before the first word.',
    target: 5,
    since: ends - 49 * day,
    remeasureAt: ends - 2 * day,
    exercises: [{ id: 'read', text: 'Open the customer’s timeline while the call rings, and begin with what was tried already.' }],
    then: [
      { kind: 'practised', exercise: 'read', note: '' },
      { kind: 'closed', note: 'Closed on its day, with what the numbers say.' },
    ],
  };
}

/** Takes the steps of a plan that were not taken yet. Gives whether there is one. */
async function makePlan(supervisor: Visitor, { agent, metric, behaviour, target, then, ...words }: PlanWords): Promise<boolean> {
  const id = workId('plan', agent, metric);
  const { plans } = await supervisor.read<{ plans: readonly { id: string }[] }>(`/v1/coaching/plans?agent=${encodeURIComponent(agent)}`);
  let steps = plans.some((plan) => plan.id === id) ? (await supervisor.read<{ steps: number }>(`/v1/coaching/plans/${id}`)).steps : 0;
  if (steps === 0) {
    const evidence = await evidenceFor(supervisor, agent, metric, words.since);
    // Nobody agrees to a plan that no contact shows to be needed.
    if (evidence.length === 0) return false;
    const draft = {
      id,
      agent,
      ...words,
      pickedBecauseLow: true,
      goal: { behaviour, metric, target },
      evidence,
    };
    steps = (await supervisor.do<{ steps: number }>('/v1/coaching/plans', draft)).steps;
  }
  const deeds = [{ kind: 'agreed' }, { kind: 'started' }, ...then];
  for (let place = steps; place <= deeds.length; place += 1)
    await supervisor.do(`/v1/coaching/plans/${id}/steps`, { id: workId('step', id, place), after: place, deed: deeds[place - 1] });
  return true;
}

/** Contacts that show it best, of those from before practice began where there are any. */
async function evidenceFor(supervisor: Visitor, agent: string, metric: string, since: Instant | null): Promise<{ contact: string }[]> {
  const { contacts } = await supervisor.read<{ contacts: readonly Contact[] }>(
    `/v1/coaching/agents/${encodeURIComponent(agent)}/contacts?metric=${metric}&days=90`,
  );
  const before = since === null ? contacts : contacts.filter(({ at }) => at < since);
  return (before.length > 0 ? before : contacts).slice(0, evidenceOf).map(({ contact }) => ({ contact }));
}
