import { inject, Injectable } from '@angular/core';
import { ApiClient } from '../../api/api-client';
import type { AnswerOf, BodyOf } from '../../api/api-types';

export type MaturityAnswer = AnswerOf<'/v1/maturity', 'get'>;
export type Cell = MaturityAnswer['cells'][number];
export type JudgedCriterion = Cell['criteria'][number];
export type Dimension = Cell['dimension'];
export type Level = Cell['level'];
/** Criteria that people attest, by id. */
export type Attested = BodyOf<'/v1/maturity/attestations', 'post'>['criterion'];
export type Snapshot = AnswerOf<'/v1/maturity/snapshots', 'get'>['snapshots'][number];

/** Maturity over HTTP. */
@Injectable()
export class MaturityApi {
  private readonly api = inject(ApiClient);

  read(signal: AbortSignal): Promise<MaturityAnswer> {
    return this.api.get('/v1/maturity', { signal });
  }

  async snapshots(signal: AbortSignal): Promise<readonly Snapshot[]> {
    return (await this.api.get('/v1/maturity/snapshots', { signal })).snapshots;
  }

  async attest(body: BodyOf<'/v1/maturity/attestations', 'post'>): Promise<void> {
    await this.api.post('/v1/maturity/attestations', { body });
  }

  async aim(body: BodyOf<'/v1/maturity/aims', 'post'>): Promise<void> {
    await this.api.post('/v1/maturity/aims', { body });
  }

  async keep(): Promise<void> {
    await this.api.post('/v1/maturity/snapshots', {});
  }
}
