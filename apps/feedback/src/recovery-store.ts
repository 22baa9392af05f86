import type { Instant, SurveySettings } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';
import { advanceCase, foldCase, openCase, recoveryNeed, type CaseStep, type RecoveryCase, type SurveyAnswers } from '@throughline/domain-feedback';
import { v7 as uuidv7 } from 'uuid';
import type { OpenSurvey } from './survey-store';

/** Author of what nobody in particular did. */
export const house = 'throughline';

/** Opens a case where the answer calls for one. A second low rating of the same engagement adds its reasons to the case, and opens it again when it was over. */
export async function openRecovery(
  tx: Transaction,
  survey: Pick<OpenSurvey, 'anchor' | 'customerId' | 'form'>,
  answers: SurveyAnswers,
  settings: SurveySettings,
  now: Instant,
): Promise<void> {
  const reasons = recoveryNeed(answers, settings.recovery);
  if (reasons.length === 0) return;
  const agents = [...new Set(survey.form.touchPoints.filter(({ kind }) => kind === 'agent').map(({ name }) => name))].sort();
  const { count } = await tx.insertMany(
    'feedback.recovery_case',
    {
      anchor: { type: 'uuid', values: [survey.anchor] },
      customer_id: { type: 'uuid', values: [survey.customerId] },
      opened_at: { type: 'timestamptz', values: [new Date(now)] },
      reasons: { type: 'jsonb', values: [JSON.stringify(reasons)] },
      state: { type: 'text', values: ['open'] },
    },
    'on conflict (anchor) do nothing',
  );
  if (count === 1) {
    await tx.execute('update feedback.recovery_case set agents = $2 where anchor = $1', [survey.anchor, agents]);
    return;
  }
  await tx.execute(
    `update feedback.recovery_case set reasons = (select jsonb_agg(distinct r) from jsonb_array_elements(reasons || $2::jsonb) as a (r)) where anchor = $1`,
    [survey.anchor, JSON.stringify(reasons)],
  );
  const one = await lockCase(tx, survey.anchor);
  if (one && one.case.endedAt !== null) await saveStep(tx, survey.anchor, one, { id: uuidv7(), kind: 'reopened', at: now, by: house });
}

export interface StoredCase {
  readonly case: RecoveryCase;
  readonly steps: readonly (CaseStep & { readonly id: string })[];
}

/** One case with its steps, locked; undefined: there is none. */
export async function lockCase(tx: Transaction, anchor: string): Promise<StoredCase | undefined> {
  const [row] = await tx.query<{ opened: number }>(
    `select round(date_part('epoch', opened_at) * 1000)::double precision as opened from feedback.recovery_case where anchor = $1 for update`,
    [anchor],
  );
  if (!row) return undefined;
  const steps = await tx.query<CaseStep & { id: string }>(
    `select id, kind, round(date_part('epoch', at) * 1000)::double precision as at, by, owner, note from feedback.case_step where anchor = $1 order by place`,
    [anchor],
  );
  return { case: steps.length === 0 ? openCase(row.opened) : foldCase(row.opened, steps), steps };
}

/** Adds a step where it is possible and saves what the case is then. */
export async function saveStep(
  tx: Transaction,
  anchor: string,
  before: StoredCase,
  step: CaseStep & { readonly id: string },
): Promise<{ kind: 'recorded' | 'repeated'; id: string } | { kind: 'refused'; reason: string }> {
  if (before.steps.some(({ id }) => id === step.id)) return { kind: 'repeated', id: step.id };
  const next = advanceCase(before.case, step);
  if (next.kind === 'refused') return next;
  await tx.execute(
    `insert into feedback.case_step (anchor, id, place, kind, at, by, owner, note) values ($1, $2, $3, $4, to_timestamp($5::double precision / 1000), $6, $7, $8)`,
    [anchor, step.id, before.steps.length + 1, step.kind, step.at, step.by, step.owner ?? null, step.note ?? null],
  );
  const { state, owner, firstContactAt, endedAt } = next.case;
  await tx.execute(
    `update feedback.recovery_case set state = $2, owner = $3, first_contact_at = to_timestamp($4::double precision / 1000), ended_at = to_timestamp($5::double precision / 1000) where anchor = $1`,
    [anchor, state, owner, firstContactAt, endedAt],
  );
  return { kind: 'recorded', id: step.id };
}
