import { Inject, Injectable } from '@nestjs/common';
import { makeSurveyLink, type AuditNote } from '@throughline/contracts';
import { Database, recordChange } from '@throughline/database';
import { Log, SETTINGS, type CommandHandler } from '@throughline/service';
import { readEngagementOf, readSteps } from './engagement-reader';
import { saveInvitation } from './inviter';
import { hasOptedOut } from './opt-outs';
import { newToken } from './send-invitations';
import type { FeedbackSettings } from './settings';
import { activeSurvey } from './survey-settings-store';
import { hashOfToken } from './survey-store';

interface Wish {
  readonly eventId: string;
  readonly by: string;
}
type Reply = { kind: 'made'; invitationId: string; url: string } | { kind: 'notFound' } | { kind: 'refused'; reason: string };

/** A link to hand over: at the desk, by text message, in a chat. It is asked for by a person, so neither sample nor cap hold; once for each engagement does. */
@Injectable()
export class OnMakeSurveyLink implements CommandHandler<Wish, Reply> {
  readonly command = makeSurveyLink;

  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Pick<FeedbackSettings, 'PUBLIC_URL'>,
    private readonly log: Log,
  ) {}

  async answer({ eventId, by }: Wish, note?: AuditNote): Promise<Reply> {
    const token = newToken();
    const reply = await this.database.inTransaction(async (tx): Promise<Reply> => {
      const found = await readEngagementOf(tx, eventId);
      if (!found) return { kind: 'notFound' };
      const active = await activeSurvey(tx);
      if (await hasOptedOut(tx, found.customerId)) return { kind: 'refused', reason: 'This customer does not want to be asked.' };
      const steps = await readSteps(tx, found.customerId, found.anchor);
      await saveInvitation(tx, { ...found, steps }, active, { channel: 'link', sendAt: Date.now(), tokenSha256: hashOfToken(token) });
      const [invitation] = await tx.query<{ id: string; state: string }>('select id, state from feedback.invitation where anchor = $1 and rule = $2', [
        found.anchor,
        active.settings.rule,
      ]);
      if (!invitation) return { kind: 'refused', reason: 'The customer took no part in this engagement: there is nothing to ask about.' };
      if (invitation.state === 'answered') return { kind: 'refused', reason: 'The customer has answered already.' };
      if (invitation.state === 'void') return { kind: 'refused', reason: 'The survey about this engagement is closed.' };
      await recordChange(tx, note, 'made', { invitation: invitation.id });
      return { kind: 'made', invitationId: invitation.id, url: `${this.settings.PUBLIC_URL.replace(/\/+$/, '')}/s/${token}` };
    });
    if (reply.kind === 'made') this.log.info({ invitation: reply.invitationId, by }, 'a survey link was made');
    return reply;
  }
}
