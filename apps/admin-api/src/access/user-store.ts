import { Injectable } from '@nestjs/common';
import type { Role } from '@throughline/contracts';
import { Database, instantText, type Transaction } from '@throughline/database';

/** What an admin sets of a user. */
export interface UserChoices {
  readonly name: string;
  readonly roles: readonly Role[];
  /** Teams that the user leads or is assigned to. */
  readonly teams: readonly string[];
  /** The agent that the user is, as events name them. */
  readonly agentId: string | null;
}

export interface UserEntry extends UserChoices {
  readonly id: string;
  readonly email: string;
  readonly createdAt: number;
  readonly disabledAt: number | null;
  /** When the user was last seen in any session. */
  readonly lastSeenAt: number | null;
}

interface Row {
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly agent_id: string | null;
  readonly created_at: Date;
  readonly disabled_at: Date | null;
  readonly last_seen_at: Date | null;
  readonly roles: Role[];
  readonly teams: string[];
}

type Reads = Pick<Transaction, 'query'>;

const entries = `select u.user_id, u.email, u.name, u.agent_id, u.created_at, u.disabled_at,
    (select max(s.last_seen_at) from admin_api.session s where s.user_id = u.user_id) as last_seen_at,
    array(select r.role from admin_api.user_role r where r.user_id = u.user_id order by r.role) as roles,
    array(select t.team_id from admin_api.user_team t where t.user_id = u.user_id order by t.team_id) as teams
  from admin_api.app_user u`;

@Injectable()
export class UserStore {
  constructor(private readonly database: Database) {}

  async all(): Promise<UserEntry[]> {
    return (await this.database.query<Row>(`${entries} order by u.name, u.user_id`)).map(entryOf);
  }

  async byId(reads: Reads, userId: string): Promise<UserEntry | undefined> {
    const [row] = await reads.query<Row>(`${entries} where u.user_id = $1`, [userId]);
    return row && entryOf(row);
  }

  async anybody(reads: Reads = this.database): Promise<boolean> {
    const [row] = await reads.query<{ there: boolean }>('select exists (select from admin_api.app_user) as there');
    return row?.there ?? false;
  }

  async hasEmail(reads: Reads, email: string): Promise<boolean> {
    const [row] = await reads.query<{ there: boolean }>('select exists (select from admin_api.app_user where email = $1) as there', [email]);
    return row?.there ?? false;
  }

  /** What signing in needs to know. A disabled user is there without a password. */
  async credentials(email: string): Promise<{ readonly id: string; readonly name: string; readonly passwordHash: string | null } | undefined> {
    const [row] = await this.database.query<{ user_id: string; name: string; password_hash: string | null }>(
      'select user_id, name, case when disabled_at is null then password_hash end as password_hash from admin_api.app_user where email = $1',
      [email],
    );
    return row && { id: row.user_id, name: row.name, passwordHash: row.password_hash };
  }

  async passwordHash(userId: string): Promise<string | null> {
    const [row] = await this.database.query<{ password_hash: string }>('select password_hash from admin_api.app_user where user_id = $1', [userId]);
    return row?.password_hash ?? null;
  }

  async insert(
    tx: Transaction,
    user: UserChoices & { readonly id: string; readonly email: string; readonly passwordHash: string },
    now: number,
  ): Promise<void> {
    await tx.execute('insert into admin_api.app_user (user_id, email, name, password_hash, agent_id, created_at) values ($1, $2, $3, $4, $5, $6)', [
      user.id,
      user.email,
      user.name,
      user.passwordHash,
      user.agentId,
      instantText(now),
    ]);
    await this.setMemberships(tx, user.id, user);
  }

  async update(tx: Transaction, userId: string, choices: UserChoices): Promise<void> {
    await tx.execute('update admin_api.app_user set name = $2, agent_id = $3 where user_id = $1', [userId, choices.name, choices.agentId]);
    await this.setMemberships(tx, userId, choices);
  }

  async setPassword(tx: Transaction, userId: string, passwordHash: string): Promise<void> {
    await tx.execute('update admin_api.app_user set password_hash = $2 where user_id = $1', [userId, passwordHash]);
  }

  async setDisabled(tx: Transaction, userId: string, disabledAt: number | null): Promise<void> {
    await tx.execute('update admin_api.app_user set disabled_at = $2 where user_id = $1', [userId, disabledAt === null ? null : instantText(disabledAt)]);
  }

  /** Whether somebody else could still do an admin's work. */
  async otherAdmins(tx: Transaction, userId: string): Promise<boolean> {
    const [row] = await tx.query<{ there: boolean }>(
      `select exists (select from admin_api.user_role r join admin_api.app_user u on u.user_id = r.user_id
       where r.role = 'admin' and u.disabled_at is null and u.user_id <> $1) as there`,
      [userId],
    );
    return row?.there ?? false;
  }

  private async setMemberships(tx: Transaction, userId: string, { roles, teams }: UserChoices): Promise<void> {
    await tx.execute('delete from admin_api.user_role where user_id = $1', [userId]);
    await tx.execute('insert into admin_api.user_role (user_id, role) select $1, role from unnest($2::text[]) as role', [userId, [...new Set(roles)].sort()]);
    await tx.execute('delete from admin_api.user_team where user_id = $1', [userId]);
    // A team that was removed meanwhile is left out.
    await tx.execute('insert into admin_api.user_team (user_id, team_id) select $1, t.team_id from admin_api.team t where t.team_id = any($2::uuid[])', [
      userId,
      [...teams],
    ]);
  }
}

function entryOf(row: Row): UserEntry {
  return {
    id: row.user_id,
    email: row.email,
    name: row.name,
    agentId: row.agent_id,
    roles: row.roles,
    teams: row.teams,
    createdAt: row.created_at.getTime(),
    disabledAt: row.disabled_at?.getTime() ?? null,
    lastSeenAt: row.last_seen_at?.getTime() ?? null,
  };
}
