import { Injectable } from '@nestjs/common';
import type { AuditNote, ReplayRequest, ReplayResult } from '@throughline/contracts';
import { Database, recordChange } from '@throughline/database';
import {
  cloudevents,
  deepest,
  plainEvents,
  posthog,
  scanBody,
  segment,
  snowplow,
  takeIn,
  tooDeep,
  type Adapter,
  type TakenIn,
} from '@throughline/domain-events';
import { AcceptStore } from './accept-store';
import { prepare } from './prepared';
import { QuarantineStore, type KeptRecord } from './quarantine-store';
import { SourceRegistry } from './source-registry';

const adapters: Readonly<Record<string, Adapter>> = { events: plainEvents, segment, cloudevents, posthog, snowplow };

type ReplayedItem = ReplayResult['items'][number];

/** Lets kept items in again, through the same judgement and the same transaction as any posted record, under the time they were first received. */
@Injectable()
export class Replay {
  constructor(
    private readonly database: Database,
    private readonly quarantine: QuarantineStore,
    private readonly store: AcceptStore,
    private readonly sources: SourceRegistry,
  ) {}

  /** `note`: what the audit is to say; each item that changed has an entry of its own. */
  async run(request: ReplayRequest, note?: AuditNote): Promise<ReplayResult> {
    const chosen = await this.quarantine.chosen(request);
    const items: ReplayedItem[] = [];
    // One item a transaction: each stands or falls alone.
    for (const item of chosen) items.push(await this.one(item, request, note && { ...note, fact: { ...note.fact, target: `quarantine:${item.id}` } }));
    const replayed = items.filter((item) => item.status === 'accepted' || item.status === 'duplicate').length;
    return { dryRun: request.dryRun, tried: chosen.length, replayed, stillQuarantined: chosen.length - replayed, items };
  }

  private async one(item: KeptRecord, request: ReplayRequest, note: AuditNote | undefined): Promise<ReplayedItem> {
    const source = this.sources.named(item.source);
    const adapter = adapters[item.adapter];
    if (source === null || adapter === undefined)
      return { id: item.id, status: 'quarantined', reason: 'source_gone', pointer: '', fix: 'enable the source again' };
    const taken = judgeAgain(item, request.edit, (record, text) =>
      takeIn(record, { text, keys: scanBody(text)?.items[0]?.keys ?? -1, escapes: true }, adapter, source.settings, item.receivedAt),
    );
    if (taken.kind === 'rejected' || (taken.kind === 'quarantined' && request.dryRun))
      return { id: item.id, status: taken.kind, reason: taken.reason, pointer: taken.pointer, fix: taken.fix };
    if (request.dryRun) return { id: item.id, status: 'accepted' };
    const prepared = prepare(taken, item.source, item.adapter, item.receivedAt)!;
    return this.database.inTransaction(async (tx) => {
      if (prepared.kind === 'quarantined') {
        await this.quarantine.failedAgain(tx, item, prepared.reason, prepared.pointer, prepared.fix);
        await recordChange(tx, note, 'quarantined', { reason: prepared.reason });
        return { id: item.id, status: 'quarantined', reason: prepared.reason, pointer: prepared.pointer, fix: prepared.fix };
      }
      const [stored] = await this.store.acceptIn(tx, [prepared]);
      if (stored!.status === 'quarantined') {
        await this.quarantine.failedAgain(tx, item, stored!.reason!, stored!.pointer!, stored!.fix!);
        await recordChange(tx, note, 'quarantined', { reason: stored!.reason! });
        return { id: item.id, status: stored!.status, reason: stored!.reason!, pointer: stored!.pointer!, fix: stored!.fix! };
      }
      await this.quarantine.close(tx, item, request.by);
      await recordChange(tx, note, stored!.status);
      return { id: item.id, status: stored!.status };
    });
  }
}

function judgeAgain(item: KeptRecord, edit: Record<string, unknown> | undefined, judge: (record: unknown, text: string) => TakenIn): TakenIn {
  let record: unknown;
  try {
    const scan = scanBody(item.record);
    if (scan !== null && scan.depth > deepest && edit === undefined) return tooDeep(item.record);
    record = JSON.parse(item.record);
  } catch {
    return { kind: 'rejected', reason: 'invalid_json', pointer: '', fix: 'the kept text is not valid JSON' };
  }
  if (edit === undefined || typeof record !== 'object' || record === null) return judge(record, item.record);
  const edited = { ...(record as Record<string, unknown>) };
  for (const [name, value] of Object.entries(edit)) {
    if (value === null) delete edited[name];
    else edited[name] = value;
  }
  const text = JSON.stringify(edited);
  return judge(JSON.parse(text), text);
}
