import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { coachingMetrics, takeCoachingStep, type CoachingMetric, type PlanDeed } from '@throughline/contracts';
import { drawWaitingList, effectForPlan, leastContacts, meanOf, planStateAt, rankOpportunities, type CoachingPlan } from '@throughline/domain-coaching';
import { CommandClient } from '@throughline/messaging';
import { Problem } from '@throughline/service';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { AuditTrail } from '../access/audit-trail';
import { DirectoryStore } from '../access/directory-store';
import { Needs } from '../access/needs';
import { agentsInScope, type Principal } from '../access/principal';
import { Who } from '../access/who';
import { askOwner } from '../ask-owner';
import { NewestFacts } from '../metrics/newest-facts';
import { readRequest } from '../read-request';
import { AgentTallies } from './agent-tallies';
import type { drawAnswer, EffectAnswer, EvidenceAnswer, OpportunitiesAnswer, PlanAnswer, PlansAnswer, stepTaken } from './coaching-answers';
import { draftBody, drawBody, evidenceQuery, opportunitiesQuery, plansQuery, stepBody } from './coaching-requests';
import { EffectReader } from './effect-reader';
import { effectAnswerOf, planAnswerOf, planRowOf, readingOf, type AgentNames } from './plan-answers';
import { PlanReader } from './plan-reader';

const dayMs = 86_400_000;
const contactsToChooseFrom = 12;

type Taken = z.infer<typeof stepTaken>;

/** Who needs coaching in what, the plans, and whether they worked. */
@Controller('v1/coaching')
@Needs('coaching.read')
export class CoachingController {
  constructor(
    private readonly tallies: AgentTallies,
    private readonly plans: PlanReader,
    private readonly effects: EffectReader,
    private readonly directory: DirectoryStore,
    private readonly newest: NewestFacts,
    private readonly commands: CommandClient,
    private readonly audit: AuditTrail,
  ) {}

  @Get('opportunities')
  async opportunities(@Query() query: unknown, @Who() who: Principal): Promise<OpportunitiesAnswer> {
    const { days } = readRequest(opportunitiesQuery, query);
    const now = Date.now();
    const window = await this.windowOf(days, now);
    const scope = agentsInScope(who, 'coaching.read');
    const [names, ...sums] = await Promise.all([this.names(), ...coachingMetrics.map((metric) => this.tallies.read(metric, [window], scope, now))]);
    const rows = coachingMetrics.flatMap((metric, index) => [...sums[index]!.get(window.key)!].map(([agent, tally]) => ({ agent, metric, tally })));
    const agents = [...new Set(rows.map(({ agent }) => agent))].sort();
    return {
      from: window.from,
      until: window.to,
      least: leastContacts,
      metrics: coachingMetrics.map(readingOf),
      agents: agents.map((agent) => ({ agent, name: names.nameOf(agent), team: names.teamOf(agent) })),
      opportunities: [...rankOpportunities(rows)],
    };
  }

  @Get('agents/:agent/contacts')
  async evidence(@Param('agent') agent: string, @Query() query: unknown, @Who() who: Principal): Promise<EvidenceAnswer> {
    const { metric, days } = readRequest(evidenceQuery, query);
    this.inScope(agent, who, 'coaching.read');
    const now = Date.now();
    return { contacts: await this.tallies.worstContacts(metric, agent, await this.windowOf(days, now), now, contactsToChooseFrom) };
  }

  @Get('plans')
  async list(@Query() query: unknown, @Who() who: Principal): Promise<PlansAnswer> {
    const { state, agent } = readRequest(plansQuery, query);
    const now = Date.now();
    const [names, stored] = await Promise.all([this.names(), this.plans.list(agentsInScope(who, 'coaching.read'), { agent })]);
    const shown = stored.filter(({ plan }) => mayRead(plan, who) && (state === undefined || planStateAt(plan, now) === state));
    return { plans: shown.map(({ id, plan }) => planRowOf(id, plan, names, now, readsOwn(plan, who))), metrics: coachingMetrics.map(readingOf) };
  }

  @Get('plans/:id')
  async show(@Param('id') id: string, @Who() who: Principal): Promise<PlanAnswer> {
    const plan = await this.planInScope(id, who);
    const now = Date.now();
    const contacts = plan.evidence.map(({ contact }) => contact);
    const [names, known] = await Promise.all([this.names(), this.tallies.contactsNamed(plan.goal.metric, plan.agent, contacts, now)]);
    return planAnswerOf(id, plan, names, known, now, readsOwn(plan, who) ? who.agentId : null);
  }

  /** Before and after with a control, as of now; nothing of it is shown to the coached agent. */
  @Get('plans/:id/effect')
  async effect(@Param('id') id: string, @Who() who: Principal): Promise<EffectAnswer> {
    const plan = await this.planInScope(id, who);
    if (readsOwn(plan, who)) throw noPlan();
    const read = await this.effects.of(id, plan, Date.now());
    if (read === null) throw new Problem(409, 'There is nothing to measure yet', 'The effect is measured from the day on which practice starts.');
    const scope = agentsInScope(who, 'coaching.read');
    return effectAnswerOf(read, await this.names(), (agent) => scope === null || scope.includes(agent));
  }

  @Post('plans')
  @HttpCode(200)
  @Needs('coaching.edit')
  async draft(@Body() body: unknown, @Who() who: Principal): Promise<Taken> {
    const { id = uuidv7(), goal, ...words } = readRequest(draftBody, body);
    this.inScope(words.agent, who, 'coaching.edit');
    const now = Date.now();
    const baseline = await this.baseline(words.agent, goal.metric, words.since ?? now, now);
    return this.take(who, id, 0, { kind: 'drafted', ...words, coach: who.name, goal: { ...goal, baseline } }, now);
  }

  @Post('plans/:id/steps')
  @HttpCode(200)
  @Needs('coaching.edit', 'coaching.do')
  async step(@Param('id') id: string, @Body() body: unknown, @Who() who: Principal): Promise<Taken> {
    const { id: stepId, after, deed } = readRequest(stepBody, body);
    const plan = await this.planInScope(id, who);
    const scope = agentsInScope(who, 'coaching.edit');
    const coaches = who.permissions.has('coaching.edit') && (scope === null || scope.includes(plan.agent));
    const practises = readsOwn(plan, who) && (deed.kind === 'practised' || deed.kind === 'noted');
    if (!coaches && !practises) throw new Problem(403, 'You may not do that', 'Of your own plan you can mark exercises as done and write notes.');
    const now = Date.now();
    return this.take(who, id, after, deed.kind === 'closed' ? await this.closing(id, plan, deed.note, now) : deed, now, stepId);
  }

  /** Draws by lot who is coached now and who waits. The draw stands in the audit, so that it can be repeated and checked. */
  @Post('draw')
  @HttpCode(200)
  @Needs('coaching.edit')
  async draw(@Body() body: unknown, @Who() who: Principal): Promise<z.infer<typeof drawAnswer>> {
    const { agents, now } = readRequest(drawBody, body);
    for (const agent of agents) this.inScope(agent, who, 'coaching.edit');
    if (agents.length - now < 3)
      throw new Problem(400, 'The request is not as it should be', '/now: at least three must wait, or there is nothing to compare with');
    const drawId = uuidv7();
    const drawn = drawWaitingList(agents, now, drawId);
    await this.audit.note(who, { action: 'coaching.drawn', target: `draw:${drawId}`, details: { agents, now, outcome: 'done' } });
    return { drawId, coached: [...drawn.coached], waiting: [...drawn.waiting] };
  }

  private async closing(id: string, plan: CoachingPlan, note: string, now: number): Promise<PlanDeed> {
    const read = await this.effects.of(id, plan, now);
    if (read === null) throw new Problem(409, 'That is not possible', 'A plan whose practice never started is withdrawn, not closed.');
    return { kind: 'closed', note, effect: effectForPlan(read.measure, now) };
  }

  private async take(who: Principal, planId: string, after: number, deed: PlanDeed, at: number, stepId = uuidv7()): Promise<Taken> {
    const fact = { action: `coaching.${deed.kind}`, target: `plan:${planId}`, details: { step: stepId } };
    const reply = await this.audit.around(who, fact, async (note) => {
      const answer = await askOwner(this.commands, takeCoachingStep, { planId, after, step: { id: stepId, at, by: who.name, deed } }, note);
      if (answer.kind !== 'conflict') return answer;
      throw new Problem(409, 'Somebody changed this plan meanwhile', 'Nothing was changed. Read it again, then decide.');
    });
    if (reply.kind === 'taken' || reply.kind === 'repeated') return { kind: reply.kind, planId, steps: reply.steps };
    throw new Error(`feedback answered ${reply.kind} where askOwner should have thrown`);
  }

  /** Where the agent stands before: the six weeks before practice begins, or null where nobody rated them. */
  private async baseline(agent: string, metric: CoachingMetric, until: number, now: number): Promise<number | null> {
    const sums = await this.tallies.read(metric, [{ key: 'before', from: until - 42 * dayMs, to: until }], [agent], now);
    const tally = sums.get('before')!.get(agent);
    return tally ? meanOf(tally) : null;
  }

  private async planInScope(id: string, who: Principal): Promise<CoachingPlan> {
    const plan = z.uuid().safeParse(id).success ? await this.plans.one(id, agentsInScope(who, 'coaching.read')) : null;
    if (plan === null || !mayRead(plan, who)) throw noPlan();
    return plan;
  }

  private inScope(agent: string, who: Principal, permission: 'coaching.read' | 'coaching.edit'): void {
    const scope = agentsInScope(who, permission);
    if (scope !== null && !scope.includes(agent)) throw new Problem(404, 'There is no such agent', 'Or not in a team of yours.');
  }

  private async windowOf(days: number, now: number): Promise<{ key: string; from: number; to: number }> {
    const to = Math.min(Date.parse(await this.newest.usualLastDay('UTC', now)) + dayMs, now);
    return { key: 'all', from: to - days * dayMs, to };
  }

  private async names(): Promise<AgentNames> {
    const [agents, teams] = await Promise.all([this.directory.agents(), this.directory.teams()]);
    const known = new Map(agents.map((agent) => [agent.id, agent]));
    const teamName = new Map(teams.map((team) => [team.id, team.name]));
    return { nameOf: (agent) => known.get(agent)?.name ?? agent, teamOf: (agent) => teamName.get(known.get(agent)?.teamId ?? '') ?? null };
  }
}

const noPlan = (): Problem => new Problem(404, 'There is no such plan', 'Or it is about an agent who is not in a team of yours.');

/** The reader is the coached agent, and coaches nobody. */
const readsOwn = (plan: CoachingPlan, who: Principal): boolean => plan.agent === who.agentId && !who.permissions.has('coaching.edit');

/** The agent sees their own plan from the day it is agreed on. */
const mayRead = (plan: CoachingPlan, who: Principal): boolean => !readsOwn(plan, who) || plan.stage !== 'draft';
