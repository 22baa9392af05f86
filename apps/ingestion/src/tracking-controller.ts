import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { AcceptResult } from '@throughline/contracts';
import { countKeys, posthog, segment, snowplow, splitBody, type Adapter, type SplitBody, type SplitRecord } from '@throughline/domain-events';
import { Problem } from '@throughline/service';
import type { FastifyReply } from 'fastify';
import { Access, sourceOfBody, type SourcedRequest } from './access';
import { Acceptor, type Arrival } from './acceptor';
import { sendJson } from './events-controller';
import { readBody } from './read-body';
import { SourceRegistry, type LiveSource } from './source-registry';

/** Segment's limits. */
const segmentLimitBytes = 512_000;
const segmentItems = 2_500;
const otherLimitBytes = 4_194_304;

const calls: Readonly<Record<string, string>> = { t: 'track', i: 'identify', p: 'page', s: 'screen', g: 'group', a: 'alias' };
const names = Object.values(calls);
const segmentPaths = [...Object.keys(calls), 'b', 'batch', ...names];

interface Way {
  readonly adapter: Adapter;
  readonly wrappers: readonly string[];
  /** Fields of the outer object that belong to each record too. */
  readonly inherited: readonly string[];
  /** Fields in which clients send the write key. */
  readonly key: string;
  readonly answer: (reply: FastifyReply, source: LiveSource, strict: boolean, result: AcceptResult) => void;
}

/** The ways in that public client libraries use: Segment's (RudderStack and Jitsu send the same shape), PostHog's and Snowplow's. */
@Controller()
@Access('writeKeyAnywhere')
export class TrackingController {
  constructor(
    private readonly acceptor: Acceptor,
    private readonly sources: SourceRegistry,
  ) {}

  @Post(segmentPaths.map((path) => `v1/${path}`))
  @HttpCode(200)
  async segment(@Req() request: SourcedRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.take(request, reply, segmentWay, segmentLimitBytes);
  }

  @Post(names.map((name) => `api/s/${name}`))
  @HttpCode(200)
  async jitsu(@Req() request: SourcedRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.take(request, reply, segmentWay, segmentLimitBytes);
  }

  @Post(['batch', 'capture', 'i/v0/e'])
  @HttpCode(200)
  async posthog(@Req() request: SourcedRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.take(request, reply, posthogWay, otherLimitBytes);
  }

  @Post('com.snowplowanalytics.snowplow/tp2')
  @HttpCode(200)
  async snowplow(@Req() request: SourcedRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.take(request, reply, snowplowWay, otherLimitBytes);
  }

  private async take(request: SourcedRequest, reply: FastifyReply, way: Way, limitBytes: number): Promise<void> {
    const receivedAt = Date.now();
    const text = await readBody(request.body, request.headers['content-encoding'], limitBytes);
    const split = splitBody(text, { wrappers: way.wrappers });
    if (split.kind === 'unreadable') throw new Problem(400, 'The request could not be read', split.detail);
    const outer = outerOf(split);
    const source = sourceOfBody(request, this.sources, outer[way.key]);
    const strict = source.settings.answers === 'honest' || request.headers['x-strict-mode'] === '1';
    if (split.records.length > segmentItems) throw new Problem(400, 'The batch is too large', `A batch has at most ${segmentItems} items.`);
    if (split.records.length === 0) {
      if (strict) throw new Problem(400, 'The batch is empty');
      sendJson(reply, 200, { success: true });
      return;
    }
    const call = callOfPath(request.url);
    const arrivals = split.records.map((record): Arrival => arrivalOf(record, split.shape === 'wrapped' ? outer : {}, way, call));
    way.answer(reply, source, strict, await this.acceptor.accept(arrivals, way.adapter, source, receivedAt, text.includes('\\u')));
  }
}

const segmentWay: Way = {
  adapter: segment,
  wrappers: ['batch'],
  inherited: ['sentAt', 'context'],
  key: 'writeKey',
  answer: (reply, _source, strict, result) => {
    const refused = strict ? result.items.filter((item) => item.status === 'rejected') : [];
    if (refused.length > 0) sendJson(reply, 400, { success: false, items: refused });
    else sendJson(reply, 200, { success: true });
  },
};
const posthogWay: Way = {
  adapter: posthog,
  wrappers: ['batch'],
  inherited: ['sent_at'],
  key: 'api_key',
  answer: (reply) => sendJson(reply, 200, { status: 'Ok' }),
};
const snowplowWay: Way = { adapter: snowplow, wrappers: ['data'], inherited: [], key: 'writeKey', answer: (reply) => sendJson(reply, 200, 'ok') };

function outerOf(split: Extract<SplitBody, { kind: 'records' }>): Record<string, unknown> {
  if (split.shape === 'wrapped') return split.outer;
  const first = split.records[0];
  return first?.kind === 'record' && typeof first.value === 'object' && first.value !== null ? (first.value as Record<string, unknown>) : {};
}

function callOfPath(url: string): string | undefined {
  const last = url.split('?')[0]!.split('/').filter(Boolean).at(-1) ?? '';
  return calls[last] ?? (names.includes(last) ? last : undefined);
}

/** A record with what its batch says for all, and without the write key: no key is stored. */
function arrivalOf(record: SplitRecord, outer: Record<string, unknown>, way: Way, call: string | undefined): Arrival {
  if (record.kind !== 'record' || typeof record.value !== 'object' || record.value === null || Array.isArray(record.value)) return { record };
  const repeated = countKeys(record.value) !== record.keys;
  const value = record.value as Record<string, unknown>;
  delete value[way.key];
  for (const field of way.inherited) {
    const shared = outer[field];
    if (shared === undefined) continue;
    const own = value[field];
    if (own === undefined) value[field] = shared;
    else if (field === 'context' && typeof own === 'object' && own !== null && typeof shared === 'object') value[field] = { ...shared, ...own };
  }
  if (call !== undefined && value['type'] === undefined) value['type'] = call;
  return { record: { ...record, keys: repeated ? -1 : countKeys(value) }, composed: true };
}
