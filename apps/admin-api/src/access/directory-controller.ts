import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { Database } from '@throughline/database';
import { Problem } from '@throughline/service';
import { readRequest } from '../read-request';
import { agentsBody, teamsBody } from './access-requests';
import { AuditTrail } from './audit-trail';
import { DirectoryStore, type Agent, type Team } from './directory-store';
import { Needs } from './needs';
import type { Principal } from './principal';
import { Who } from './who';

/** Teams and agents by name. Everybody who has signed in reads them, since every filter lists them; an admin sets them. */
@Controller('v1')
export class DirectoryController {
  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryStore,
    private readonly audit: AuditTrail,
  ) {}

  @Get('teams')
  @Needs('directory.read')
  async teams(): Promise<{ teams: (Team & { agents: number })[] }> {
    return { teams: await this.directory.teams() };
  }

  @Get('agents')
  @Needs('directory.read')
  async agents(): Promise<{ agents: Agent[] }> {
    return { agents: await this.directory.agents() };
  }

  @Put('teams')
  @Needs('team.edit')
  async putTeams(@Who() who: Principal, @Body() body: unknown): Promise<{ teams: (Team & { agents: number })[] }> {
    const { teams } = readRequest(teamsBody, body);
    refuseTwins(teams.map(({ id }) => id));
    refuseTwins(teams.map(({ name }) => name));
    await this.database.inTransaction(async (tx) => {
      await this.audit.lock(tx);
      const { removed } = await this.directory.putTeams(tx, teams);
      await this.audit.record(tx, who, { action: 'team.put', target: 'team:all', details: { after: teams, removed } });
    });
    return { teams: await this.directory.teams() };
  }

  @Put('agents')
  @Needs('team.edit')
  async putAgents(@Who() who: Principal, @Body() body: unknown): Promise<{ put: number }> {
    const { agents } = readRequest(agentsBody, body);
    refuseTwins(agents.map(({ id }) => id));
    await this.database.inTransaction(async (tx) => {
      await this.audit.lock(tx);
      const unknown = await this.directory.teamsThatAreNot(
        tx,
        agents.flatMap(({ teamId }) => teamId ?? []),
      );
      if (unknown.length > 0) throw new Problem(409, 'That is not possible', `There is no team ${unknown[0]}.`);
      await this.directory.putAgents(tx, agents);
      await this.audit.record(tx, who, { action: 'agent.put', target: 'agent:several', details: { after: agents.map(({ id, teamId }) => [id, teamId]) } });
    });
    return { put: agents.length };
  }

  @Delete('agents/:id')
  @HttpCode(204)
  @Needs('team.edit')
  async removeAgent(@Who() who: Principal, @Param('id') id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      if (!(await this.directory.removeAgent(tx, id))) throw new Problem(404, 'There is no such agent');
      await this.audit.record(tx, who, { action: 'agent.removed', target: `agent:${id}` });
    });
  }
}

function refuseTwins(values: readonly string[]): void {
  const twin = values.find((value, index) => values.indexOf(value) !== index);
  if (twin !== undefined) throw new Problem(400, 'The request is not as it should be', `${twin} stands there twice.`);
}
