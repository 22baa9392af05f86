import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { makeSurveyLink, setSurvey, takeCaseStep } from '@throughline/contracts';
import { empathyReport, ratingsOfTeams } from '@throughline/domain-feedback';
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
import { CustomerNames } from '../customers/customer-names';
import { NewestFacts } from '../metrics/newest-facts';
import { readRequest } from '../read-request';
import type { CasesAnswer, caseStepTaken, SurveyComments, surveyLink, SurveyResults, SurveySettingsAnswer } from './survey-answers';
import { SurveyReader, type Span } from './survey-reader';
import { casesQuery, caseStepBody, linkBody, resultsQuery, setSurveyBody } from './survey-requests';

const dayMs = 86_400_000;

/** What customers are asked, what they answered, and what is done about it. */
@Controller('v1')
@Needs('survey.read')
export class SurveysController {
  constructor(
    private readonly reader: SurveyReader,
    private readonly directory: DirectoryStore,
    private readonly names: CustomerNames,
    private readonly newest: NewestFacts,
    private readonly commands: CommandClient,
    private readonly audit: AuditTrail,
  ) {}

  @Get('surveys/settings')
  settings(): Promise<SurveySettingsAnswer> {
    return this.reader.settings();
  }

  @Put('surveys/settings')
  @Needs('survey.edit')
  async set(@Body() body: unknown, @Who() who: Principal): Promise<SurveySettingsAnswer> {
    const { version, settings } = readRequest(setSurveyBody, body);
    const fact = { action: 'survey.set', target: `survey:${settings.rule}`, details: { before: version } };
    await this.audit.around(who, fact, async (note) => {
      const { kind } = await askOwner(this.commands, setSurvey, { version, settings, by: who.name }, note);
      if (kind === 'conflict') throw new Problem(409, 'Somebody changed the survey meanwhile', 'Nothing was changed. Read it again, then decide.');
    });
    return this.reader.settings();
  }

  @Get('surveys/results')
  async results(@Query() query: unknown, @Who() who: Principal): Promise<SurveyResults> {
    const scope = agentsInScope(who, 'survey.read');
    const span = await this.spanOf(readRequest(resultsQuery, query).days);
    const [{ settings }, response, respondents, ratings, causes, agents, teams] = await Promise.all([
      this.reader.settings(),
      this.reader.response(span),
      this.reader.respondents(span, scope),
      this.reader.ratings(span),
      this.reader.causes(span, scope),
      this.directory.agents(),
      this.directory.teams(),
    ]);
    const mine = (agent: string): boolean => scope === null || scope.includes(agent);
    const teamOf = new Map(agents.flatMap(({ id, teamId }) => (teamId === null ? [] : [[id, teamId] as const])));
    // A team says something of each of its agents: it is shown to whom all of them are.
    const hidden = new Set([...teamOf].filter(([agent]) => !mine(agent)).map(([, team]) => team));
    const persons = ratings.filter(({ kind }) => kind === 'agent');
    const teamless = persons.filter(({ key }) => !teamOf.has(key) && mine(key));
    const named = (of: readonly { readonly id: string; readonly name: string }[]) => new Map(of.map(({ id, name }) => [id, name]));
    // Persons with persons, teams with teams and systems with systems: each is drawn to the mean of its own kind, in which all of them are.
    const kinds = [
      { kind: 'agent', groups: persons, names: named(agents), isShown: mine },
      { kind: 'team', groups: ratingsOfTeams(persons, teamOf), names: named(teams), isShown: (team: string) => !hidden.has(team) },
      { kind: 'system', groups: ratings.filter(({ kind }) => kind === 'system'), names: named([]), isShown: () => true },
    ] as const;
    const empathy = kinds.flatMap(({ kind, groups, names, isShown }) =>
      empathyReport(groups, settings.shown)
        .filter(({ key }) => isShown(key))
        .map((line) => ({
          ...line,
          kind,
          name: names.get(line.key) ?? line.key,
          interval: line.interval && ([...line.interval] as [number, number]),
          counts: line.counts && [...line.counts],
        })),
    );
    const { valuesFrom } = settings.shown;
    return {
      from: span.from,
      until: span.to,
      respondents,
      response,
      empathy,
      withoutTeam: { agents: teamless.length, ratings: teamless.reduce((sum, { n }) => sum + n, 0) },
      causes: causes.map(({ cause, count }) => ({ cause, count: respondents < valuesFrom ? null : count })),
      shown: settings.shown,
    };
  }

  @Get('surveys/comments')
  @Needs('content.read')
  async comments(@Query() query: unknown, @Who() who: Principal): Promise<SurveyComments> {
    const scope = agentsInScope(who, 'content.read');
    const span = await this.spanOf(readRequest(resultsQuery, query).days);
    const [{ settings }, respondents] = await Promise.all([this.reader.settings(), this.reader.respondents(span, scope)]);
    const needed = settings.shown.commentsFrom;
    if (respondents < needed) return { state: 'tooFew', needed, comments: [] };
    return { state: 'shown', needed, comments: await this.reader.comments(span, scope) };
  }

  @Post('surveys/links')
  @HttpCode(200)
  @Needs('survey.edit', 'case.work')
  async link(@Body() body: unknown, @Who() who: Principal): Promise<z.infer<typeof surveyLink>> {
    const { eventId } = readRequest(linkBody, body);
    if (!(await this.reader.mayAskAbout(eventId, agentsInScope(who, 'survey.edit', 'case.work'))))
      throw new Problem(404, 'There is no engagement with this event', 'Or none of your teams has a part in it.');
    const reply = await this.audit.around(who, { action: 'survey.linked', target: `event:${eventId}` }, (note) =>
      askOwner(this.commands, makeSurveyLink, { eventId, by: who.name }, note),
    );
    if (reply.kind !== 'made') throw new Error(`feedback answered ${reply.kind} where askOwner should have thrown`);
    return { invitationId: reply.invitationId, url: reply.url };
  }

  @Get('cases')
  @Needs('case.read')
  async cases(@Query() query: unknown, @Who() who: Principal): Promise<CasesAnswer> {
    const { state } = readRequest(casesQuery, query);
    const { settings } = await this.reader.settings();
    const { cases, recovered } = await this.reader.cases(state, agentsInScope(who, 'case.read'), settings.recovery, Date.now());
    const names = await this.names.of(
      who,
      cases.map(({ customerId }) => customerId),
    );
    return { cases: cases.map((one) => ({ ...one, customerName: names.get(one.customerId)?.value ?? null })), recovered };
  }

  @Post('cases/:anchor/steps')
  @HttpCode(200)
  @Needs('case.work')
  async step(@Param('anchor') anchor: string, @Body() body: unknown, @Who() who: Principal): Promise<z.infer<typeof caseStepTaken>> {
    const { id = uuidv7(), kind, owner, note } = readRequest(caseStepBody, body);
    if (!z.uuid().safeParse(anchor).success || !(await this.reader.mayWork(anchor, agentsInScope(who, 'case.work'))))
      throw new Problem(404, 'There is no such case', 'Or none of your teams has a part in it.');
    const step = { anchor, id, kind, at: Date.now(), by: who.name, ...(owner !== undefined && { owner }), ...(note !== undefined && { note }) };
    const reply = await this.audit.around(who, { action: `case.${kind}`, target: `case:${anchor}`, details: { step: id } }, (note) =>
      askOwner(this.commands, takeCaseStep, step, note),
    );
    if (reply.kind !== 'recorded' && reply.kind !== 'repeated') throw new Error(`feedback answered ${reply.kind} where askOwner should have thrown`);
    return { kind: reply.kind, id: reply.id };
  }

  private async spanOf(days: number): Promise<Span> {
    const now = Date.now();
    const to = Math.min(Date.parse(await this.newest.usualLastDay('UTC', now)) + dayMs, now);
    return { from: to - days * dayMs, to };
  }
}
