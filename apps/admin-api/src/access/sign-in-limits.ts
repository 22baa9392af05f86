import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { Problem, SETTINGS } from '@throughline/service';
import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { AdminApiSettings } from '../settings';

/** Tries of signing in, counted in the database over all replicas. When the count cannot be kept nobody signs in: the error goes on to the caller. */
@Injectable()
export class SignInLimits {
  private readonly perAccount: RateLimiterPostgres;
  private readonly perAddress: RateLimiterPostgres;

  constructor(database: Database, @Inject(SETTINGS) settings: Pick<AdminApiSettings, 'SIGN_INS_PER_ADDRESS'>) {
    const store = { storeClient: database.dataSource, storeType: 'typeorm', schemaName: 'admin_api', tableName: 'sign_in_try', tableCreated: true };
    this.perAccount = new RateLimiterPostgres({ ...store, keyPrefix: 'account', points: 10, duration: 15 * 60 });
    this.perAddress = new RateLimiterPostgres({ ...store, keyPrefix: 'address', points: settings.SIGN_INS_PER_ADDRESS, duration: 60 * 60 });
  }

  /** Counts one try; throws 429 when there were too many. */
  async count(account: string, address: string): Promise<void> {
    await this.countAddress(address);
    await consumed(this.perAccount.consume(hashed(`${account}\n${address}`)));
  }

  /** Counts one try of somebody who names no account. */
  async countAddress(address: string): Promise<void> {
    await consumed(this.perAddress.consume(hashed(address)));
  }

  /** A right password sets the count of this account from this address to nothing. */
  async forget(account: string, address: string): Promise<void> {
    await this.perAccount.delete(hashed(`${account}\n${address}`));
  }
}

async function consumed(count: Promise<RateLimiterRes>): Promise<void> {
  try {
    await count;
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    throw new Problem(429, 'Too many tries', 'Please wait a while before you try again.', { retryAfterSeconds: Math.ceil(reason.msBeforeNext / 1000) });
  }
}

const hashed = (key: string): string => createHash('sha256').update(key).digest('base64url');
