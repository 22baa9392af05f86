import { Controller, Get, Query } from '@nestjs/common';
import { isNodeSuppressed, nodePopularity, suppressedBelow, type NodePopularity } from '@throughline/domain-metrics';
import { optOutEvidence } from '@throughline/domain-scoring';
import type { z } from 'zod';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { Who } from '../access/who';
import { figureOf } from '../metrics/figures';
import { askedAnswer, MetricQuestions, type MetricQuestion } from '../metrics/metric-questions';
import { NewestFacts } from '../metrics/newest-facts';
import { readRequest } from '../read-request';
import type { menuNode, MenusAnswer, OptOutsAnswer } from './menu-answers';
import { MenuReader } from './menu-reader';
import { menusQuery, optOutsQuery } from './menu-requests';
import type { OptOutRow, VisitsAsking } from './menu-statements';

const nodesAtMost = 200;
const share = { unit: 'percent', minimumN: suppressedBelow } as const;

/** The voice menu: how popular its nodes are, and why callers left them for a person. */
@Controller('v1/menus')
@Needs('kpi.read')
export class MenusController {
  constructor(
    private readonly reader: MenuReader,
    private readonly questions: MetricQuestions,
    private readonly newest: NewestFacts,
  ) {}

  @Get()
  async menus(@Query() query: unknown, @Who() who: Principal): Promise<MenusAnswer> {
    const now = Date.now();
    const question = await this.questions.resolve(readRequest(menusQuery, query), who, 'kpi.read', now);
    const [sums, freshness] = await Promise.all([this.reader.nodes(visitsOf(question)), this.newest.freshness(now)]);
    const nodes = nodePopularity(sums);
    const [whole, choosing] = [sums[0]?.reach, sums[0]?.firstChoice];
    return {
      asked: askedAnswer(question),
      freshness,
      calls: whole?.n ?? 0,
      customers: whole?.customers ?? 0,
      choosing: choosing?.n ?? 0,
      nodes: nodes.slice(0, nodesAtMost).map((node) => nodeAnswer(node, question.isPart)),
      leftOut: Math.max(0, nodes.length - nodesAtMost),
    };
  }

  /** Single callers, therefore only those whom the caller's own permission to read customers reaches: contacts of the agents in its scope. */
  @Get('opt-outs')
  @Needs('customer.read')
  async optOuts(@Query() query: unknown, @Who() who: Principal): Promise<OptOutsAnswer> {
    const { node, reason, limit, page, ...rest } = readRequest(optOutsQuery, query);
    const question = await this.questions.resolve(rest, who, 'customer.read', Date.now());
    const asking = { ...visitsOf(question), node, reason };
    const { calls, total } = await this.reader.optOutCounts(asking);
    const isSuppressed = calls > 0 && isNodeSuppressed(calls);
    const rows = isSuppressed ? [] : await this.reader.optOuts(asking, limit, (page - 1) * limit);
    const [events, agents] = await Promise.all([
      this.reader.events(rows.flatMap(({ opt_out }) => opt_out.events)),
      this.reader.agentNames(rows.flatMap(({ agent }) => agent ?? [])),
    ]);
    return { asked: askedAnswer(question), node, total: isSuppressed ? 0 : total, optOuts: rows.map((row) => optOutAnswer(row, events)), agents, isSuppressed };
  }
}

const visitsOf = ({ choice, period }: MetricQuestion): VisitsAsking => ({ choice, from: period.from, until: period.until });

const nodeAnswer = ({ reach, firstChoice, optOut, reasons, ...node }: NodePopularity, isPart: boolean): z.infer<typeof menuNode> => ({
  ...node,
  reach: figureOf(share, reach, isPart),
  firstChoice: figureOf(share, firstChoice, isPart),
  optOut: figureOf(share, optOut, true),
  reasons: reasons && [...reasons],
});

function optOutAnswer(
  { customer_id, anchor, at, entered_at, dwell_ms, agent, opt_out }: OptOutRow,
  events: Awaited<ReturnType<MenuReader['events']>>,
): OptOutsAnswer['optOuts'][number] {
  const { reason, confidence } = opt_out;
  const evidence = optOutEvidence(
    reason,
    entered_at,
    opt_out.events.flatMap((id) => events.get(id) ?? []),
  );
  return {
    customerId: customer_id,
    transaction: `tx_${anchor}`,
    ...{ at, reason, confidence, agent, evidence },
    inMenuMs: Math.max(0, at + dwell_ms - entered_at),
  };
}
