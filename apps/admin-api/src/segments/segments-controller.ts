import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { previewSegment, publishSegment, restoreSegmentVersion, retireSegment, saveSegment, type SegmentAuthor } from '@throughline/contracts';
import { Problem } from '@throughline/service';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { AuditTrail } from '../access/audit-trail';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { Who } from '../access/who';
import { readRequest } from '../read-request';
import { AskScoring } from './ask-scoring';
import { PreviewLimit } from './preview-limit';
import type { previewAnswer, publishedAnswer, savedAnswer, SegmentAnswer, segmentsAnswer, valuesAnswer, versionsAnswer } from './segment-answers';
import { SegmentReader } from './segment-reader';
import { draftBody, listQuery, newSegmentBody, previewBody, publishBody, restoreBody, retireBody, valuesQuery } from './segment-requests';
import { ValueReader } from './value-reader';

/** Segments: written, counted, published, and every version of them. */
@Controller('v1/segments')
@Needs('segment.read')
export class SegmentsController {
  constructor(
    private readonly reader: SegmentReader,
    private readonly scoring: AskScoring,
    private readonly values: ValueReader,
    private readonly previews: PreviewLimit,
    private readonly audit: AuditTrail,
  ) {}

  @Get()
  async list(@Who() who: Principal, @Query() query: unknown): Promise<z.infer<typeof segmentsAnswer>> {
    const [segments, customers] = await Promise.all([this.reader.list(who.userId, readRequest(listQuery, query)), this.reader.customers()]);
    return { segments, customers };
  }

  /** Counts are of the whole house. */
  @Get('values')
  @Needs('kpi.rows')
  async knownValues(@Who() who: Principal, @Query() query: unknown): Promise<z.infer<typeof valuesAnswer>> {
    const { thing, field, search } = readRequest(valuesQuery, query);
    seesEverybody(who);
    return { values: await this.values.valuesOf(thing, field, search) };
  }

  /** Counts whom a rule would hold now; nothing is stored. A rule can ask about one agent, and its count be one. */
  @Post('preview')
  @HttpCode(200)
  @Needs('kpi.rows')
  async preview(@Who() who: Principal, @Body() body: unknown): Promise<z.infer<typeof previewAnswer>> {
    const { segmentId, rule, exact } = readRequest(previewBody, body);
    seesEverybody(who);
    await this.previews.take(who.userId);
    const { kind: _, ...counted } = await this.scoring.ask(previewSegment, { id: segmentId ?? null, rule, exact });
    return { ...counted, isExact: counted.sample >= counted.of };
  }

  @Post()
  @Needs('segment.edit')
  async create(@Who() who: Principal, @Body() body: unknown): Promise<z.infer<typeof savedAnswer>> {
    const { id = uuidv7(), ...draft } = readRequest(newSegmentBody, body);
    return this.save(who, id, null, draft);
  }

  @Get(':id')
  async read(@Who() who: Principal, @Param('id') id: string): Promise<SegmentAnswer> {
    const segment = isId(id) ? await this.reader.read(id, who.userId) : undefined;
    if (!segment) throw noSegment();
    return segment;
  }

  /** Keeps the draft. If-Match (or `basedOn`) is the revision that was changed. */
  @Put(':id')
  @Needs('segment.edit')
  async write(
    @Who() who: Principal,
    @Param('id') id: string,
    @Headers('if-match') match: string | undefined,
    @Body() body: unknown,
  ): Promise<z.infer<typeof savedAnswer>> {
    const { basedOn, ...draft } = readRequest(draftBody, body);
    return this.save(who, known(id), revisionOf(match, basedOn), draft);
  }

  @Post(':id/publish')
  @HttpCode(200)
  @Needs('segment.publish')
  async publish(
    @Who() who: Principal,
    @Param('id') id: string,
    @Headers('if-match') match: string | undefined,
    @Body() body: unknown,
  ): Promise<z.infer<typeof publishedAnswer>> {
    const { note, basedOn } = readRequest(publishBody, body);
    const request = { id: known(id), revision: revisionOf(match, basedOn), note, by: authorOf(who) };
    return this.audit.around(who, { action: 'segment.published', target: `segment:${id}`, details: { revision: request.revision, reason: note } }, (audited) =>
      this.scoring.ask(publishSegment, request, audited),
    );
  }

  @Get(':id/versions')
  async versions(@Param('id') id: string): Promise<z.infer<typeof versionsAnswer>> {
    return { versions: await this.reader.versions(known(id)) };
  }

  /** Makes the rule of a former version the draft. */
  @Post(':id/restore')
  @HttpCode(200)
  @Needs('segment.edit')
  async restore(
    @Who() who: Principal,
    @Param('id') id: string,
    @Headers('if-match') match: string | undefined,
    @Body() body: unknown,
  ): Promise<z.infer<typeof savedAnswer>> {
    const { version, basedOn } = readRequest(restoreBody, body);
    const request = { id: known(id), version, basedOn: revisionOf(match, basedOn), by: authorOf(who) };
    const { revision } = await this.audit.around(who, { action: 'segment.restored', target: `segment:${id}`, details: { version } }, (note) =>
      this.scoring.ask(restoreSegmentVersion, request, note),
    );
    return { id, revision };
  }

  /** Takes a segment out of use, or back into it. */
  @Post(':id/retire')
  @HttpCode(200)
  @Needs('segment.publish')
  async retire(@Who() who: Principal, @Param('id') id: string, @Body() body: unknown): Promise<{ retired: boolean }> {
    const { retired } = readRequest(retireBody, body);
    await this.audit.around(who, { action: retired ? 'segment.retired' : 'segment.broughtBack', target: `segment:${id}` }, (note) =>
      this.scoring.ask(retireSegment, { id: known(id), retired, by: authorOf(who) }, note),
    );
    return { retired };
  }

  private async save(
    who: Principal,
    id: string,
    basedOn: number | null,
    draft: { name: string; description: string; rule: object },
  ): Promise<z.infer<typeof savedAnswer>> {
    const { revision } = await this.audit.around(who, { action: 'segment.drafted', target: `segment:${id}`, details: { name: draft.name, basedOn } }, (note) =>
      this.scoring.ask(saveSegment, { id, basedOn, ...draft, by: authorOf(who) }, note),
    );
    return { id, revision };
  }
}

/** Counts over the whole house are for those who may see the rows of all of it. */
function seesEverybody(who: Principal): void {
  if (who.scopeOf('kpi.rows').kind !== 'all')
    throw new Problem(403, 'You may not do that', 'This counts customers of every team: it takes the right to see the rows of all.');
}

const noSegment = (): Problem => new Problem(404, 'There is no such segment', 'The list of all segments is GET /v1/segments.');
const isId = (id: string): boolean => z.uuid().safeParse(id).success;
const authorOf = ({ userId, name, kind }: Principal): SegmentAuthor => ({ id: userId, name, isPerson: kind === 'person' });

function known(id: string): string {
  if (!isId(id)) throw noSegment();
  return id.toLowerCase();
}

/** The revision by the header `If-Match: "3"`, or by the body. */
function revisionOf(match: string | undefined, basedOn: number | undefined): number {
  const revision = match === undefined ? basedOn : Number(/^(?:W\/)?"?(\d{1,9})"?$/.exec(match.trim())?.[1] ?? NaN);
  if (revision === undefined || Number.isNaN(revision))
    throw new Problem(428, 'Which revision was changed?', 'Send If-Match with the revision that you read, so that nobody’s change is lost.');
  return revision;
}
