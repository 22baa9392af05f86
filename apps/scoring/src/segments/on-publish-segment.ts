import { Injectable } from '@nestjs/common';
import { publishSegment, type AuditNote } from '@throughline/contracts';
import { Database, instantText, recordChange, type Transaction } from '@throughline/database';
import { catalogue, needsSecondPerson, readRule, saysSomething, type SegmentRule } from '@throughline/domain-segments';
import type { CommandHandler } from '@throughline/service';
import type { z } from 'zod';
import { CountSegment } from './count-segment';
import { asKnown, publishedSegments } from './published-segments';
import { lockSegment, readSegment, theirs, type SegmentRow, type Waiting } from './segment-drafts';

type Request = z.infer<typeof publishSegment.request>;
type Reply = z.infer<typeof publishSegment.reply>;
type Refused = Extract<Reply, { kind: 'refused' }>;

/** Puts a draft in force, or has it wait for a second person. Who is in is worked out afterwards, by the sweep. */
@Injectable()
export class OnPublishSegment implements CommandHandler<Request, Reply> {
  readonly command = publishSegment;

  constructor(
    private readonly database: Database,
    private readonly counts: CountSegment,
  ) {}

  async answer(request: Request, note?: AuditNote): Promise<Reply> {
    const draft = await readSegment(this.database, request.id);
    if (!draft) return { kind: 'notFound' };
    if (draft.revision !== request.revision) return theirs(draft);
    const rule = await this.ruleOf(this.database, draft);
    if ('kind' in rule) return rule;
    // Before anything is locked: it may take seconds.
    const counted = await this.counts.everybody(rule);
    if (counted.kind === 'refused') return counted;
    return this.database.inTransaction((tx) => this.publish(tx, request, counted.size, note));
  }

  private async publish(tx: Transaction, request: Request, sizeAfter: number, note: AuditNote | undefined): Promise<Reply> {
    // One publication at a time: two that name each other would make a circle.
    await tx.execute('lock table scoring.segment in share row exclusive mode');
    const segment = await lockSegment(tx, request.id);
    if (!segment) return { kind: 'notFound' };
    if (segment.revision !== request.revision) return theirs(segment);
    const rule = await this.ruleOf(tx, segment);
    if ('kind' in rule) return rule;
    const sizeBefore = await sizeOf(tx, segment);
    const reason = needsSecondPerson(sizeBefore, sizeAfter);
    const { waiting } = segment;
    const sizes = { sizeBefore: sizeBefore ?? 0, sizeAfter };
    if (reason === undefined) return this.putInForce(tx, segment, rule, { ...request, approvedBy: null, ...sizes }, note);
    if (waiting?.revision === request.revision && request.by.isPerson && waiting.by.id !== request.by.id)
      return this.putInForce(tx, segment, rule, { by: waiting.by, note: waiting.note, approvedBy: request.by, ...sizes }, note);
    if (waiting?.revision !== request.revision) {
      const asks: Waiting = { revision: request.revision, by: request.by, note: request.note, reason, ...sizes, at: Date.now() };
      await tx.execute('update scoring.segment set waiting = $2 where segment_id = $1', [segment.id, JSON.stringify(asks)]);
      await recordChange(tx, note, 'waits', sizes);
    }
    return { kind: 'waits', reason, sizeBefore: sizeBefore ?? 0, sizeAfter };
  }

  private async ruleOf(tx: Pick<Transaction, 'query'>, { id, rule: draft, version }: SegmentRow): Promise<SegmentRule | Refused> {
    const published = await publishedSegments(tx);
    const read = readRule(draft, catalogue, asKnown(published), id);
    if (read.kind === 'refused') return { kind: 'refused', reason: read.problems[0]!.words, problems: [...read.problems] };
    if (!saysSomething(read.rule)) return { kind: 'refused', reason: 'Nothing in the rule counts, so it would hold everybody. Add a rule, or unmute one.' };
    const inForce = published.find((segment) => segment.id === id);
    if (inForce && JSON.stringify(inForce.rule) === JSON.stringify(read.rule))
      return { kind: 'refused', reason: `Nothing has changed since version ${version}.` };
    return read.rule;
  }

  private async putInForce(
    tx: Transaction,
    { id, version }: SegmentRow,
    rule: SegmentRule,
    { by, note, approvedBy, sizeBefore, sizeAfter }: Pick<Waiting, 'by' | 'note' | 'sizeBefore' | 'sizeAfter'> & { approvedBy: Request['by'] | null },
    audited: AuditNote | undefined,
  ): Promise<Reply> {
    const next = (version ?? 0) + 1;
    await tx.execute(
      `insert into scoring.segment_version (segment_id, version, rule, note, published_by, approved_by, published_at, size_before, size_after)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, next, JSON.stringify(rule), note, JSON.stringify(by), approvedBy && JSON.stringify(approvedBy), instantText(Date.now()), sizeBefore, sizeAfter],
    );
    await tx.execute('update scoring.segment set version = $2, waiting = null where segment_id = $1', [id, next]);
    const forSomebody = approvedBy === null ? {} : { askedFor: by.id };
    await recordChange(tx, audited, 'published', { before: { version, size: sizeBefore }, after: { version: next, size: sizeAfter }, ...forSomebody });
    return { kind: 'published', version: next, size: sizeAfter };
  }
}

/** How many are in now; null for a segment that was never published. */
async function sizeOf(tx: Transaction, { id, version }: SegmentRow): Promise<number | null> {
  if (version === null) return null;
  const [row] = await tx.query<{ size: number }>('select count(*)::integer as size from scoring.segment_member where segment_id = $1 and until is null', [id]);
  return row!.size;
}
