import { inject, Injectable } from '@angular/core';
import { ApiClient } from '../../api/api-client';
import type { AnswerOf, BodyOf } from '../../api/api-types';

export type Results = AnswerOf<'/v1/surveys/results', 'get'>;
export type Comments = AnswerOf<'/v1/surveys/comments', 'get'>;
export type SettingsAnswer = AnswerOf<'/v1/surveys/settings', 'get'>;
export type Settings = SettingsAnswer['settings'];
export type CasesAnswer = AnswerOf<'/v1/cases', 'get'>;
export type RecoveryCase = CasesAnswer['cases'][number];
export type CaseStep = BodyOf<'/v1/cases/{anchor}/steps', 'post'>;

/** Surveys and recovery cases over HTTP. */
@Injectable()
export class SurveysApi {
  private readonly api = inject(ApiClient);

  results(days: number): Promise<Results> {
    return this.api.get('/v1/surveys/results', { query: { days } });
  }

  comments(days: number): Promise<Comments> {
    return this.api.get('/v1/surveys/comments', { query: { days } });
  }

  settings(): Promise<SettingsAnswer> {
    return this.api.get('/v1/surveys/settings');
  }

  set(version: number, settings: Settings): Promise<SettingsAnswer> {
    return this.api.put('/v1/surveys/settings', { body: { version, settings } });
  }

  cases(state: string): Promise<CasesAnswer> {
    return this.api.get('/v1/cases', { query: { state } });
  }

  step(anchor: string, step: CaseStep): Promise<AnswerOf<'/v1/cases/{anchor}/steps', 'post'>> {
    return this.api.post('/v1/cases/{anchor}/steps', { params: { anchor }, body: step });
  }
}
