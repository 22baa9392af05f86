import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@throughline/database';
import { Problem, SETTINGS } from '@throughline/service';
import type { AdminApiSettings } from '../settings';
import { AuditTrail } from './audit-trail';
import { addressOf, giveCookie, headerOf, sessionTokenOf, type BrowserReply, type BrowserRequest } from './browser-request';
import { Passwords } from './passwords';
import { answerOf, type SessionAnswer } from './session-answer';
import { SessionStore } from './session-store';
import { SignInLimits } from './sign-in-limits';
import { UserStore } from './user-store';

/** Opens sessions: for a right password, and for somebody who has just joined. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly users: UserStore,
    private readonly sessions: SessionStore,
    private readonly passwords: Passwords,
    private readonly limits: SignInLimits,
    private readonly audit: AuditTrail,
    @Inject(SETTINGS) private readonly settings: AdminApiSettings,
  ) {}

  /** One answer for an unknown address, a wrong password and a disabled user, after the same work. */
  async byPassword(email: string, password: string, request: BrowserRequest, reply: BrowserReply): Promise<SessionAnswer> {
    const address = addressOf(request, this.settings);
    await this.limits.count(email, address);
    const user = await this.users.credentials(email);
    if (!(await this.passwords.matches(user?.passwordHash ?? null, password)) || !user) {
      const nobody = { kind: 'nobody', userId: user?.id ?? null, name: user?.name ?? 'unknown', sessionId: null, address } as const;
      await this.database.inTransaction((tx) =>
        this.audit.record(tx, nobody, { action: 'session.refused', target: user ? `user:${user.id}` : 'user:unknown' }),
      );
      throw new Problem(401, 'That did not match', 'The e-mail address or the password is wrong, or this user is disabled.');
    }
    await this.limits.forget(email, address);
    const token = await this.database.inTransaction((tx) => this.open(tx, user, request));
    return this.answer(token, reply);
  }

  /** A new session in place of the one that the request came with, if any: a token from before a sign-in opens nothing after it. */
  async open(tx: Transaction, user: { readonly id: string; readonly name: string }, request: BrowserRequest): Promise<string> {
    const now = Date.now();
    const address = addressOf(request, this.settings);
    const former = sessionTokenOf(request, this.settings);
    if (former !== undefined) await this.sessions.revokeToken(tx, former, now);
    const client = (headerOf(request, 'user-agent') ?? '').slice(0, 200);
    const { id, token } = await this.sessions.open(tx, user.id, { address, client }, now);
    await this.audit.record(
      tx,
      { kind: 'person', userId: user.id, name: user.name, sessionId: id, address },
      { action: 'session.opened', target: `session:${id}` },
    );
    return token;
  }

  /** What the app is told, once the session is committed. */
  async answer(token: string, reply: BrowserReply): Promise<SessionAnswer> {
    const person = await this.sessions.find(token, Date.now());
    if (!person) throw new Problem(401, 'That did not match', 'The session has ended already.');
    giveCookie(reply, token, this.settings);
    return answerOf(person, token);
  }

  /** Counts a try of somebody who is nobody yet. */
  async countTry(request: BrowserRequest): Promise<void> {
    await this.limits.countAddress(addressOf(request, this.settings));
  }
}
