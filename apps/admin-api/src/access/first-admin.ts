import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Log, SETTINGS } from '@throughline/service';
import { timingSafeEqual } from 'node:crypto';
import type { AdminApiSettings } from '../settings';
import { newToken, sha256 } from './session-tokens';
import { UserStore } from './user-store';

/** The one-time token that makes the first admin: of the settings, or made at start and said in the log. It opens nothing once there is a user. */
@Injectable()
export class FirstAdmin implements OnModuleInit {
  private readonly made: string | undefined;
  private readonly hash: Buffer;

  constructor(
    private readonly users: UserStore,
    private readonly log: Log,
    @Inject(SETTINGS) settings: Pick<AdminApiSettings, 'FIRST_ADMIN_TOKEN_HASH'>,
  ) {
    this.made = settings.FIRST_ADMIN_TOKEN_HASH === undefined ? newToken() : undefined;
    this.hash = this.made === undefined ? Buffer.from(settings.FIRST_ADMIN_TOKEN_HASH!, 'hex') : sha256(this.made);
  }

  async onModuleInit(): Promise<void> {
    if (this.made !== undefined && !(await this.users.anybody()))
      this.log.warn({ firstAdminToken: this.made }, 'there is no user yet: make the first admin with this token (POST /v1/first-admin), once');
  }

  matches(token: string): boolean {
    return timingSafeEqual(sha256(token), this.hash);
  }
}
