import { Injectable } from '@nestjs/common';
import { reviewEngagement, type AuditNote, type ReviewDeed } from '@throughline/contracts';
import { Database, recordChange, type Transaction } from '@throughline/database';
import { findingFault } from '@throughline/domain-feedback';
import type { CommandHandler } from '@throughline/service';

interface Wish {
  readonly anchor: string;
  readonly version: number;
  readonly at: number;
  readonly by: string;
  readonly deed: ReviewDeed;
}
interface Review {
  readonly state: 'waiting' | 'assigned' | 'done' | 'skipped';
  readonly assigned_to: string | null;
  readonly finished_by: string | null;
  readonly agents: readonly string[];
  readonly version: number;
}
type Reply =
  { kind: 'done'; version: number } | { kind: 'conflict'; version: number; by: string | null } | { kind: 'notFound' } | { kind: 'refused'; reason: string };

/** A reviewer takes, gives back, skips or finishes an engagement. What is found is stored with its cause, and only a finding about people names an agent. */
@Injectable()
export class OnReviewEngagement implements CommandHandler<Wish, Reply> {
  readonly command = reviewEngagement;

  constructor(private readonly database: Database) {}

  answer(wish: Wish, note?: AuditNote): Promise<Reply> {
    return this.database.inTransaction(async (tx) => {
      const [review] = await tx.query<Review>('select state, assigned_to, finished_by, agents, version from feedback.review where anchor = $1 for update', [
        wish.anchor,
      ]);
      if (!review) return { kind: 'notFound' };
      if (review.version !== wish.version) return { kind: 'conflict', version: review.version, by: review.finished_by ?? review.assigned_to };
      const reason = refusalOf(wish.deed, review);
      if (reason !== null) return { kind: 'refused', reason };
      await write(tx, wish);
      await recordChange(tx, note, 'done', { before: { state: review.state, version: review.version } });
      return { kind: 'done', version: review.version + 1 };
    });
  }
}

/** Why this cannot be done with the review as it is; null: it can. */
function refusalOf(deed: ReviewDeed, review: Review): string | null {
  const isOver = review.state === 'done' || review.state === 'skipped';
  if (deed.kind === 'reopen') return isOver ? null : 'The review is open.';
  if (isOver) return 'The review is finished. Open it again first.';
  if (deed.kind === 'release') return review.state === 'assigned' ? null : 'Nobody has taken this review.';
  if (deed.kind !== 'finish') return null;
  const stranger = namedIn(deed).find((agent) => !review.agents.includes(agent));
  if (stranger !== undefined) return `${stranger} took no part in this engagement.`;
  const outside = namedIn(deed).find((agent) => deed.within && !deed.within.includes(agent));
  if (outside !== undefined) return `${outside} is in no team of yours.`;
  return deed.findings.map(findingFault).find((fault) => fault !== null) ?? null;
}

const namedIn = ({ findings, empathy }: Extract<ReviewDeed, { kind: 'finish' }>): string[] => [
  ...findings.flatMap(({ agent }) => agent ?? []),
  ...empathy.map(({ agent }) => agent),
];

async function write(tx: Transaction, { anchor, at, by, deed }: Wish): Promise<void> {
  const when = new Date(at);
  const set = (state: Review['state'], fields: { assigned?: string | null; note?: string | null; skip?: string | null; finished?: boolean }): Promise<number> =>
    tx.execute(
      `update feedback.review set state = $2, assigned_to = $3, note = $4, skip_reason = $5, finished_at = $6, finished_by = $7, version = version + 1 where anchor = $1`,
      [anchor, state, fields.assigned ?? null, fields.note ?? null, fields.skip ?? null, fields.finished ? when : null, fields.finished ? by : null],
    );
  switch (deed.kind) {
    case 'assign':
      await set('assigned', { assigned: deed.to });
      return;
    case 'release':
      await set('waiting', {});
      return;
    case 'reopen':
      await set('assigned', { assigned: by });
      return;
    case 'skip':
      await set('skipped', { assigned: by, skip: deed.reason, finished: true });
      return;
    case 'finish':
      await set('done', { assigned: by, note: deed.note, finished: true });
      // A review that was opened again is written anew, but for what its reviewer could not see.
      for (const table of ['feedback.finding', 'feedback.review_rating'])
        await tx.execute(`delete from ${table} where anchor = $1 and ($2::text[] is null or agent is null or agent = any($2::text[]))`, [
          anchor,
          deed.within ?? null,
        ]);
      for (const { id, cause, agent, eventId, note } of deed.findings)
        await tx.execute('insert into feedback.finding (anchor, id, cause, agent, event_id, note, at, by) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
          anchor,
          id,
          cause,
          agent,
          eventId,
          note,
          when,
          by,
        ]);
      for (const { agent, value } of deed.empathy)
        await tx.execute(
          'insert into feedback.review_rating (anchor, agent, value, at, by) values ($1, $2, $3, $4, $5) on conflict (anchor, agent) do update set value = excluded.value',
          [anchor, agent, value, when, by],
        );
  }
}
