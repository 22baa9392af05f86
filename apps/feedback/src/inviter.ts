import type { Instant } from '@throughline/contracts';
import type { Database, Transaction } from '@throughline/database';
import { composeSurvey, inviteFor, type ClosedEngagement, type Refusal, type SurveyHistory } from '@throughline/domain-feedback';
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { mailAddressOf } from './customer-identifiers';
import { readEnded, readSteps, type EndedEngagement } from './engagement-reader';
import { hasOptedOut, presentAndFormer } from './opt-outs';
import { activeSurvey, type ActiveSurvey } from './survey-settings-store';

const day = 86_400_000;
/** The source of our own surveys. */
export const surveySource = 'throughline-survey';

/** Why nobody was asked, and how often; and how many were. */
export type InviteCounts = Partial<Record<Refusal | 'invited', number>>;

/** Asks the rule about each engagement of these customers that is over, and writes an invitation where it says so. */
export class Inviter {
  constructor(
    private readonly database: Database,
    private readonly options: { readonly mail: boolean },
  ) {}

  async consider(customerIds: readonly string[], asOf: Instant): Promise<InviteCounts> {
    const counts: InviteCounts = {};
    for (let start = 0; start < customerIds.length; start += 200) {
      const batch = customerIds.slice(start, start + 200);
      await this.database.inTransaction(async (tx) => {
        const active = await activeSurvey(tx);
        const ended = await readEnded(tx, batch, asOf - active.settings.notAfterMs, asOf);
        const open = await notYetInvited(tx, ended, active.settings.rule);
        for (const engagement of open.sort((a, b) => (a.customerId < b.customerId ? -1 : a.customerId > b.customerId ? 1 : a.endedAt - b.endedAt))) {
          const outcome = await this.one(tx, engagement, active, asOf);
          counts[outcome] = (counts[outcome] ?? 0) + 1;
        }
      });
    }
    return counts;
  }

  private async one(tx: Transaction, ended: EndedEngagement, active: ActiveSurvey, asOf: Instant): Promise<Refusal | 'invited'> {
    // One customer at a time: two engagements that end together must not both pass the cap.
    await tx.execute('select pg_advisory_xact_lock(hashtextextended($1, 9))', [ended.customerId]);
    const engagement: ClosedEngagement = { ...ended, steps: await readSteps(tx, ended.customerId, ended.anchor) };
    const history = await readHistory(tx, ended.customerId, asOf, this.options.mail);
    const said = inviteFor(engagement, active.settings, history, asOf);
    if (said.kind === 'no') return said.reason;
    await saveInvitation(tx, engagement, active, { channel: 'email', sendAt: said.sendAt });
    return 'invited';
  }
}

async function notYetInvited(tx: Transaction, ended: readonly EndedEngagement[], rule: string): Promise<EndedEngagement[]> {
  const rows = await tx.query<{ anchor: string }>('select anchor from feedback.invitation where anchor = any($1::uuid[]) and rule = $2', [
    ended.map(({ anchor }) => anchor),
    rule,
  ]);
  const known = new Set(rows.map(({ anchor }) => anchor));
  return ended.filter(({ anchor }) => !known.has(anchor));
}

/** Every survey of the customer that is this one now, whoever sent it. An invitation counts for the engagement that holds its anchor today. */
async function readHistory(tx: Transaction, customerId: string, asOf: Instant, mail: boolean): Promise<SurveyHistory> {
  const invitations = await tx.query<{ rule: string; anchor: string; at: number }>(
    `select i.rule, coalesce(substr(e.engagement_id, 5)::uuid, i.anchor) as anchor, round(date_part('epoch', i.send_at) * 1000)::double precision as at
     from feedback.invitation i left join sessionization.read_event_engagement e on e.customer_id = $1 and e.event_id = i.anchor
     where i.customer_id in ${presentAndFormer}`,
    [customerId],
  );
  const foreign = await tx.query<{ at: number }>(
    `select round(date_part('epoch', start_at) * 1000)::double precision as at from sessionization.read_transaction
     where customer_id = $1 and system = 'survey' and source <> $2 and start_at > to_timestamp($3::double precision / 1000)`,
    [customerId, surveySource, asOf - 400 * day],
  );
  return {
    invitations,
    foreign: foreign.map(({ at }) => at),
    optedOut: await hasOptedOut(tx, customerId),
    reachable: mail && (await mailAddressOf(tx, customerId)) !== undefined,
  };
}

/** Writes an invitation and the row of its delivery, at most one for each engagement and rule. Gives whether it is new; a form that would ask nothing is none. */
export async function saveInvitation(
  tx: Transaction,
  engagement: Pick<ClosedEngagement, 'customerId' | 'anchor' | 'steps'>,
  { version, settings }: ActiveSurvey,
  { channel, sendAt, tokenSha256 }: { channel: 'email' | 'link'; sendAt: Instant; tokenSha256?: Buffer },
): Promise<boolean> {
  const form = composeSurvey(engagement, settings);
  if (!form) return false;
  const made = await tx.execute(
    `insert into feedback.invitation (anchor, rule, id, customer_id, settings_version, language, form, send_at, expires_at, page_key)
     values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::double precision / 1000), to_timestamp($9::double precision / 1000), $10) on conflict (anchor, rule) do nothing`,
    [
      engagement.anchor,
      settings.rule,
      uuidv7(),
      engagement.customerId,
      version,
      settings.language,
      JSON.stringify(form),
      sendAt,
      sendAt + settings.expiryMs,
      randomBytes(32),
    ],
  );
  await tx.execute(
    `insert into feedback.delivery as d (anchor, rule, channel, state, next_at, token_sha256, sent_at)
     values ($1, $2, $3, $4, to_timestamp($5::double precision / 1000), $6, case when $4 = 'sent' then now() end)
     on conflict (anchor, rule, channel) do update set token_sha256 = excluded.token_sha256 where d.channel = 'link'`,
    [engagement.anchor, settings.rule, channel, channel === 'link' ? 'sent' : 'waiting', sendAt, tokenSha256 ?? null],
  );
  return made === 1;
}
