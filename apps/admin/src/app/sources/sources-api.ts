import { inject, Injectable } from '@angular/core';
import { ApiClient } from '../../api/api-client';
import type { AnswerOf, BodyOf } from '../../api/api-types';

export type SourcesAnswer = AnswerOf<'/v1/sources', 'get'>;
export type Source = SourcesAnswer['sources'][number];
export type Stage = SourcesAnswer['pipeline'][number];
export type EventsAnswer = AnswerOf<'/v1/sources/events', 'get'>;
export type ArrivedEvent = EventsAnswer['events'][number];
export type EventDetail = AnswerOf<'/v1/sources/events/{id}', 'get'>;
export type KeptGroup = AnswerOf<'/v1/sources/quarantine', 'get'>['groups'][number];
export type KeptItems = AnswerOf<'/v1/sources/quarantine/items', 'get'>;
export type KeptItem = KeptItems['items'][number];
export type KeptRecord = AnswerOf<'/v1/sources/quarantine/items/{id}', 'get'>;
export type ReplayAnswer = AnswerOf<'/v1/sources/quarantine/replay', 'post'>;
export type ReplayBody = BodyOf<'/v1/sources/quarantine/replay', 'post'>;

export interface EventFilter {
  readonly source: string;
  readonly type: string;
  readonly customer: string;
}

/** Sources, events and quarantine over HTTP. */
@Injectable()
export class SourcesApi {
  private readonly api = inject(ApiClient);

  sources(signal: AbortSignal): Promise<SourcesAnswer> {
    return this.api.get('/v1/sources', { signal });
  }

  events({ source, type, customer }: EventFilter, cursor: string | undefined, signal: AbortSignal): Promise<EventsAnswer> {
    const query = { source: source || undefined, type: type || undefined, customer: customer || undefined, cursor, limit: cursor === undefined ? 50 : 500 };
    return this.api.get('/v1/sources/events', { query, signal });
  }

  /** What arrived before this event, the newest of it. */
  before(id: string, { source, type, customer }: EventFilter, signal: AbortSignal): Promise<EventsAnswer> {
    const query = { source: source || undefined, type: type || undefined, customer: customer || undefined, before: id, limit: 500 };
    return this.api.get('/v1/sources/events', { query, signal });
  }

  event(id: string, signal: AbortSignal): Promise<EventDetail> {
    return this.api.get('/v1/sources/events/{id}', { params: { id }, signal });
  }

  async groups(signal: AbortSignal): Promise<readonly KeptGroup[]> {
    return (await this.api.get('/v1/sources/quarantine', { signal })).groups;
  }

  items({ source, reason }: Pick<KeptGroup, 'source' | 'reason'>, cursor: string | undefined, limit: number): Promise<KeptItems> {
    return this.api.get('/v1/sources/quarantine/items', { query: { source, reason, cursor, limit } });
  }

  record(id: string, signal: AbortSignal): Promise<KeptRecord> {
    return this.api.get('/v1/sources/quarantine/items/{id}', { params: { id }, signal });
  }

  replay(body: ReplayBody): Promise<ReplayAnswer> {
    return this.api.post('/v1/sources/quarantine/replay', { body });
  }
}
