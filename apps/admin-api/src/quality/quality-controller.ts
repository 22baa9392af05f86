import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { reviewEngagement, type ReviewDeed } from '@throughline/contracts';
import { empathyGaps, reviewedScore } from '@throughline/domain-feedback';
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
import { SurveyReader } from '../surveys/survey-reader';
import { resultsQuery } from '../surveys/survey-requests';
import type { GapAnswer, QueueAnswer, ReviewAnswer, reviewDone, ReviewRow } from './quality-answers';
import { queueQuery, reviewBody } from './quality-requests';
import { ReviewReader } from './review-reader';

const dayMs = 86_400_000;
type Names = (agent: string) => string;

/** Reviews of quality: the queue, one engagement beside the customer's own word, what was found, and how far reviewers and customers are apart. */
@Controller('v1/quality')
@Needs('review.read')
export class QualityController {
  constructor(
    private readonly reader: ReviewReader,
    private readonly surveys: SurveyReader,
    private readonly directory: DirectoryStore,
    private readonly newest: NewestFacts,
    private readonly commands: CommandClient,
    private readonly audit: AuditTrail,
  ) {}

  @Get('queue')
  async queue(@Query() query: unknown, @Who() who: Principal): Promise<QueueAnswer> {
    const { state, reason } = readRequest(queueQuery, query);
    const scope = agentsInScope(who, 'review.read');
    const [{ rows, more }, open, names] = await Promise.all([
      this.reader.queue({ state, reason, reader: who.name }, scope),
      this.reader.countOpen(scope),
      this.names(),
    ]);
    return { reviews: rows.map((row) => rowOf(row, names, scope)), more, open };
  }

  @Get('reviews/:anchor')
  async review(@Param('anchor') anchor: string, @Who() who: Principal): Promise<ReviewAnswer> {
    const row = await this.inScope(anchor, who, 'review.read');
    const scope = agentsInScope(who, 'review.read');
    const mayRead = row.agents.length === 0 ? who.permissions.has('content.read') : reaches(who, row.agents);
    const [said, steps, outcome, names] = await Promise.all([
      this.reader.said(row.customerId, row.anchor, scope),
      this.reader.steps(row.customerId, row.anchor, mayRead),
      this.reader.outcome(row.anchor, scope),
      this.names(),
    ]);
    const comments = mayRead ? await this.reader.comments([...new Set(said.map(({ eventId }) => eventId))], scope) : null;
    const { note, skipReason, frustration } = row;
    return { ...rowOf(row, names, scope), said, comments, frustration, steps, note, skipReason, ...outcome };
  }

  @Post('reviews/:anchor')
  @HttpCode(200)
  @Needs('review.score')
  async act(@Param('anchor') anchor: string, @Body() body: unknown, @Who() who: Principal): Promise<z.infer<typeof reviewDone>> {
    const { version, deed } = readRequest(reviewBody, body);
    await this.inScope(anchor, who, 'review.score');
    const scope = agentsInScope(who, 'review.score');
    const whole: ReviewDeed =
      deed.kind === 'assign'
        ? { kind: 'assign', to: who.name }
        : deed.kind === 'finish'
          ? { ...deed, findings: deed.findings.map(({ id = uuidv7(), ...finding }) => ({ id, ...finding })), within: scope && [...scope] }
          : deed;
    const details = deed.kind === 'finish' ? { causes: deed.findings.map(({ cause }) => cause) } : {};
    const reply = await this.audit.around(who, { action: `review.${deed.kind}`, target: `review:${anchor}`, details }, async (note) => {
      const answer = await askOwner(this.commands, reviewEngagement, { anchor, version, at: Date.now(), by: who.name, deed: whole }, note);
      if (answer.kind !== 'conflict') return answer;
      throw new Problem(
        409,
        'Somebody was faster',
        `${answer.by ?? 'Somebody'} changed this review meanwhile. Nothing was changed: read it again, then decide.`,
      );
    });
    if (reply.kind !== 'done') throw new Error(`feedback answered ${reply.kind} where askOwner should have thrown`);
    return { version: reply.version };
  }

  /** How far reviewers' empathy ratings lie above customers', for each agent, and what reviews found. */
  @Get('gap')
  async gap(@Query() query: unknown, @Who() who: Principal): Promise<GapAnswer> {
    const now = Date.now();
    const { days } = readRequest(resultsQuery, query);
    const to = Math.min(Date.parse(await this.newest.usualLastDay('UTC', now)) + dayMs, now);
    // Reviews are made after what they judge: the span of both ends now.
    const span = { from: to - days * dayMs, to: now };
    const scope = agentsInScope(who, 'review.read');
    const [{ settings }, reviewed, rated, { reviewed: done, findings }, names] = await Promise.all([
      this.surveys.settings(),
      this.reader.reviewed(span),
      this.surveys.ratings(span),
      this.reader.finished(span),
      this.names(),
    ]);
    const mine = (agent: string): boolean => scope === null || scope.includes(agent);
    const gaps = empathyGaps(
      reviewed,
      rated.filter(({ kind }) => kind === 'agent'),
      settings.shown.valuesFrom,
    );
    const agents = [...new Set(done.flatMap((one) => one.agents))].filter(mine).sort();
    const seen = new Set(done.filter((one) => scope === null || one.agents.some(mine)).map(({ anchor }) => anchor));
    const count = (cause: string): number =>
      findings.filter((finding) => finding.cause === cause && seen.has(finding.anchor) && (finding.agent === null || mine(finding.agent))).length;
    return {
      from: span.from,
      until: span.to,
      gaps: gaps
        .filter(({ key }) => mine(key))
        .map(({ key, interval, ...gap }) => ({ agent: key, name: names(key), ...gap, interval: interval && [interval[0], interval[1]] })),
      findings: { people: count('people'), process: count('process'), technology: count('technology') },
      scores: agents.map((agent) => ({ agent, name: names(agent), ...reviewedScore(agent, done, findings) })),
    };
  }

  private async inScope(
    anchor: string,
    who: Principal,
    permission: 'review.read' | 'review.score',
  ): ReturnType<ReviewReader['one']> extends Promise<infer Row> ? Promise<NonNullable<Row>> : never {
    const row = z.uuid().safeParse(anchor).success ? await this.reader.one(anchor, agentsInScope(who, permission)) : undefined;
    if (!row) throw new Problem(404, 'There is no such review', 'Or no agent of your teams took part in the engagement.');
    return row;
  }

  private async names(): Promise<Names> {
    const known = new Map((await this.directory.agents()).map(({ id, name }) => [id, name]));
    return (agent) => known.get(agent) ?? agent;
  }
}

const reaches = (who: Principal, agents: readonly string[]): boolean => {
  const scope = agentsInScope(who, 'content.read');
  return who.permissions.has('content.read') && (scope === null || agents.some((agent) => scope.includes(agent)));
};

function rowOf(row: NonNullable<Awaited<ReturnType<ReviewReader['one']>>>, names: Names, scope: readonly string[] | null): ReviewRow {
  const { anchor, customerId, reasons, agents, queuedAt, dueAt, state, assignedTo, finishedAt, version, at, intent, contacts } = row;
  return {
    ...{ anchor, customerId, reasons, queuedAt, dueAt, state, assignedTo, finishedAt, version, at, intent, contacts },
    agents: agents.map((id) => ({ id, name: names(id), inScope: scope === null || scope.includes(id) })),
  };
}
