import type { SegmentAuthor, SegmentDraft } from '@throughline/contracts';
import { instantText, type Transaction } from '@throughline/database';

export interface SegmentRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly rule: unknown;
  readonly revision: number;
  readonly by: SegmentAuthor;
  readonly at: number;
  /** In force; null where nothing was published yet. */
  readonly version: number | null;
  readonly waiting: Waiting | null;
}

/** A publication that a second person must agree to. */
export interface Waiting {
  readonly revision: number;
  readonly by: SegmentAuthor;
  readonly note: string;
  readonly reason: string;
  readonly sizeBefore: number;
  readonly sizeAfter: number;
  readonly at: number;
}

const columns = `segment_id as id, name, description, draft as rule, draft_revision as revision, draft_by as by, round(date_part('epoch', draft_at) * 1000) as at, version, waiting`;

/** The segment, unless it is retired; nobody else writes it until this transaction ends. */
export async function lockSegment(tx: Transaction, id: string): Promise<SegmentRow | undefined> {
  const [row] = await tx.query<SegmentRow>(`select ${columns} from scoring.segment where segment_id = $1 and retired_at is null for update`, [id]);
  return row;
}

export async function readSegment(tx: Pick<Transaction, 'query'>, id: string): Promise<SegmentRow | undefined> {
  const [row] = await tx.query<SegmentRow>(`select ${columns} from scoring.segment where segment_id = $1 and retired_at is null`, [id]);
  return row;
}

export async function nameIsTaken(tx: Pick<Transaction, 'query'>, name: string, id: string): Promise<boolean> {
  const rows = await tx.query('select 1 from scoring.segment where lower(name) = lower($1) and segment_id <> $2 and retired_at is null', [name, id]);
  return rows.length > 0;
}

export interface Draft {
  readonly name: string;
  readonly description: string;
  readonly rule: unknown;
  readonly by: SegmentAuthor;
}

/** A new segment with its first draft. False where the id is there already. */
export async function insertSegment(tx: Transaction, id: string, { name, description, rule, by }: Draft, at: number): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into scoring.segment (segment_id, name, description, draft, draft_revision, draft_by, draft_at) values ($1, $2, $3, $4, 1, $5, $6) on conflict (segment_id) do nothing`,
    [id, name, description, JSON.stringify(rule), JSON.stringify(by), instantText(at)],
  );
  return inserted === 1;
}

/** The next revision of a draft. What waited for a second person waited for another draft. */
export async function writeDraft(tx: Transaction, id: string, { name, description, rule, by }: Draft, at: number): Promise<number> {
  const [row] = await tx.query<{ revision: number }>(
    `update scoring.segment set name = $2, description = $3, draft = $4, draft_revision = draft_revision + 1, draft_by = $5, draft_at = $6, waiting = null
     where segment_id = $1 returning draft_revision as revision`,
    [id, name, description, JSON.stringify(rule), JSON.stringify(by), instantText(at)],
  );
  return row!.revision;
}

/** The draft as the answer to somebody who wrote at the same time. */
export const theirs = ({ name, description, rule, revision, by, at }: SegmentRow): { kind: 'conflict'; theirs: SegmentDraft } => ({
  kind: 'conflict',
  theirs: { name, description, rule, revision, by: by.name, at },
});
