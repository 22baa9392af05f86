import { inject, Injectable } from '@angular/core';
import { ApiClient } from '../../api/api-client';
import type { Session as SignedIn } from '../../api/schema';

/** Who has signed in, and what they may. */
export type { SignedIn };

@Injectable({ providedIn: 'root' })
export class SessionApi {
  private readonly api = inject(ApiClient);

  current(): Promise<SignedIn> {
    return this.api.get('/v1/session');
  }

  signIn(email: string, password: string): Promise<SignedIn> {
    return this.api.post('/v1/session', { body: { email, password } });
  }

  lookAtInvitation(token: string): Promise<{ readonly email: string; readonly name: string }> {
    return this.api.post('/v1/invitations/look', { body: { token } });
  }

  accept(body: { readonly token: string; readonly name: string; readonly password: string }): Promise<SignedIn> {
    return this.api.post('/v1/invitations/accept', { body });
  }

  makeFirstAdmin(body: { readonly token: string; readonly email: string; readonly name: string; readonly password: string }): Promise<SignedIn> {
    return this.api.post('/v1/first-admin', { body });
  }

  async signOut(): Promise<void> {
    await this.api.delete('/v1/session');
  }
}
