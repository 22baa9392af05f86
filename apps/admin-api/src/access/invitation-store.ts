import { Injectable } from '@nestjs/common';
import type { Role } from '@throughline/contracts';
import { Database, instantText, type Transaction } from '@throughline/database';
import { sha256 } from './session-tokens';
import type { UserChoices } from './user-store';

export const invitationMs = 7 * 24 * 60 * 60_000;

export interface Invitation extends UserChoices {
  readonly id: string;
  readonly email: string;
  readonly invitedBy: string;
  readonly createdAt: number;
  readonly endsAt: number;
}

interface Row {
  readonly invitation_id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: Role[];
  readonly teams: string[];
  readonly agent_id: string | null;
  readonly invited_by: string;
  readonly created_at: Date;
  readonly ends_at: Date;
}

const columns = 'invitation_id, email, name, roles, teams, agent_id, invited_by, created_at, ends_at';
/** Neither accepted nor withdrawn nor over. */
const standing = 'accepted_at is null and withdrawn_at is null and ends_at > $1';

/** Invitations by a link that works once. The link is known by the hash of its token. */
@Injectable()
export class InvitationStore {
  constructor(private readonly database: Database) {}

  async standing(now: number): Promise<Invitation[]> {
    return (await this.database.query<Row>(`select ${columns} from admin_api.invitation where ${standing} order by created_at desc`, [instantText(now)])).map(
      invitationOf,
    );
  }

  /** The invitation behind a link, locked until the transaction ends. */
  async byToken(tx: Transaction, token: string, now: number): Promise<Invitation | undefined> {
    const [row] = await tx.query<Row>(`select ${columns} from admin_api.invitation where ${standing} and token_sha256 = $2 for update`, [
      instantText(now),
      sha256(token),
    ]);
    return row && invitationOf(row);
  }

  /** A new invitation takes the place of a former one to the same address. */
  async insert(tx: Transaction, invitation: Invitation, token: string): Promise<void> {
    const { id, email, name, roles, teams, agentId, invitedBy, createdAt, endsAt } = invitation;
    await tx.execute('update admin_api.invitation set withdrawn_at = $2 where email = $1 and accepted_at is null and withdrawn_at is null', [
      email,
      instantText(createdAt),
    ]);
    await tx.execute(
      `insert into admin_api.invitation (invitation_id, token_sha256, email, name, roles, teams, agent_id, invited_by, created_at, ends_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, sha256(token), email, name, [...roles], [...teams], agentId, invitedBy, instantText(createdAt), instantText(endsAt)],
    );
  }

  async accept(tx: Transaction, id: string, now: number): Promise<void> {
    await tx.execute('update admin_api.invitation set accepted_at = $2 where invitation_id = $1', [id, instantText(now)]);
  }

  async withdraw(tx: Transaction, id: string, now: number): Promise<boolean> {
    return (await tx.execute(`update admin_api.invitation set withdrawn_at = $1 where ${standing} and invitation_id = $2`, [instantText(now), id])) > 0;
  }
}

function invitationOf(row: Row): Invitation {
  return {
    id: row.invitation_id,
    email: row.email,
    name: row.name,
    roles: row.roles,
    teams: row.teams,
    agentId: row.agent_id,
    invitedBy: row.invited_by,
    createdAt: row.created_at.getTime(),
    endsAt: row.ends_at.getTime(),
  };
}
