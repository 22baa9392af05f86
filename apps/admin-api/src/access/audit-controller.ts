import { Controller, Get, Query, Res } from '@nestjs/common';
import { Database } from '@throughline/database';
import { stringify } from 'csv-stringify/sync';
import { readRequest } from '../read-request';
import { auditQuery } from './access-requests';
import { AuditStore, type AuditEntry, type ChainState } from './audit-store';
import { AuditTrail } from './audit-trail';
import type { BrowserReply } from './browser-request';
import { Needs } from './needs';
import type { Principal } from './principal';
import { Who } from './who';

const columns = ['place', 'at', 'actorKind', 'actorId', 'actorName', 'action', 'target', 'details', 'address', 'traceId'] as const;
const fileLimit = 100_000;
const pageOfFile = 1_000;

/** What everybody did: read, checked, taken along. Taking it along is audited too. */
@Controller('v1')
@Needs('audit.read')
export class AuditController {
  constructor(
    private readonly database: Database,
    private readonly store: AuditStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Newest first; ask again with `before` = `next` for the older ones. */
  @Get('audit')
  async list(@Query() query: unknown): Promise<{ entries: AuditEntry[]; next: number | null }> {
    const filter = readRequest(auditQuery, query);
    const entries = await this.store.list(filter);
    return { entries, next: entries.length < filter.limit ? null : (entries.at(-1)?.place ?? null) };
  }

  @Get('audit/verify')
  verify(): Promise<ChainState> {
    return this.store.verify();
  }

  @Get('audit.csv')
  async file(@Who() who: Principal, @Query() query: unknown, @Res({ passthrough: true }) reply: BrowserReply): Promise<string> {
    const { limit: _, ...filter } = readRequest(auditQuery, query);
    const lines: string[] = [stringify([columns], { escape_formulas: true })];
    let before = filter.before;
    let rows = 0;
    for (;;) {
      const entries = await this.store.list({ ...filter, before, limit: pageOfFile });
      rows += entries.length;
      lines.push(stringify(entries.map(rowOf), { escape_formulas: true }));
      before = entries.at(-1)?.place;
      if (entries.length < pageOfFile || rows >= fileLimit) break;
    }
    if (rows >= fileLimit) lines.push(stringify([[`Cut after ${rows} rows: ask again with before=${before}.`]]));
    await this.database.inTransaction((tx) => this.audit.record(tx, who, { action: 'audit.exported', target: 'audit:csv', details: { rows, filter } }));
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', 'attachment; filename="audit.csv"');
    return lines.join('');
  }
}

function rowOf({ place, at, actor, action, target, details, address, traceId }: AuditEntry): unknown[] {
  return [place, new Date(at).toISOString(), actor.kind, actor.id, actor.name, action, target, JSON.stringify(details), address, traceId];
}
