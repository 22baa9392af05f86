import { Controller, Post, Query, Req, Res } from '@nestjs/common';
import type { AcceptResult } from '@throughline/contracts';
import { cloudEventOfHeaders, cloudevents, countKeys, plainEvents, splitBody, type Adapter, type SplitBody } from '@throughline/domain-events';
import { Problem } from '@throughline/service';
import type { FastifyReply } from 'fastify';
import { Access, type SourcedRequest } from './access';
import { Acceptor, type Arrival } from './acceptor';
import { readBody } from './read-body';

const batchLimit = 500;
/** 4 MB. */
export const batchLimitBytes = 4_194_304;

interface Read {
  readonly arrivals: readonly Arrival[];
  readonly adapter: Adapter;
  readonly escapes: boolean;
}

/** `POST /v1/events`: our own form and CloudEvents, one, a batch, or one a line. */
@Controller()
@Access('writeKey')
export class EventsController {
  constructor(private readonly acceptor: Acceptor) {}

  @Post('v1/events')
  async events(@Req() request: SourcedRequest, @Res() reply: FastifyReply, @Query('dry_run') dryRun?: string): Promise<void> {
    await this.take(request, reply, dryRun, isCloudEvent(request));
  }

  @Post(['v1/cloudevents', 'events'])
  async cloudEvents(@Req() request: SourcedRequest, @Res() reply: FastifyReply, @Query('dry_run') dryRun?: string): Promise<void> {
    await this.take(request, reply, dryRun, true);
  }

  private async take(request: SourcedRequest, reply: FastifyReply, dryRun: string | undefined, cloudEvent: boolean): Promise<void> {
    const receivedAt = Date.now();
    const text = await readBody(request.body, request.headers['content-encoding'], batchLimitBytes);
    const { arrivals, adapter, escapes } = cloudEvent ? readCloudEvents(request, text) : readEvents(request, text);
    if (arrivals.length === 0) throw new Problem(400, 'The request has no event', 'Send one event, a list of events, or one event a line.');
    if (arrivals.length > batchLimit) throw new Problem(413, 'The batch is too large', `A batch has at most ${batchLimit} events.`);
    if (dryRun === '1' || dryRun === 'true') {
      sendJson(reply, 200, this.acceptor.dryRun(arrivals, adapter, request.source!, receivedAt, escapes));
      return;
    }
    const result = await this.acceptor.accept(arrivals, adapter, request.source!, receivedAt, escapes);
    sendJson(reply, statusOf(result), result);
  }
}

/** 200 when at least one item was kept, 400 when every one was refused. */
export const statusOf = (result: AcceptResult): number =>
  result.rejected === result.items.length ? (result.items.some((item) => item.reason === 'too_large') ? 413 : 400) : 200;

export function sendJson(reply: FastifyReply, status: number, body: unknown): void {
  void reply.status(status).header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store').send(JSON.stringify(body));
}

const contentTypeOf = (request: SourcedRequest): string => (request.headers['content-type'] ?? '').toLowerCase();
const isCloudEvent = (request: SourcedRequest): boolean =>
  contentTypeOf(request).startsWith('application/cloudevents') || request.headers['ce-specversion'] !== undefined;

function readEvents(request: SourcedRequest, text: string): Read {
  const split = readable(splitBody(text, { wrappers: ['events', 'batch'], lines: /ndjson|jsonl|json-seq|x-json-stream/.test(contentTypeOf(request)) }));
  return { arrivals: split.records.map((record) => ({ record })), adapter: plainEvents, escapes: text.includes('\\u') };
}

function readCloudEvents(request: SourcedRequest, text: string): Read {
  const escapes = text.includes('\\u');
  if (request.headers['ce-specversion'] === undefined) {
    const split = readable(splitBody(text, {}));
    return { arrivals: split.records.map((record) => ({ record })), adapter: cloudevents, escapes };
  }
  const json = /json/.test(contentTypeOf(request)) || contentTypeOf(request) === '';
  const record = json ? readable(splitBody(text, {})).records[0]! : ({ kind: 'record', text, keys: 0, value: text } as const);
  if (record.kind !== 'record') return { arrivals: [{ record }], adapter: cloudevents, escapes };
  const repeated = countKeys(record.value) !== record.keys;
  const value = cloudEventOfHeaders(request.headers, record.value);
  return { arrivals: [{ record: { ...record, value, keys: repeated ? -1 : countKeys(value) }, composed: true }], adapter: cloudevents, escapes };
}

function readable(split: SplitBody): Extract<SplitBody, { kind: 'records' }> {
  if (split.kind === 'unreadable') throw new Problem(400, 'The request could not be read', split.detail);
  return split;
}
