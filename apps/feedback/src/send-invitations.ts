import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Instant, PostedEvent } from '@throughline/contracts';
import { Database, failpoint } from '@throughline/database';
import { afterQuietHours, type SurveyForm } from '@throughline/domain-feedback';
import { Log, SETTINGS, type Sweep } from '@throughline/service';
import { randomBytes } from 'node:crypto';
import { currentCustomer, identifiersOf, mailAddressOf } from './customer-identifiers';
import { invitationMail } from './invitation-mail';
import { Mailer, type MailOutcome } from './mailer';
import { hasOptedOut } from './opt-outs';
import { storeEvents } from './posted-events';
import type { FeedbackSettings } from './settings';
import { surveyLanguages } from './survey-page';
import { activeSurvey, type ActiveSurvey } from './survey-settings-store';
import { hashOfToken } from './survey-store';

const atOnce = 50;
const tries = 8;

interface Claimed {
  readonly anchor: string;
  readonly rule: string;
  readonly id: string;
  readonly customerId: string;
  readonly language: string;
  readonly expiresAt: Instant;
  readonly attempts: number;
  readonly form: SurveyForm;
}

/** A link's secret: 256 random bits. Only its hash is kept. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/**
 * Sends what is due, one mail for each invitation: the row says `sending`, with the hash of the link, before the mail leaves. When the process ends in between nobody knows
 * whether it left, and it is not sent again; the link in it works in either case.
 */
@Injectable()
export class SendInvitations implements Sweep, OnModuleDestroy {
  readonly name = 'send-invitations';
  readonly everyMs = 5_000;
  private readonly mailer: Mailer | undefined;

  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Pick<FeedbackSettings, 'SMTP_URL' | 'MAIL_FROM' | 'PUBLIC_URL'>,
    private readonly log: Log,
  ) {
    this.mailer = settings.SMTP_URL === undefined ? undefined : new Mailer(settings.SMTP_URL, settings.MAIL_FROM);
  }

  onModuleDestroy(): void {
    this.mailer?.close();
  }

  async run(): Promise<void> {
    await this.database.execute(`update feedback.delivery set state = 'unknown' where state = 'sending' and started_at < now() - interval '10 minutes'`);
    if (this.mailer) while ((await this.send(Date.now())) === atOnce);
  }

  /** Sends what is due at `now`, at most fifty. Gives how many were taken up. */
  async send(now: Instant): Promise<number> {
    const active = await activeSurvey(this.database);
    if (afterQuietHours(now, active.settings.quiet) > now) return 0;
    const due = await this.database.query<{ anchor: string; rule: string }>(
      `select anchor, rule from feedback.delivery where state = 'waiting' and channel = 'email' and next_at <= to_timestamp($1::double precision / 1000) order by next_at limit ${atOnce}`,
      [now],
    );
    for (const { anchor, rule } of due) await this.one(anchor, rule, active);
    return due.length;
  }

  private async one(anchor: string, rule: string, { settings }: ActiveSurvey): Promise<void> {
    const token = newToken();
    const claimed = await this.claim(anchor, rule, token);
    if (!claimed) return;
    failpoint('after-commit-before-ack');
    const language = surveyLanguages.find((one) => one === claimed.invitation.language) ?? 'en';
    const link = `${this.settings.PUBLIC_URL.replace(/\/+$/, '')}/s/${token}`;
    const mail = invitationMail(language, link, claimed.invitation.expiresAt, { zone: settings.quiet.zone });
    let outcome: MailOutcome | 'unknown';
    try {
      outcome = await this.mailer!.send({ ...mail, to: claimed.address, messageId: `<${claimed.invitation.id}@throughline>` });
    } catch (error) {
      this.log.warn({ err: error, invitation: claimed.invitation.id }, 'nobody knows whether an invitation was sent: it is not sent again');
      outcome = 'unknown';
    }
    await this.note(claimed.invitation, outcome);
  }

  /** Takes one that is due: the hash of its link is there before anybody can hold the link. */
  private async claim(anchor: string, rule: string, token: string): Promise<{ invitation: Claimed; address: string } | undefined> {
    return this.database.inTransaction(async (tx) => {
      const [invitation] = await tx.query<Claimed>(
        `update feedback.delivery d set state = 'sending', attempts = attempts + 1, token_sha256 = $3, started_at = now() from feedback.invitation i
         where d.anchor = $1 and d.rule = $2 and d.channel = 'email' and d.state = 'waiting' and i.anchor = d.anchor and i.rule = d.rule and i.state in ('new', 'opened')
         returning i.anchor, i.rule, i.id, i.customer_id as "customerId", i.language, round(date_part('epoch', i.expires_at) * 1000)::double precision as "expiresAt", d.attempts, i.form`,
        [anchor, rule, hashOfToken(token)],
      );
      const customerId = invitation && (await currentCustomer(tx, invitation.customerId));
      const stopped = customerId !== undefined && (await hasOptedOut(tx, customerId));
      if (stopped) await tx.execute(`update feedback.invitation set state = 'void', void_reason = 'optedOut' where anchor = $1 and rule = $2`, [anchor, rule]);
      const address = customerId === undefined || stopped ? undefined : await mailAddressOf(tx, customerId);
      if (!invitation || !address) {
        await tx.execute(
          `update feedback.delivery set state = 'refused', problem = 'there is no address, or the invitation is void' where anchor = $1 and rule = $2 and channel = 'email' and state in ('waiting', 'sending')`,
          [anchor, rule],
        );
        return undefined;
      }
      return { invitation, address };
    });
  }

  private async note({ anchor, rule, id, customerId, attempts, form }: Claimed, outcome: MailOutcome | 'unknown'): Promise<void> {
    const later = outcome === 'later' && attempts < tries;
    await this.database.inTransaction(async (tx) => {
      await tx.execute(
        `update feedback.delivery set state = $3, sent_at = case when $3 = 'sent' then now() end, next_at = now() + $4 * interval '1 second', problem = $5
         where anchor = $1 and rule = $2 and channel = 'email'`,
        [anchor, rule, later ? 'waiting' : outcome === 'later' ? 'refused' : outcome, 30 * 2 ** Math.min(attempts, 8), outcome === 'sent' ? null : outcome],
      );
      if (outcome === 'refused' || (outcome === 'later' && !later))
        await tx.execute(`update feedback.invitation set state = 'void', void_reason = 'notDelivered' where anchor = $1 and rule = $2 and state = 'new'`, [
          anchor,
          rule,
        ]);
      if (outcome !== 'sent') return;
      const { identifiers } = await identifiersOf(tx, customerId);
      await storeEvents(tx, anchor, [sentEvent(id, form.aboutEventId, identifiers, Date.now())]);
    });
    this.log.info({ invitation: id, outcome, attempts }, 'an invitation was sent');
  }
}

/** That the customer was asked, for the timeline. */
const sentEvent = (id: string, aboutEventId: string, identifiers: PostedEvent['identifiers'], at: Instant): PostedEvent => ({
  sourceEventId: `${id}/sent`,
  revision: 0,
  occurredAt: at,
  system: 'survey',
  type: 'sent',
  channel: 'email',
  initiator: 'system',
  presence: 'away',
  purpose: 'feedback',
  sessionKey: id,
  aboutEventId,
  identifiers,
  attributes: { survey: id },
});
