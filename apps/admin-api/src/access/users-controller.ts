import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { Database, type Transaction } from '@throughline/database';
import { Problem, SETTINGS } from '@throughline/service';
import { v7 as uuidv7 } from 'uuid';
import { readRequest } from '../read-request';
import type { AdminApiSettings } from '../settings';
import { invitationBody, userBody } from './access-requests';
import { AuditTrail } from './audit-trail';
import { invitationMs, InvitationStore, type Invitation } from './invitation-store';
import { maskedEmail } from './masked-email';
import { Needs } from './needs';
import type { Principal } from './principal';
import { SessionStore, type SessionEntry } from './session-store';
import { newToken } from './session-tokens';
import { UserStore, type UserEntry } from './user-store';
import { Who } from './who';

const Id = (): ParameterDecorator => Param('id', new ParseUUIDPipe({ errorHttpStatusCode: 404 }));

/** Users: invited, given roles and teams, disabled. What ends somebody's right ends their sessions in the same transaction. */
@Controller('v1')
@Needs('user.edit')
export class UsersController {
  constructor(
    private readonly database: Database,
    private readonly users: UserStore,
    private readonly sessions: SessionStore,
    private readonly invitations: InvitationStore,
    private readonly audit: AuditTrail,
    @Inject(SETTINGS) private readonly settings: AdminApiSettings,
  ) {}

  @Get('users')
  async list(): Promise<{ users: UserEntry[]; invitations: Invitation[] }> {
    const [users, invitations] = await Promise.all([this.users.all(), this.invitations.standing(Date.now())]);
    return { users, invitations };
  }

  /** Answers the link, once: it is stored nowhere. */
  @Post('invitations')
  @HttpCode(201)
  async invite(@Who() who: Principal, @Body() body: unknown): Promise<{ invitation: Invitation; token: string; link: string }> {
    const asked = readRequest(invitationBody, body);
    const token = newToken();
    const now = Date.now();
    const invitation: Invitation = { ...asked, id: uuidv7(), invitedBy: who.name, createdAt: now, endsAt: now + invitationMs };
    await this.database.inTransaction(async (tx) => {
      if (await this.users.hasEmail(tx, asked.email)) throw new Problem(409, 'That is not possible', 'There is a user with this e-mail address already.');
      await this.invitations.insert(tx, invitation, token);
      const after = { ...choicesOf(asked), email: maskedEmail(asked.email) };
      await this.audit.record(tx, who, { action: 'invitation.made', target: `invitation:${invitation.id}`, details: { after } });
    });
    return { invitation, token, link: `${this.settings.PUBLIC_URL?.replace(/\/$/, '') ?? ''}/sign-in#invitation=${token}` };
  }

  @Delete('invitations/:id')
  @HttpCode(204)
  async withdraw(@Who() who: Principal, @Id() id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      if (!(await this.invitations.withdraw(tx, id, Date.now()))) throw nothingHere();
      await this.audit.record(tx, who, { action: 'invitation.withdrawn', target: `invitation:${id}` });
    });
  }

  /** A change of roles ends the user's sessions: who signs in again has the new ones. */
  @Put('users/:id')
  async change(@Who() who: Principal, @Id() id: string, @Body() body: unknown): Promise<UserEntry> {
    const choices = readRequest(userBody, body);
    return this.database.inTransaction(async (tx) => {
      const before = await this.known(tx, id);
      if (before.roles.includes('admin') && !choices.roles.includes('admin') && before.disabledAt === null) await this.refuseLastAdmin(tx, id);
      await this.users.update(tx, id, choices);
      const rolesChanged = [...choices.roles].sort().join() !== [...before.roles].sort().join();
      const ended = rolesChanged ? await this.sessions.revokeAll(tx, id, Date.now()) : 0;
      await this.audit.record(tx, who, {
        action: 'user.changed',
        target: `user:${id}`,
        details: { before: choicesOf(before), after: choicesOf(choices), sessionsEnded: ended },
      });
      return this.known(tx, id);
    });
  }

  @Post('users/:id/disable')
  @HttpCode(200)
  async disable(@Who() who: Principal, @Id() id: string): Promise<UserEntry> {
    return this.database.inTransaction(async (tx) => {
      const before = await this.known(tx, id);
      if (before.disabledAt !== null) return before;
      if (before.roles.includes('admin')) await this.refuseLastAdmin(tx, id);
      await this.users.setDisabled(tx, id, Date.now());
      const ended = await this.sessions.revokeAll(tx, id, Date.now());
      await this.audit.record(tx, who, { action: 'user.disabled', target: `user:${id}`, details: { sessionsEnded: ended } });
      return this.known(tx, id);
    });
  }

  @Post('users/:id/enable')
  @HttpCode(200)
  async enable(@Who() who: Principal, @Id() id: string): Promise<UserEntry> {
    return this.database.inTransaction(async (tx) => {
      const before = await this.known(tx, id);
      if (before.disabledAt === null) return before;
      await this.users.setDisabled(tx, id, null);
      await this.audit.record(tx, who, { action: 'user.enabled', target: `user:${id}` });
      return this.known(tx, id);
    });
  }

  @Get('users/:id/sessions')
  async sessionsOf(@Id() id: string): Promise<{ sessions: SessionEntry[] }> {
    if (!(await this.users.byId(this.database, id))) throw nothingHere();
    return { sessions: await this.sessions.ofUser(id, Date.now()) };
  }

  @Delete('users/:id/sessions')
  async revokeAll(@Who() who: Principal, @Id() id: string): Promise<{ ended: number }> {
    return this.database.inTransaction(async (tx) => {
      await this.known(tx, id);
      const ended = await this.sessions.revokeAll(tx, id, Date.now());
      await this.audit.record(tx, who, { action: 'session.allRevoked', target: `user:${id}`, details: { sessionsEnded: ended } });
      return { ended };
    });
  }

  @Delete('users/:id/sessions/:session')
  @HttpCode(204)
  async revoke(@Who() who: Principal, @Id() id: string, @Param('session', new ParseUUIDPipe({ errorHttpStatusCode: 404 })) session: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      if (!(await this.sessions.revoke(tx, id, session, Date.now()))) throw nothingHere();
      await this.audit.record(tx, who, { action: 'session.revoked', target: `session:${session}`, details: { user: id } });
    });
  }

  /** Changes of users go one after the other, so that two admins cannot remove each other. */
  private async known(tx: Transaction, id: string): Promise<UserEntry> {
    await this.audit.lock(tx);
    const user = await this.users.byId(tx, id);
    if (!user) throw nothingHere();
    return user;
  }

  private async refuseLastAdmin(tx: Transaction, id: string): Promise<void> {
    if (!(await this.users.otherAdmins(tx, id))) throw new Problem(409, 'That is not possible', 'This is the last admin. Make another user an admin first.');
  }
}

const nothingHere = (): Problem => new Problem(404, 'There is nothing with this id');

const choicesOf = ({ roles, teams, agentId }: Pick<UserEntry, 'roles' | 'teams' | 'agentId'>): object => ({ roles, teams, agentId });
