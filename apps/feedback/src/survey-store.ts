import type { Instant } from '@throughline/contracts';
import { Database, failpoint } from '@throughline/database';
import { answersToEvents, type PostedForm, type SurveyAnswers, type SurveyForm } from '@throughline/domain-feedback';
import { Injectable } from '@nestjs/common';
import { hash } from 'node:crypto';
import { identifiersOf } from './customer-identifiers';
import { openRecovery } from './recovery-store';
import { storeEvents } from './posted-events';
import type { ActiveSurvey } from './survey-settings-store';

/** An invitation as its public page needs it. */
export interface OpenSurvey {
  readonly anchor: string;
  readonly rule: string;
  readonly id: string;
  readonly customerId: string;
  readonly channel: 'email' | 'link';
  readonly language: string;
  readonly form: SurveyForm;
  readonly state: 'new' | 'opened' | 'answered' | 'void';
  readonly expiresAt: Instant;
  readonly answeredAt: Instant | null;
  readonly revision: number;
  readonly answers: SurveyAnswers | null;
  readonly draft: PostedForm | null;
  readonly pageKey: Buffer;
  readonly answerSha256: Buffer | null;
}

const ms = (column: string): string => `round(date_part('epoch', ${column}) * 1000)::double precision`;
const select = `select i.anchor, i.rule, i.id, i.customer_id as "customerId", d.channel, i.language, i.form, i.state, ${ms('i.expires_at')} as "expiresAt",
  ${ms('i.answered_at')} as "answeredAt", i.revision, i.answers, i.draft, i.page_key as "pageKey", i.answer_sha256 as "answerSha256"
  from feedback.delivery d join feedback.invitation i on i.anchor = d.anchor and i.rule = d.rule where d.token_sha256 = $1`;

export const hashOfToken = (token: string): Buffer => hash('sha256', token, 'buffer');

/** What an answer did. `kept`: somebody answered in between, or the time to change it is over; what was said first stays. */
export type AnswerOutcome = 'taken' | 'same' | 'kept';

/** Where the public page reads and writes. Reading changes nothing that matters; only an answer does. */
@Injectable()
export class SurveyStore {
  constructor(private readonly database: Database) {}

  async find(tokenHash: Buffer): Promise<OpenSurvey | undefined> {
    const [found] = await this.database.query<OpenSurvey>(select, [tokenHash]);
    return found;
  }

  /** Notes that the page was seen. Says nothing about who saw it: mail scanners open links. */
  async markOpened({ anchor, rule }: OpenSurvey): Promise<void> {
    await this.database.execute(`update feedback.invitation set state = 'opened', opened_at = now() where anchor = $1 and rule = $2 and state = 'new'`, [
      anchor,
      rule,
    ]);
  }

  async saveDraft({ anchor, rule }: OpenSurvey, draft: PostedForm): Promise<void> {
    await this.database.execute(`update feedback.invitation set draft = $3 where anchor = $1 and rule = $2 and state in ('new', 'opened')`, [
      anchor,
      rule,
      JSON.stringify(draft),
    ]);
  }

  /** The customer asks for no more surveys: this one ends, and no other is sent. */
  async stopAsking(survey: OpenSurvey): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const { customerId } = await identifiersOf(tx, survey.customerId);
      await tx.execute('insert into feedback.opt_out (customer_id, anchor) values ($1, $2) on conflict (customer_id) do nothing', [customerId, survey.anchor]);
      await tx.execute(
        `update feedback.invitation set state = 'void', void_reason = 'optedOut' where anchor = $1 and rule = $2 and state in ('new', 'opened')`,
        [survey.anchor, survey.rule],
      );
    });
  }

  /**
   * Takes an answer: stores it, writes the events that tell it, and opens a recovery case where one is needed, all or nothing. `revisionSeen` is what the page showed (−1: no
   * answer): of two answers sent at once the first wins. The same answer once more is `same`.
   */
  async answer(
    tokenHash: Buffer,
    answers: SurveyAnswers,
    revisionSeen: number,
    { settings }: ActiveSurvey,
    now: Instant,
  ): Promise<{ outcome: AnswerOutcome; survey: OpenSurvey }> {
    const sha256 = hash('sha256', JSON.stringify(answers), 'buffer');
    return this.database.inTransaction(async (tx) => {
      const [survey] = await tx.query<OpenSurvey>(`${select} for update of i`, [tokenHash]);
      if (!survey) throw new Error('The survey went away while it was being answered.');
      const current = survey.state === 'answered' ? survey.revision : -1;
      if (survey.answerSha256?.equals(sha256)) return { outcome: 'same', survey };
      if (survey.state === 'void' || current !== revisionSeen) return { outcome: 'kept', survey };
      if (survey.state === 'answered' && now - survey.answeredAt! > settings.editMs) return { outcome: 'kept', survey };
      const revision = current + 1;
      const answeredAt = survey.answeredAt ?? now;
      await tx.execute(
        `update feedback.invitation set state = 'answered', answers = $3, answer_sha256 = $4, revision = $5, answered_at = to_timestamp($6::double precision / 1000), draft = null
         where anchor = $1 and rule = $2`,
        [survey.anchor, survey.rule, JSON.stringify(answers), sha256, revision, answeredAt],
      );
      const { identifiers } = await identifiersOf(tx, survey.customerId);
      const told = { invitationId: survey.id, revision, answeredAt, channel: survey.channel === 'email' ? ('email' as const) : ('web' as const), identifiers };
      await storeEvents(tx, survey.anchor, answersToEvents(survey.form, answers, told, survey.answers ?? undefined));
      await openRecovery(tx, survey, answers, settings, now);
      failpoint('mid-transaction');
      return { outcome: 'taken', survey: { ...survey, state: 'answered', revision, answers, answeredAt } };
    });
  }
}
