import { computed, inject, Injectable, signal } from '@angular/core';
import type { Permission } from '@throughline/contracts';
import { ApiClient } from '../../api/api-client';
import { ApiProblem } from '../../api/api-problem';
import { SessionApi, type SignedIn } from './session-api';

/** The person at the screen. `can` decides what is shown; the server decides what is done. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly api = inject(SessionApi);
  private readonly client = inject(ApiClient);
  private readonly now = signal<SignedIn | undefined>(undefined);
  private restoring: Promise<boolean> | undefined;
  private renewing: { readonly done: Promise<boolean>; readonly settle: (renewed: boolean) => void } | undefined;

  readonly user = computed(() => this.now()?.user);
  /** True while calls wait for the person to sign in again. */
  readonly ended = signal(false);

  constructor() {
    this.client.renew = () => this.renew();
  }

  can(...anyOf: readonly Permission[]): boolean {
    const held = this.now()?.permissions ?? [];
    return anyOf.some((permission) => held.includes(permission));
  }

  /** Whether somebody is signed in; asks the server once. A server that is away is an error, not a "no". */
  restore(): Promise<boolean> {
    if (this.now()) return Promise.resolve(true);
    this.restoring ??= this.ask().finally(() => (this.restoring = undefined));
    return this.restoring;
  }

  /** Throws `ApiProblem` when the server refuses. */
  async signIn(email: string, password: string): Promise<void> {
    const before = this.now();
    const after = await this.api.signIn(email, password);
    // What is on the screen was another person's.
    if (before && before.user.id !== after.user.id) return location.assign('/');
    this.take(after);
    this.ended.set(false);
    this.renewing?.settle(true);
    this.renewing = undefined;
  }

  /** Somebody has become a user, and is signed in with it. */
  async join(joining: Promise<SignedIn>): Promise<void> {
    this.take(await joining);
  }

  async signOut(): Promise<void> {
    await this.api.signOut();
    // A fresh page: nothing that this person has seen stays in memory.
    location.assign('/sign-in');
  }

  private async ask(): Promise<boolean> {
    try {
      this.take(await this.api.current());
      return true;
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return false;
      throw error;
    }
  }

  private take(signedIn: SignedIn): void {
    this.client.csrf = signedIn.csrf;
    this.now.set(signedIn);
  }

  private renew(): Promise<boolean> {
    if (!this.now()) return Promise.resolve(false);
    if (!this.renewing) {
      let settle: (renewed: boolean) => void = () => undefined;
      const done = new Promise<boolean>((resolve) => (settle = resolve));
      this.renewing = { done, settle };
      this.ended.set(true);
    }
    return this.renewing.done;
  }
}
