import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@throughline/service';
import { timingSafeEqual } from 'node:crypto';
import { hashOf, tokenHashes, type AdminApiSettings, type TokenHashes } from '../settings';
import { principalOfToken, type Principal } from './principal';

/** The two tokens of scripts. Write keys are not known here. */
@Injectable()
export class BearerTokens {
  private readonly hashes: TokenHashes;

  constructor(@Inject(SETTINGS) settings: AdminApiSettings) {
    this.hashes = tokenHashes(settings);
  }

  /** Whom an `Authorization` header stands for. Hashes of equal length are compared in constant time, always both. */
  principalOf(header: string | undefined, address: string | null): Principal | undefined {
    const token = /^Bearer (\S{1,500})$/i.exec(header ?? '')?.[1];
    const hash = hashOf(token ?? '');
    const matches = (known: Buffer | undefined): boolean => token !== undefined && known !== undefined && timingSafeEqual(hash, known);
    const [admin, read] = [matches(this.hashes.admin), matches(this.hashes.read)];
    return admin ? principalOfToken('admin', address) : read ? principalOfToken('read', address) : undefined;
  }
}
