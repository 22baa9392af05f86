import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Role } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { Problem } from '@throughline/service';
import { v7 as uuidv7 } from 'uuid';
import { readRequest } from '../read-request';
import { acceptBody, firstAdminBody, invitationLookBody } from './access-requests';
import { AuditTrail } from './audit-trail';
import type { BrowserReply, BrowserRequest } from './browser-request';
import { FirstAdmin } from './first-admin';
import { InvitationStore } from './invitation-store';
import { maskedEmail } from './masked-email';
import { Open } from './needs';
import { Passwords } from './passwords';
import type { SessionAnswer } from './session-answer';
import { SignIn } from './sign-in';
import { UserStore } from './user-store';

/** How somebody becomes a user: the first admin by the token of the installation, everybody else by the link of an invitation. Tokens come in bodies, never in a URL. */
@Controller('v1')
export class JoiningController {
  constructor(
    private readonly database: Database,
    private readonly users: UserStore,
    private readonly invitations: InvitationStore,
    private readonly first: FirstAdmin,
    private readonly passwords: Passwords,
    private readonly signIn: SignIn,
    private readonly audit: AuditTrail,
  ) {}

  @Get('first-admin')
  @Open()
  async isWanted(): Promise<{ wanted: boolean }> {
    return { wanted: !(await this.users.anybody()) };
  }

  @Post('first-admin')
  @HttpCode(200)
  @Open({ sameOrigin: true })
  async makeFirst(@Body() body: unknown, @Req() request: BrowserRequest, @Res({ passthrough: true }) reply: BrowserReply): Promise<SessionAnswer> {
    const { token, email, name, password } = readRequest(firstAdminBody, body);
    await this.signIn.countTry(request);
    if (!this.first.matches(token)) throw invalidLink();
    const user = { id: uuidv7(), email, name, roles: ['admin'] as const, teams: [], agentId: null, passwordHash: await this.passwords.hash(password) };
    const session = await this.database.inTransaction(async (tx) => {
      await this.audit.lock(tx);
      if (await this.users.anybody(tx)) throw invalidLink();
      await this.users.insert(tx, user, Date.now());
      const opened = await this.signIn.open(tx, user, request);
      await this.recordJoining(tx, user, 'user.firstAdmin', user.roles);
      return opened;
    });
    return this.signIn.answer(session, reply);
  }

  /** What the page behind the link shows before a password is chosen. */
  @Post('invitations/look')
  @HttpCode(200)
  @Open({ sameOrigin: true })
  async look(@Body() body: unknown, @Req() request: BrowserRequest): Promise<{ email: string; name: string; endsAt: number }> {
    const { token } = readRequest(invitationLookBody, body);
    await this.signIn.countTry(request);
    const invitation = await this.database.inTransaction((tx) => this.invitations.byToken(tx, token, Date.now()));
    if (!invitation) throw invalidLink();
    return { email: invitation.email, name: invitation.name, endsAt: invitation.endsAt };
  }

  @Post('invitations/accept')
  @HttpCode(200)
  @Open({ sameOrigin: true })
  async accept(@Body() body: unknown, @Req() request: BrowserRequest, @Res({ passthrough: true }) reply: BrowserReply): Promise<SessionAnswer> {
    const { token, name, password } = readRequest(acceptBody, body);
    await this.signIn.countTry(request);
    const passwordHash = await this.passwords.hash(password);
    const session = await this.database.inTransaction(async (tx) => {
      await this.audit.lock(tx);
      const invitation = await this.invitations.byToken(tx, token, Date.now());
      if (!invitation || (await this.users.hasEmail(tx, invitation.email))) throw invalidLink();
      const user = { ...invitation, id: uuidv7(), name: name ?? invitation.name, passwordHash };
      await this.users.insert(tx, user, Date.now());
      await this.invitations.accept(tx, invitation.id, Date.now());
      const opened = await this.signIn.open(tx, user, request);
      await this.recordJoining(tx, user, 'user.joined', user.roles);
      return opened;
    });
    return this.signIn.answer(session, reply);
  }

  private async recordJoining(
    tx: Parameters<AuditTrail['record']>[0],
    user: { readonly id: string; readonly name: string; readonly email: string },
    action: string,
    roles: readonly Role[],
  ): Promise<void> {
    const actor = { kind: 'person', userId: user.id, name: user.name, sessionId: null, address: null } as const;
    await this.audit.record(tx, actor, { action, target: `user:${user.id}`, details: { after: { email: maskedEmail(user.email), roles } } });
  }
}

/** The same for a link that was used, withdrawn, over or invented. */
const invalidLink = (): Problem => new Problem(403, 'This link does not work any more', 'Ask for a new one.');
