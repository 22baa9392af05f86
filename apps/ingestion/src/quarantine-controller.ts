import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  quarantineReasons,
  replayRequestSchema,
  tokenIds,
  type AuditNote,
  type QuarantineEntry,
  type QuarantineItem,
  type ReplayResult,
} from '@throughline/contracts';
import { Problem } from '@throughline/service';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Access } from './access';
import { QuarantineStore } from './quarantine-store';
import { readBody } from './read-body';
import { Replay } from './replay';

export const listQuerySchema = z.strictObject({
  reason: z.enum(quarantineReasons).optional(),
  source: z.string().max(64).optional(),
  state: z.enum(['open', 'replayed']).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  beforeReceivedAt: z.coerce.number().int().optional(),
  beforeId: z.uuid().optional(),
});

/** `/v1/quarantine`: what was kept aside, why, and the way back in. With the admin token only. */
@Controller('v1/quarantine')
@Access('admin')
export class QuarantineController {
  constructor(
    private readonly store: QuarantineStore,
    private readonly replays: Replay,
  ) {}

  @Get()
  async list(@Query() query: unknown): Promise<{ counts: unknown[]; items: QuarantineEntry[] }> {
    const { beforeReceivedAt, beforeId, ...filter } = parsed(listQuerySchema, query);
    const before = beforeReceivedAt === undefined || beforeId === undefined ? undefined : { receivedAt: beforeReceivedAt, id: beforeId };
    return { counts: await this.store.counts(), items: await this.store.list({ ...filter, before }) };
  }

  @Get(':id')
  async show(@Param('id') id: string): Promise<QuarantineItem> {
    const item = z.uuid().safeParse(id).success ? await this.store.show(id) : null;
    if (item === null) throw new Problem(404, 'There is no such item');
    return item;
  }

  @Post('replay')
  @HttpCode(200)
  async replay(@Req() request: FastifyRequest): Promise<ReplayResult> {
    const text = await readBody(request.body, request.headers['content-encoding'], 1_048_576);
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      throw new Problem(400, 'The request could not be read', 'The body is not valid JSON.');
    }
    const wish = parsed(replayRequestSchema, body);
    const actor = { kind: 'token', userId: tokenIds.admin, name: 'admin token', sessionId: null, address: request.ip } as const;
    const details = { edited: Object.keys(wish.edit ?? {}), by: wish.by };
    const note: AuditNote = { actor, fact: { action: 'quarantine.replayed', target: 'quarantine:kept', details } };
    return this.replays.run(wish, note);
  }
}

function parsed<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Problem(400, 'The request was refused', 'See "errors".', {
    errors: result.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, fix: issue.message })),
  });
}
