import { inject, Injectable } from '@angular/core';
import { ApiClient } from '../../api/api-client';
import type { AnswerOf, BodyOf } from '../../api/api-types';
import type { Agent, SessionEntry, Team, User } from '../../api/schema';

export type UsersAnswer = AnswerOf<'/v1/users', 'get'>;
export type KeysAnswer = AnswerOf<'/v1/keys', 'get'>;
export type AuditAnswer = AnswerOf<'/v1/audit', 'get'>;
export type ChainAnswer = AnswerOf<'/v1/audit/verify', 'get'>;
export type NewInvitation = BodyOf<'/v1/invitations', 'post'>;
export type UserChoices = BodyOf<'/v1/users/{id}', 'put'>;
export type NewKey = AnswerOf<'/v1/keys', 'post'>;

/** Users, write keys and the audit over HTTP. */
@Injectable()
export class AdministrationApi {
  private readonly api = inject(ApiClient);

  users(): Promise<UsersAnswer> {
    return this.api.get('/v1/users');
  }

  async teams(): Promise<readonly Team[]> {
    return (await this.api.get('/v1/teams')).teams;
  }

  async agents(): Promise<readonly Agent[]> {
    return (await this.api.get('/v1/agents')).agents;
  }

  invite(body: NewInvitation): Promise<AnswerOf<'/v1/invitations', 'post'>> {
    return this.api.post('/v1/invitations', { body });
  }

  async withdraw(id: string): Promise<void> {
    await this.api.delete('/v1/invitations/{id}', { params: { id } });
  }

  change(id: string, body: UserChoices): Promise<User> {
    return this.api.put('/v1/users/{id}', { params: { id }, body });
  }

  disable(id: string): Promise<User> {
    return this.api.post('/v1/users/{id}/disable', { params: { id } });
  }

  enable(id: string): Promise<User> {
    return this.api.post('/v1/users/{id}/enable', { params: { id } });
  }

  async sessions(id: string): Promise<readonly SessionEntry[]> {
    return (await this.api.get('/v1/users/{id}/sessions', { params: { id } })).sessions;
  }

  async endSession(id: string, session: string): Promise<void> {
    await this.api.delete('/v1/users/{id}/sessions/{session}', { params: { id, session } });
  }

  async endSessions(id: string): Promise<number> {
    return (await this.api.delete('/v1/users/{id}/sessions', { params: { id } })).ended;
  }

  keys(): Promise<KeysAnswer> {
    return this.api.get('/v1/keys');
  }

  makeKey(source: string, label: string): Promise<NewKey> {
    return this.api.post('/v1/keys', { body: { source, ...(label !== '' && { label }) } });
  }

  rotateKey(id: string, overlapHours: number): Promise<NewKey> {
    return this.api.post('/v1/keys/{id}/rotate', { params: { id }, body: { overlapHours } });
  }

  async endKey(id: string): Promise<void> {
    await this.api.delete('/v1/keys/{id}', { params: { id } });
  }

  audit(action: string, before: number | undefined): Promise<AuditAnswer> {
    return this.api.get('/v1/audit', { query: { limit: 50, action: action === '' ? undefined : action, before } });
  }

  auditFile(action: string): string {
    return this.api.url('/v1/audit.csv', { query: { action: action === '' ? undefined : action } });
  }

  verify(): Promise<ChainAnswer> {
    return this.api.get('/v1/audit/verify');
  }
}
