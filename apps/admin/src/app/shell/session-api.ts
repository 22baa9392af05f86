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

  async signOut(): Promise<void> {
    await this.api.delete('/v1/session');
  }
}
