import type { AnyMetric, Dimension } from '@throughline/domain-metrics';
import { factSources, type FactKind } from './fact-columns';
import type { SqlParameters } from './sql-parameters';

/** By which rows are chosen. Null in a list means: the rows that do not know. Within one dimension any, across dimensions all. */
export type RowFilters = Readonly<Partial<Record<Dimension, readonly (string | null)[]>>>;

/** The one question that tile, chart, breakdown, list and file answer. */
export interface RowChoice {
  readonly filters: RowFilters;
  /** The agents whose rows the caller may count; null for all. */
  readonly agents: readonly string[] | null;
}

/** Why this metric cannot be asked so, in words; nothing when it can. */
export function refusalOf(metric: AnyMetric, { filters, agents }: RowChoice, by?: Dimension): string | undefined {
  const narrowed = (Object.keys(filters) as Dimension[]).find((dimension) => metric.notBy.includes(dimension));
  if (narrowed !== undefined) return `Its rows do not know the ${narrowed}: take that filter away to see it.`;
  if (by !== undefined && metric.notBy.includes(by)) return `Its rows do not know the ${by}.`;
  return agents !== null && metric.notBy.includes('agent') ? 'You see the rows of your agents, and its rows do not know the agent.' : undefined;
}

const membership: Readonly<Record<'team' | 'segment', string>> = {
  team: 'select 1 from admin_api.agent a where a.agent_id = f.agent and a.team_id::text',
  segment: 'select 1 from scoring.read_segment_member m where m.customer_id = f.customer_id and m.until is null and m.segment_id::text',
};

/** The conditions on the rows of this kind, `f` being the row. Names come from tables of this file, values are bound. */
export function conditionsOf(kind: FactKind, { filters, agents }: RowChoice, parameters: SqlParameters): string[] {
  const { columns } = factSources[kind];
  const conditions = (Object.entries(filters) as [Dimension, readonly (string | null)[]][]).map(([dimension, chosen]) => {
    const list = parameters.add(
      chosen.filter((value) => value !== null),
      'text[]',
    );
    const orUnknown = chosen.includes(null);
    if (dimension === 'team' || dimension === 'segment') {
      const isMember = `exists (${membership[dimension]} = any(${list}))`;
      return orUnknown ? `(${isMember} or not exists (${membership[dimension]} is not null))` : isMember;
    }
    const column = columns[dimension];
    if (column === undefined) throw new Error(`Rows of kind ${kind} do not know the ${dimension}.`);
    return orUnknown ? `(f.${column} = any(${list}) or f.${column} is null)` : `f.${column} = any(${list})`;
  });
  if (agents !== null) conditions.push(`f.agent = any(${parameters.add(agents, 'text[]')})`);
  return conditions;
}

/** What a row is cut by: an expression, and what must be joined for it. `f` is the row. */
export function sliceOf(kind: AnyMetric['row'], by: Dimension): { readonly expression: string; readonly join: string } {
  if (by === 'team') return { expression: 'slice.team_id::text', join: 'left join admin_api.agent slice on slice.agent_id = f.agent' };
  if (by === 'segment')
    return {
      expression: 'slice.segment_id::text',
      join: 'join scoring.read_segment_member slice on slice.customer_id = f.customer_id and slice.until is null',
    };
  const column = factSources[kind].columns[by];
  if (column === undefined) throw new Error(`Rows of kind ${kind} do not know the ${by}.`);
  return { expression: `f.${column}`, join: '' };
}
