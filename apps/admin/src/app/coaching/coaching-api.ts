import { inject, Injectable } from '@angular/core';
import { ApiClient } from '../../api/api-client';
import type { AnswerOf, BodyOf } from '../../api/api-types';

export type OpportunitiesAnswer = AnswerOf<'/v1/coaching/opportunities', 'get'>;
export type Opportunity = OpportunitiesAnswer['opportunities'][number];
export type MetricReading = OpportunitiesAnswer['metrics'][number];
export type MetricId = Opportunity['metric'];
export type EvidenceContact = AnswerOf<'/v1/coaching/agents/{agent}/contacts', 'get'>['contacts'][number];
export type PlansAnswer = AnswerOf<'/v1/coaching/plans', 'get'>;
export type PlanRow = PlansAnswer['plans'][number];
export type Plan = AnswerOf<'/v1/coaching/plans/{id}', 'get'>;
export type PlanEvidence = Plan['evidence'][number];
export type Effect = AnswerOf<'/v1/coaching/plans/{id}/effect', 'get'>;
export type Draft = BodyOf<'/v1/coaching/plans', 'post'>;
export type Deed = BodyOf<'/v1/coaching/plans/{id}/steps', 'post'>['deed'];

/** Coaching over HTTP. */
@Injectable()
export class CoachingApi {
  private readonly api = inject(ApiClient);

  opportunities(days: number, signal: AbortSignal): Promise<OpportunitiesAnswer> {
    return this.api.get('/v1/coaching/opportunities', { query: { days }, signal });
  }

  async contacts(agent: string, metric: MetricId, days: number, signal: AbortSignal): Promise<readonly EvidenceContact[]> {
    return (await this.api.get('/v1/coaching/agents/{agent}/contacts', { params: { agent }, query: { metric, days }, signal })).contacts;
  }

  plans(signal: AbortSignal): Promise<PlansAnswer> {
    return this.api.get('/v1/coaching/plans', { signal });
  }

  plan(id: string, signal: AbortSignal): Promise<Plan> {
    return this.api.get('/v1/coaching/plans/{id}', { params: { id }, signal });
  }

  effect(id: string, signal: AbortSignal): Promise<Effect> {
    return this.api.get('/v1/coaching/plans/{id}/effect', { params: { id }, signal });
  }

  async draft(body: Draft): Promise<string> {
    return (await this.api.post('/v1/coaching/plans', { body })).planId;
  }

  async step(id: string, after: number, deed: Deed): Promise<number> {
    return (await this.api.post('/v1/coaching/plans/{id}/steps', { params: { id }, body: { after, deed } })).steps;
  }
}
