import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put, Req, Res } from '@nestjs/common';
import { Database } from '@throughline/database';
import { Problem, SETTINGS } from '@throughline/service';
import { readRequest } from '../read-request';
import type { AdminApiSettings } from '../settings';
import { passwordBody, signInBody } from './access-requests';
import { AuditTrail } from './audit-trail';
import { sessionTokenOf, takeCookie, type BrowserReply, type BrowserRequest } from './browser-request';
import { Needs, Open } from './needs';
import { Passwords } from './passwords';
import type { Principal } from './principal';
import { answerOf, type SessionAnswer } from './session-answer';
import { SessionStore, type SessionEntry } from './session-store';
import { SignIn } from './sign-in';
import { SignInLimits } from './sign-in-limits';
import { UserStore } from './user-store';
import { Who } from './who';

/** One's own account: sign in and out, sessions elsewhere, the password. */
@Controller('v1')
@Needs('account.own')
export class SessionController {
  constructor(
    private readonly database: Database,
    private readonly signIn: SignIn,
    private readonly sessions: SessionStore,
    private readonly users: UserStore,
    private readonly passwords: Passwords,
    private readonly limits: SignInLimits,
    private readonly audit: AuditTrail,
    @Inject(SETTINGS) private readonly settings: AdminApiSettings,
  ) {}

  @Post('session')
  @HttpCode(200)
  @Open({ sameOrigin: true })
  open(@Body() body: unknown, @Req() request: BrowserRequest, @Res({ passthrough: true }) reply: BrowserReply): Promise<SessionAnswer> {
    const { email, password } = readRequest(signInBody, body);
    return this.signIn.byPassword(email, password, request, reply);
  }

  @Get('session')
  async show(@Req() request: BrowserRequest): Promise<SessionAnswer> {
    const token = sessionTokenOf(request, this.settings);
    const person = token === undefined ? undefined : await this.sessions.find(token, Date.now());
    if (token === undefined || !person) throw new Problem(401, 'Nobody is signed in');
    return answerOf(person, token);
  }

  @Delete('session')
  @HttpCode(204)
  async close(@Who() who: Principal, @Res({ passthrough: true }) reply: BrowserReply): Promise<void> {
    const { userId, sessionId } = who;
    if (sessionId !== null)
      await this.database.inTransaction(async (tx) => {
        await this.sessions.revoke(tx, userId, sessionId, Date.now());
        await this.audit.record(tx, who, { action: 'session.closed', target: `session:${sessionId}` });
      });
    takeCookie(reply, this.settings);
  }

  @Get('sessions')
  async list(@Who() who: Principal): Promise<{ current: string | null; sessions: SessionEntry[] }> {
    return { current: who.sessionId, sessions: await this.sessions.ofUser(who.userId, Date.now()) };
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  async revoke(@Who() who: Principal, @Param('id', new ParseUUIDPipe({ errorHttpStatusCode: 404 })) id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      if (!(await this.sessions.revoke(tx, who.userId, id, Date.now()))) throw new Problem(404, 'You have no such session');
      await this.audit.record(tx, who, { action: 'session.revoked', target: `session:${id}` });
    });
  }

  /** A new password ends every other session of this user. */
  @Put('password')
  @HttpCode(204)
  async changePassword(@Who() who: Principal, @Body() body: unknown): Promise<void> {
    const { current, next } = readRequest(passwordBody, body);
    await this.limits.count(who.userId, who.address ?? '');
    if (!(await this.passwords.matches(await this.users.passwordHash(who.userId), current)))
      throw new Problem(400, 'That did not match', 'The present password is another one.', {
        errors: [{ pointer: '/current', detail: 'is not the present password' }],
      });
    const hash = await this.passwords.hash(next);
    await this.database.inTransaction(async (tx) => {
      await this.users.setPassword(tx, who.userId, hash);
      await this.sessions.revokeAll(tx, who.userId, Date.now(), who.sessionId);
      await this.audit.record(tx, who, { action: 'user.passwordChanged', target: `user:${who.userId}` });
    });
  }
}
