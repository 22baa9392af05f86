import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { replayQuarantine, showQuarantined, type AuditNote } from '@throughline/contracts';
import { CommandClient } from '@throughline/messaging';
import { Problem } from '@throughline/service';
import { z } from 'zod';
import { AuditTrail } from '../access/audit-trail';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { Who } from '../access/who';
import { askOwner } from '../ask-owner';
import { maskRecord, sightOf } from '../customers/mask-tree';
import { readRequest } from '../read-request';
import { readCursor } from './arrival-cursor';
import { KeptStore } from './kept-store';
import type { KeptGroups, KeptItems, KeptRecord, ReplayAnswer } from './source-answers';
import { keptQuery, replayBody } from './source-requests';

/** What was kept aside, why, and the way back in. Ingestion owns it: admin-api asks. */
@Controller('v1/sources/quarantine')
export class KeptController {
  constructor(
    private readonly store: KeptStore,
    private readonly commands: CommandClient,
    private readonly audit: AuditTrail,
  ) {}

  @Get()
  @Needs('quarantine.read')
  async groups(): Promise<KeptGroups> {
    return { groups: await this.store.groups() };
  }

  @Get('items')
  @Needs('quarantine.read')
  items(@Query() query: unknown): Promise<KeptItems> {
    const { cursor, ...filter } = readRequest(keptQuery, query);
    return this.store.items(filter, cursor === undefined ? null : readCursor(cursor));
  }

  /** With the record: a single event's body, so it takes that right. */
  @Get('items/:id')
  @Needs('event.read')
  async show(@Who() who: Principal, @Param('id') id: string): Promise<KeptRecord> {
    const item = z.uuid().safeParse(id).success ? await this.store.one(id) : null;
    if (item === null) throw new Problem(404, 'There is no such item');
    const reply = await askOwner(this.commands, showQuarantined, { id });
    if (reply.kind !== 'found') throw new Problem(404, 'There is no such item');
    return { ...item, record: maskRecord(reply.record, sightOf(who)) };
  }

  @Post('replay')
  @HttpCode(200)
  @Needs('quarantine.replay')
  async replay(@Body() body: unknown, @Who() who: Principal): Promise<ReplayAnswer> {
    const { ids, edit, dryRun } = readRequest(replayBody, body);
    const ask = (note?: AuditNote) =>
      askOwner(this.commands, replayQuarantine, { ids, dryRun, limit: ids.length, by: who.name, ...(edit !== undefined && { edit }) }, note);
    // Ingestion adds an entry for each item: each stands or falls alone.
    const fact = {
      action: 'quarantine.replayed',
      target: `quarantine:${ids.length === 1 ? ids[0] : `${ids.length} items`}`,
      details: { edited: Object.keys(edit ?? {}), ...(ids.length > 1 && { together: ids.length }) },
    };
    // Trying changes nothing.
    const { kind: _, ...result } = dryRun ? await ask() : await this.audit.around(who, fact, ask);
    return result;
  }
}
