import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { Database } from '@throughline/database';
import { explainRule, type Explanation } from '@throughline/domain-segments';
import { Problem } from '@throughline/service';
import { stringify } from 'csv-stringify/sync';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { AuditTrail } from '../access/audit-trail';
import { Needs } from '../access/needs';
import { agentsInScope, type Principal } from '../access/principal';
import { Who } from '../access/who';
import { CustomerNames } from '../customers/customer-names';
import { CustomerReach } from '../customers/customer-reach';
import { readRequest } from '../read-request';
import { MemberReader, type Member } from './member-reader';
import type { ExplanationAnswer, factsAnswer, membersAnswer, whyAnswer } from './segment-answers';
import { SegmentReader } from './segment-reader';
import { membersQuery } from './segment-requests';

/** Who is in a segment, and why. People out of the caller's reach are as if they were not there. */
@Controller('v1/segments')
@Needs('segment.read')
export class MembersController {
  constructor(
    private readonly reader: SegmentReader,
    private readonly members: MemberReader,
    private readonly reach: CustomerReach,
    private readonly names: CustomerNames,
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  @Get(':id/members')
  async list(@Who() who: Principal, @Param('id') id: string, @Query() query: unknown): Promise<z.infer<typeof membersAnswer>> {
    const page = readRequest(membersQuery, query);
    const segmentId = uuidOf(id);
    const agents = agentsInScope(who, 'customer.read');
    const [members, total] = await Promise.all([
      this.members.page(segmentId, agents, page, await this.reader.wording()),
      this.members.count(segmentId, agents),
    ]);
    const names = await this.names.of(
      who,
      members.map(({ customerId }) => customerId),
    );
    return {
      members: members.map((member) => ({ ...member, name: names.get(member.customerId)?.value ?? null, because: [...member.because] })),
      total,
      isWhole: agents === null,
    };
  }

  /** All of them, streamed, as of the moment each part is read. */
  @Get(':id/members.csv')
  @Needs('rows.export')
  async file(@Who() who: Principal, @Param('id') id: string): Promise<StreamableFile> {
    const segmentId = uuidOf(id);
    const agents = agentsInScope(who, 'rows.export');
    const [wording, rows] = await Promise.all([this.reader.wording(), this.members.count(segmentId, agents)]);
    await this.database.inTransaction((tx) => this.audit.record(tx, who, { action: 'segment.exported', target: `segment:${segmentId}`, details: { rows } }));
    return new StreamableFile(Readable.from(csvOf(this.members.everybody(segmentId, agents, wording))), {
      type: 'text/csv; charset=utf-8; header=present',
      disposition: `attachment; filename="segment-${segmentId}.csv"`,
    });
  }

  /** Why a customer is in or out: the rule in force, told of this moment, node by node. */
  @Get(':id/why/:customerId')
  async why(@Who() who: Principal, @Param('id') id: string, @Param('customerId') customerId: string): Promise<z.infer<typeof whyAnswer>> {
    const rule = await this.reader.ruleOf(uuidOf(id));
    if (!rule) throw new Problem(404, 'There is no such segment', 'Or it was never published: a draft is tried out with the customer’s facts.');
    const { facts, asOf } = await this.factsWithin(who, customerId);
    const since = await this.reader.memberSince(id, customerId);
    const explanation = explainRule(rule, facts, asOf, await this.reader.wording());
    return { customerId, isMember: since !== null, since, asOf, explanation: answerOf(explanation) };
  }

  /** What rules ask about one customer. */
  @Get('facts/:customerId')
  async facts(@Who() who: Principal, @Param('customerId') customerId: string): Promise<z.infer<typeof factsAnswer>> {
    return { customerId, ...(await this.factsWithin(who, customerId)) };
  }

  private async factsWithin(who: Principal, customerId: string) {
    const id = z.uuid().safeParse(customerId).data;
    const [within] = id === undefined ? [] : await this.reach.within(who, [id]);
    const facts = within === undefined ? undefined : await this.reader.factsOf(within);
    if (!facts) throw new Problem(404, 'There is no customer with this id', 'Look the customer up by phone, e-mail or account first.');
    return { facts, asOf: Date.now() };
  }
}

function uuidOf(id: string): string {
  if (!z.uuid().safeParse(id).success) throw new Problem(404, 'There is no such segment');
  return id.toLowerCase();
}

const answerOf = ({
  id,
  kind,
  held,
  asks,
  found,
  of,
}: Explanation): { -readonly [Key in keyof ExplanationAnswer]: ExplanationAnswer[Key] } & { of: ExplanationAnswer[] } => ({
  id,
  kind,
  held,
  asks,
  found,
  of: of.map(answerOf),
});

async function* csvOf(pages: AsyncIterable<readonly Member[]>): AsyncGenerator<string> {
  yield stringify([['customer', 'since', 'version', 'because']], { record_delimiter: 'windows' });
  for await (const page of pages)
    yield stringify(
      page.map(({ customerId, since, version, because }) => [customerId, new Date(since).toISOString(), version, because.join('; ')]),
      { escape_formulas: true, record_delimiter: 'windows' },
    );
}
