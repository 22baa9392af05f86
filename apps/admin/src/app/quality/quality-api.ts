import { inject, Injectable } from '@angular/core';
import { ApiClient } from '../../api/api-client';
import type { AnswerOf, BodyOf } from '../../api/api-types';

export type QueueAnswer = AnswerOf<'/v1/quality/queue', 'get'>;
export type ReviewRow = QueueAnswer['reviews'][number];
export type Review = AnswerOf<'/v1/quality/reviews/{anchor}', 'get'>;
export type Deed = BodyOf<'/v1/quality/reviews/{anchor}', 'post'>['deed'];
export type GapAnswer = AnswerOf<'/v1/quality/gap', 'get'>;

/** The review queue over HTTP. */
@Injectable()
export class QualityApi {
  private readonly api = inject(ApiClient);

  queue(state: string, reason: string): Promise<QueueAnswer> {
    return this.api.get('/v1/quality/queue', { query: { state, reason: reason === '' ? undefined : reason } });
  }

  review(anchor: string): Promise<Review> {
    return this.api.get('/v1/quality/reviews/{anchor}', { params: { anchor } });
  }

  act(anchor: string, version: number, deed: Deed): Promise<AnswerOf<'/v1/quality/reviews/{anchor}', 'post'>> {
    return this.api.post('/v1/quality/reviews/{anchor}', { params: { anchor }, body: { version, deed } });
  }

  gap(): Promise<GapAnswer> {
    return this.api.get('/v1/quality/gap', { query: { days: 90 } });
  }
}
