import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@throughline/database';

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly site: string | null;
}

/** An agent as events name them (`id`), with what people call them and where they belong. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly teamId: string | null;
  readonly site: string | null;
}

/** Teams and agents: who stands behind the agent ids of events. */
@Injectable()
export class DirectoryStore {
  constructor(private readonly database: Database) {}

  async teams(): Promise<(Team & { readonly agents: number })[]> {
    return this.database.query(
      `select t.team_id as id, t.name, t.site, (select count(*)::integer from admin_api.agent a where a.team_id = t.team_id) as agents
       from admin_api.team t order by t.name`,
    );
  }

  async agents(): Promise<Agent[]> {
    return this.database.query('select agent_id as id, name, team_id as "teamId", site from admin_api.agent order by name, agent_id');
  }

  /** Puts these teams in place of all: one that is left out is gone, its agents and leaders have it no more. */
  async putTeams(tx: Transaction, teams: readonly Team[]): Promise<{ removed: number }> {
    const ids = teams.map(({ id }) => id);
    await tx.execute('update admin_api.agent set team_id = null where team_id <> all($1::uuid[])', [ids]);
    await tx.execute('delete from admin_api.user_team where team_id <> all($1::uuid[])', [ids]);
    const removed = await tx.execute('delete from admin_api.team where team_id <> all($1::uuid[])', [ids]);
    // Two teams may change names with each other: none has its old one while the new ones are written.
    await tx.execute('update admin_api.team set name = team_id::text where team_id = any($1::uuid[])', [ids]);
    await tx.execute(
      `insert into admin_api.team (team_id, name, site) select * from unnest($1::uuid[], $2::text[], $3::text[])
       on conflict (team_id) do update set name = excluded.name, site = excluded.site`,
      [ids, teams.map(({ name }) => name), teams.map(({ site }) => site)],
    );
    return { removed };
  }

  async teamsThatAreNot(tx: Transaction, ids: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      'select distinct wanted.id from unnest($1::uuid[]) as wanted (id) where not exists (select from admin_api.team t where t.team_id = wanted.id)',
      [[...ids]],
    );
    return rows.map(({ id }) => id);
  }

  /** Adds these agents or changes what is known of them; the others stay. */
  async putAgents(tx: Transaction, agents: readonly Agent[]): Promise<void> {
    await tx.execute(
      `insert into admin_api.agent (agent_id, name, team_id, site) select * from unnest($1::text[], $2::text[], $3::uuid[], $4::text[])
       on conflict (agent_id) do update set name = excluded.name, team_id = excluded.team_id, site = excluded.site`,
      [agents.map(({ id }) => id), agents.map(({ name }) => name), agents.map(({ teamId }) => teamId), agents.map(({ site }) => site)],
    );
  }

  async removeAgent(tx: Transaction, id: string): Promise<boolean> {
    return (await tx.execute('delete from admin_api.agent where agent_id = $1', [id])) > 0;
  }
}
