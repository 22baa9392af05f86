import { Injectable } from '@nestjs/common';
import type { CanonicalEvent } from '@throughline/contracts';
import { Database } from '@throughline/database';
import type { Moments, NodeSums } from '@throughline/domain-metrics';
import {
  nodesStatement,
  optOutCountsStatement,
  optOutsStatement,
  type NodeRow,
  type OptOutRow,
  type OptOutsAsking,
  type VisitsAsking,
} from './menu-statements';

/** Reads visits of menus: what they add up to, and single opt-outs with their events. */
@Injectable()
export class MenuReader {
  constructor(private readonly database: Database) {}

  async nodes(asking: VisitsAsking): Promise<NodeSums[]> {
    const { text, values } = nodesStatement(asking);
    return (await this.database.query<NodeRow>(text, values)).map(sumsOf);
  }

  async optOutCounts(asking: OptOutsAsking): Promise<{ calls: number; total: number }> {
    const { text, values } = optOutCountsStatement(asking);
    const [row] = await this.database.query<{ calls: number; total: number }>(text, values);
    return row!;
  }

  async optOuts(asking: OptOutsAsking, limit: number, offset: number): Promise<OptOutRow[]> {
    const { text, values } = optOutsStatement(asking, limit, offset);
    return this.database.query<OptOutRow>(text, values);
  }

  /** Those of the events that are still there, by their ids. */
  async events(ids: readonly string[]): Promise<ReadonlyMap<string, CanonicalEvent>> {
    const rows = await this.database.query<{ body: CanonicalEvent }>('select body from ingestion.read_event where event_id = any($1::uuid[])', [ids]);
    return new Map(rows.map(({ body }) => [body.id, body]));
  }

  async agentNames(agents: readonly string[]): Promise<Record<string, string>> {
    const rows = await this.database.query<{ id: string; name: string }>(
      'select agent_id as id, name from admin_api.read_agent where agent_id = any($1::text[])',
      [agents],
    );
    return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
  }
}

const sumsOf = ({ node, visits, again, invalid_inputs, ended, dwell_ms, reach, first, opt_out, reasons }: NodeRow): NodeSums => ({
  ...{ node, visits, again, ended },
  invalidInputs: invalid_inputs,
  medianDwellMs: dwell_ms,
  reach: momentsFrom(reach),
  firstChoice: momentsFrom(first),
  optOut: momentsFrom(opt_out),
  reasons: reasons ?? {},
});

function momentsFrom([n = 0, sum = 0, customers = 0, sumSquared = 0, sumTimesRows = 0, rowsSquared = 0]: readonly number[]): Moments {
  return { n, sum, customers, sumSquared, sumTimesRows, rowsSquared };
}
