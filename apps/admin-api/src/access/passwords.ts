import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@throughline/service';
import { argon2id, hash, verify } from 'argon2';
import { randomBytes } from 'node:crypto';
import type { AdminApiSettings } from '../settings';

/** Passwords as argon2id (RFC 9106). The cost is a setting; OWASP's least is 19 MiB and two passes. */
@Injectable()
export class Passwords {
  private dummy: Promise<string> | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: Pick<AdminApiSettings, 'PASSWORD_MEMORY_KIB'>) {}

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFKC'), { type: argon2id, memoryCost: this.settings.PASSWORD_MEMORY_KIB, timeCost: 2, parallelism: 1 });
  }

  /** Whether it is the password behind `stored`. For a user that does not exist or has none give null: the same work is done for nothing, so that an answer's time tells nothing. */
  async matches(stored: string | null, password: string): Promise<boolean> {
    this.dummy ??= this.hash(randomBytes(24).toString('base64url'));
    const right = await verify(stored ?? (await this.dummy), password.normalize('NFKC'));
    return right && stored !== null;
  }
}
