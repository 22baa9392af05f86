import { Injectable } from '@nestjs/common';
import type { Permission } from '@throughline/contracts';
import { comparedPeriod, metricOf, periodOf, readRange, type AnyMetric, type ComparedPeriod, type Period } from '@throughline/domain-metrics';
import { Problem } from '@throughline/service';
import { agentsInScope, type Principal } from '../access/principal';
import type { AskedAnswer } from './metric-answers';
import { filtersOf, type OverviewQuery } from './metric-requests';
import { MetricStore } from './metric-store';
import { NewestFacts } from './newest-facts';
import type { RowChoice, RowFilters } from './row-conditions';

/** A question with everything resolved: tile, chart, breakdown, list and file of one question are made from the same. */
export interface MetricQuestion {
  readonly range: string;
  readonly period: Period;
  readonly compared: ComparedPeriod | null;
  readonly zone: string;
  readonly choice: RowChoice;
  /** What chosen agents, teams and segments are called, by dimension and id. */
  readonly names: AskedAnswer['names'];
  readonly asOf: number;
  /** Not the whole house: filters or the caller's own agents narrow it. */
  readonly isPart: boolean;
}

@Injectable()
export class MetricQuestions {
  constructor(
    private readonly newest: NewestFacts,
    private readonly store: MetricStore,
  ) {}

  /** What a query means for this caller now. `permission` decides whose rows are counted. */
  async resolve(query: OverviewQuery, who: Principal, permission: Permission, now: number): Promise<MetricQuestion> {
    const range = readRange(query.range, query.until ?? (await this.newest.usualLastDay(query.zone, now)));
    if (!range) throw new Problem(400, 'The request is not as it should be', '/range: is not a range of days');
    const period = periodOf(range, query.zone);
    const filters = filtersOf(query);
    const agents = agentsInScope(who, permission);
    return {
      range: query.range,
      period,
      compared: comparedPeriod(period, query.compare, query.zone),
      zone: query.zone,
      choice: { filters, agents },
      names: await this.namesOf(filters, agents),
      asOf: now,
      isPart: agents !== null || Object.keys(filters).length > 0,
    };
  }

  /** A caller who sees some agents only learns the names of these. */
  private async namesOf(filters: RowFilters, agents: readonly string[] | null): Promise<AskedAnswer['names']> {
    const chosen = named.flatMap((dimension) => {
      const ids = filters[dimension]?.filter((id) => id !== null);
      return ids ? [{ dimension, ids }] : [];
    });
    const entries = chosen.map(async ({ dimension, ids }) => {
      const open = dimension === 'agent' && agents !== null ? ids.filter((id) => agents.includes(id)) : ids;
      const names = await this.store.namesOf(dimension, open);
      return [dimension, Object.fromEntries(ids.map((id) => [id, names.get(id) ?? id]))] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }
}

/** Dimensions whose values are ids. */
const named = ['agent', 'team', 'segment'] as const;

export function askedAnswer({ range, period, compared, zone, choice, names, asOf }: MetricQuestion): AskedAnswer {
  return {
    range,
    period,
    compared,
    zone,
    filters: Object.fromEntries(Object.entries(choice.filters).map(([dimension, values]) => [dimension, [...values]])),
    names,
    agents: choice.agents?.length ?? null,
    asOf,
  };
}

/** The metric of an id in a path; 404 where there is none. */
export function knownMetric(id: string): AnyMetric {
  const metric = metricOf(id);
  if (!metric) throw new Problem(404, 'There is no metric with this id', 'GET /v1/metrics lists them.');
  return metric;
}
