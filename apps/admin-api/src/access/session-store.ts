import { Injectable } from '@nestjs/common';
import type { Role } from '@throughline/contracts';
import { Database, instantText, type Transaction } from '@throughline/database';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from './principal';
import { newToken, sha256 } from './session-tokens';

export const idleMs = 30 * 60_000;
export const absoluteMs = 12 * 60 * 60_000;
/** What makes a session `s` of a user `u` one in force: `$2` is from when on it must have been seen, `$3` is now. */
const inForce = 's.revoked_at is null and u.disabled_at is null and s.last_seen_at > $2 and s.ends_at > $3';
/** How often at most a session notes that it is alive. */
const touchMs = 60_000;
/** How long an ended session stays to be looked at. */
const keptMs = 30 * 24 * 60 * 60_000;

export interface SessionEntry {
  readonly id: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly endsAt: number;
  readonly address: string;
  readonly client: string;
}

/** A session in force with its user, as one request sees it. */
export type LivePerson = Omit<Person, 'address'> & { readonly email: string; readonly endsAt: number };

interface Row {
  readonly session_id: string;
  readonly user_id: string;
  readonly name: string;
  readonly email: string;
  readonly agent_id: string | null;
  readonly last_seen_at: Date;
  readonly ends_at: Date;
  readonly roles: Role[];
  readonly team_agents: string[];
}

/** Sessions stand in the database alone and are looked up with every request, so that one that is revoked is dead with the next. */
@Injectable()
export class SessionStore {
  constructor(private readonly database: Database) {}

  /** A new session; gives its token, which is stored nowhere. */
  async open(
    tx: Transaction,
    userId: string,
    from: { readonly address: string; readonly client: string },
    now: number,
  ): Promise<{ id: string; token: string }> {
    const [id, token] = [uuidv7(), newToken()];
    await tx.execute(
      'insert into admin_api.session (session_id, user_id, token_sha256, created_at, last_seen_at, ends_at, address, client) values ($1, $2, $3, $4, $4, $5, $6, $7)',
      [id, userId, sha256(token), instantText(now), instantText(now + absoluteMs), from.address, from.client],
    );
    await tx.execute('delete from admin_api.session where user_id = $1 and ends_at < $2', [userId, instantText(now - keptMs)]);
    return { id, token };
  }

  /** Whose session this is, if it is in force: not idle, not over, not revoked, of a user who is not disabled. `touch`: the person is there. */
  async find(token: string, now: number, { touch = true }: { readonly touch?: boolean } = {}): Promise<LivePerson | undefined> {
    const [row] = await this.database.query<Row>(
      `select s.session_id, s.user_id, u.name, u.email, u.agent_id, s.last_seen_at, s.ends_at,
         array(select r.role from admin_api.user_role r where r.user_id = s.user_id order by r.role) as roles,
         array(select a.agent_id from admin_api.user_team t join admin_api.agent a on a.team_id = t.team_id where t.user_id = s.user_id) as team_agents
       from admin_api.session s join admin_api.app_user u on u.user_id = s.user_id
       where s.token_sha256 = $1 and ${inForce}`,
      [sha256(token), instantText(now - idleMs), instantText(now)],
    );
    if (!row) return undefined;
    if (touch && now - row.last_seen_at.getTime() > touchMs)
      await this.database.execute('update admin_api.session set last_seen_at = $2 where session_id = $1', [row.session_id, instantText(now)]);
    return {
      userId: row.user_id,
      name: row.name,
      email: row.email,
      roles: row.roles,
      sessionId: row.session_id,
      agentId: row.agent_id,
      teamAgents: row.team_agents,
      endsAt: row.ends_at.getTime(),
    };
  }

  /** Whether a session that was found before still is one; asking does not keep it awake. */
  async isInForce(sessionId: string, now: number): Promise<boolean> {
    const rows = await this.database.query(
      `select 1 from admin_api.session s join admin_api.app_user u on u.user_id = s.user_id where s.session_id = $1 and ${inForce}`,
      [sessionId, instantText(now - idleMs), instantText(now)],
    );
    return rows.length > 0;
  }

  /** Sessions in force of one user, the newest first. */
  async ofUser(userId: string, now: number): Promise<SessionEntry[]> {
    const rows = await this.database.query<{ session_id: string; created_at: Date; last_seen_at: Date; ends_at: Date; address: string; client: string }>(
      `select session_id, created_at, last_seen_at, ends_at, address, client from admin_api.session
       where user_id = $1 and revoked_at is null and last_seen_at > $2 and ends_at > $3 order by created_at desc`,
      [userId, instantText(now - idleMs), instantText(now)],
    );
    return rows.map((row) => ({
      id: row.session_id,
      createdAt: row.created_at.getTime(),
      lastSeenAt: row.last_seen_at.getTime(),
      endsAt: row.ends_at.getTime(),
      address: row.address,
      client: row.client,
    }));
  }

  /** Ends one session of a user; false when there is none in force with this id. */
  async revoke(tx: Transaction, userId: string, sessionId: string, now: number): Promise<boolean> {
    const ended = await tx.execute('update admin_api.session set revoked_at = $3 where session_id = $2 and user_id = $1 and revoked_at is null', [
      userId,
      sessionId,
      instantText(now),
    ]);
    return ended > 0;
  }

  /** Ends all sessions of a user, but for one; gives how many. */
  revokeAll(tx: Transaction, userId: string, now: number, butFor: string | null = null): Promise<number> {
    return tx.execute('update admin_api.session set revoked_at = $2 where user_id = $1 and revoked_at is null and ($3::uuid is null or session_id <> $3)', [
      userId,
      instantText(now),
      butFor,
    ]);
  }

  /** Ends the session of this token, whoever's it is. */
  async revokeToken(tx: Transaction, token: string, now: number): Promise<void> {
    await tx.execute('update admin_api.session set revoked_at = $2 where token_sha256 = $1 and revoked_at is null', [sha256(token), instantText(now)]);
  }
}
