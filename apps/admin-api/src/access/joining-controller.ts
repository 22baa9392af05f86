import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Role } from '@throughline/contracts';
import { Database, type Transaction } from '@throughline/database';
import { Problem, SETTINGS } from '@throughline/service';
import { v7 as uuidv7 } from 'uuid';
import { readRequest } from '../read-request';
import type { AdminApiSettings } from '../settings';
import { acceptBody, firstAdminBody, invitationLookBody } from './access-requests';
import { AuditTrail } from './audit-trail';
import { addressOf, type BrowserReply, type BrowserRequest } from './browser-request';
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
    @Inject(SETTINGS) private readonly settings: AdminApiSettings,
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
      await this.recordJoining(tx, user, 'user.firstAdmin', request);
      return this.signIn.open(tx, user, request);
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
      await this.recordJoining(tx, user, 'user.joined', request);
      return this.signIn.open(tx, user, request);
    });
    return this.signIn.answer(session, reply);
  }

  private async recordJoining(tx: Transaction, user: Joining, action: string, request: BrowserRequest): Promise<void> {
    const { id, name, email, roles } = user;
    const actor = { kind: 'person', userId: id, name, sessionId: null, address: addressOf(request, this.settings) } as const;
    await this.audit.record(tx, actor, { action, target: `user:${id}`, details: { after: { email: maskedEmail(email), roles } } });
  }
}

interface Joining {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

/** The same for a link that was used, withdrawn, over or invented. */
const invalidLink = (): Problem => new Problem(403, 'This link does not work any more', 'Ask for a new one.');
