import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import {
  catalogue,
  customerFactsText,
  diffRules,
  sentenceOf,
  toCustomerFacts,
  type CustomerFacts,
  type CustomerFactsRow,
  type SegmentRule,
  type Wording,
} from '@throughline/domain-segments';
import type { z } from 'zod';
import type { SegmentAnswer, SegmentEntry, versionsAnswer } from './segment-answers';

interface Author {
  readonly id: string;
  readonly name: string;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly version: number | null;
  readonly size: number;
  readonly joined: number;
  readonly gone: number;
  readonly rule: SegmentRule | null;
  readonly draft: SegmentRule;
  readonly draft_revision: number;
  readonly draft_by: Author;
  readonly draft_at: number;
  readonly waiting: {
    readonly revision: number;
    readonly by: Author;
    readonly note: string;
    readonly reason: string;
    readonly sizeBefore: number;
    readonly sizeAfter: number;
    readonly at: number;
  } | null;
  readonly run: SegmentEntry['run'];
  readonly retired_at: number | null;
}

type Versions = z.infer<typeof versionsAnswer>['versions'];

const ms = (column: string): string => `round(date_part('epoch', ${column}) * 1000)`;
const segmentsText = `select s.segment_id as id, s.name, s.description, s.version, s.size, s.rule, s.draft, s.draft_revision, s.draft_by, ${ms('s.draft_at')} as draft_at, s.waiting,
    ${ms('s.retired_at')} as retired_at,
    (select count(*)::integer from scoring.read_segment_member m where m.segment_id = s.segment_id and m.since > now() - interval '7 days') as joined,
    (select count(*)::integer from scoring.read_segment_member m where m.segment_id = s.segment_id and m.until > now() - interval '7 days') as gone,
    case when r.segment_id is not null then json_build_object('version', r.version, 'cause', r.cause, 'startedAt', ${ms('r.started_at')}, 'done', r.done, 'total', r.total,
      'finishedAt', ${ms('r.finished_at')}, 'failure', r.failure) end as run
  from scoring.read_segment s left join scoring.read_segment_run r on r.segment_id = s.segment_id`;

/** Reads segments, who is in them and the facts that make it so. */
@Injectable()
export class SegmentReader {
  constructor(private readonly database: Database) {}

  async list(userId: string, { retired }: { readonly retired: boolean }): Promise<SegmentEntry[]> {
    const rows = await this.database.query<Row>(`${segmentsText} where (s.retired_at is not null) = $1 order by lower(s.name), s.segment_id`, [retired]);
    const wording = await this.wording();
    return rows.map((row) => entryOf(row, userId, wording));
  }

  async read(id: string, userId: string): Promise<SegmentAnswer | undefined> {
    const [row] = await this.database.query<Row>(`${segmentsText} where s.segment_id = $1`, [id]);
    if (!row) return undefined;
    const wording = await this.wording();
    const names = Object.fromEntries(wording.segmentNames);
    return { ...entryOf(row, userId, wording), rule: row.rule, draftRule: row.draft, names, customers: await this.customers() };
  }

  /** Known customers, all of them. */
  async customers(): Promise<number> {
    const [row] = await this.database.query<{ customers: number }>('select count(*)::integer as customers from scoring.read_customer where known');
    return row?.customers ?? 0;
  }

  /** The rule in force. */
  async ruleOf(id: string): Promise<SegmentRule | undefined> {
    const [row] = await this.database.query<{ rule: SegmentRule | null }>('select rule from scoring.read_segment where segment_id = $1', [id]);
    return row?.rule ?? undefined;
  }

  /** The newest first, each with what it changed. */
  async versions(id: string): Promise<Versions> {
    const rows = await this.database.query<{
      version: number;
      rule: SegmentRule;
      note: string;
      published_by: Author;
      approved_by: Author | null;
      published_at: number;
      size_before: number;
      size_after: number;
    }>(
      `select version, rule, note, published_by, approved_by, ${ms('published_at')} as published_at, size_before, size_after
       from scoring.read_segment_version where segment_id = $1 order by version`,
      [id],
    );
    const wording = await this.wording();
    return rows
      .map((row, index) => ({
        version: row.version,
        note: row.note,
        publishedBy: row.published_by.name,
        approvedBy: row.approved_by?.name ?? null,
        publishedAt: row.published_at,
        sizeBefore: row.size_before,
        sizeAfter: row.size_after,
        rule: row.rule,
        sentence: sentenceOf(row.rule, wording),
        changes: index === 0 ? [] : diffRules(rows[index - 1]!.rule, row.rule, wording).map(({ words }) => words),
      }))
      .reverse();
  }

  /** All that rules ask about a customer; undefined of somebody of whom nothing is scored. */
  async factsOf(customerId: string): Promise<CustomerFacts | undefined> {
    const [row] = await this.database.query<CustomerFactsRow>(customerFactsText, [[customerId]]);
    return row && toCustomerFacts(row);
  }

  async memberSince(segmentId: string, customerId: string): Promise<number | null> {
    const [row] = await this.database.query<{ since: number }>(
      `select ${ms('since')} as since from scoring.read_segment_member where segment_id = $1 and customer_id = $2 and until is null`,
      [segmentId, customerId],
    );
    return row?.since ?? null;
  }

  /** The words for rules: the catalogue and what segments are called. */
  async wording(): Promise<Wording> {
    const rows = await this.database.query<{ id: string; name: string }>('select segment_id as id, name from scoring.read_segment');
    return { catalogue, segmentNames: new Map(rows.map(({ id, name }) => [id, name])) };
  }
}

function entryOf(row: Row, userId: string, wording: Wording): SegmentEntry {
  const { id, name, description, version, size, waiting, run } = row;
  return {
    id,
    name,
    description,
    version,
    size,
    joined7d: row.joined,
    left7d: row.gone,
    sentence: sentenceOf(row.rule ?? row.draft, wording),
    draft: {
      revision: row.draft_revision,
      by: row.draft_by.name,
      at: row.draft_at,
      differs: row.rule === null || diffRules(row.rule, row.draft, wording).length > 0,
    },
    waiting: waiting && { ...waiting, by: waiting.by.name, isMine: waiting.by.id === userId },
    run,
    retiredAt: row.retired_at,
  };
}
