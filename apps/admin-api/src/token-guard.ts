import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem, SETTINGS } from '@throughline/service';
import { timingSafeEqual } from 'node:crypto';
import { accessKey, type AccessLevel } from './access';
import { hashOf, tokenHashes, type AdminApiSettings, type TokenHashes } from './settings';

/** The one guard of every route: denies unless the route says who may call it and the bearer token is of that level. Write keys are not known here. */
@Injectable()
export class TokenGuard implements CanActivate {
  private readonly hashes: TokenHashes;

  constructor(
    private readonly reflector: Reflector,
    @Inject(SETTINGS) settings: AdminApiSettings,
  ) {
    this.hashes = tokenHashes(settings);
  }

  canActivate(context: ExecutionContext): boolean {
    const level = this.reflector.getAllAndOverride<AccessLevel | undefined>(accessKey, [context.getHandler(), context.getClass()]);
    if (level === 'anyone') return true;
    const http = context.switchToHttp();
    const presented = this.levelOf(http.getRequest<{ headers: Record<string, string | undefined> }>().headers['authorization']);
    if (!presented) {
      http.getResponse<{ header(name: string, value: string): void }>().header('www-authenticate', 'Bearer realm="throughline"');
      throw new Problem(401, 'A token is needed', 'Send "Authorization: Bearer <readToken>". The token of the embedded stack stands in .throughline/run.json.');
    }
    if (level === undefined || (level === 'admin' && presented !== 'admin'))
      throw new Problem(403, 'This token may not do that', 'Decisions, corrections and settings need the admin token.');
    return true;
  }

  /** Hashes of equal length are compared in constant time, always both. */
  private levelOf(header: string | undefined): 'read' | 'admin' | undefined {
    const token = /^Bearer (\S{1,500})$/i.exec(header ?? '')?.[1];
    const hash = hashOf(token ?? '');
    const matches = (known: Buffer | undefined): boolean => token !== undefined && known !== undefined && timingSafeEqual(hash, known);
    const [admin, read] = [matches(this.hashes.admin), matches(this.hashes.read)];
    return admin ? 'admin' : read ? 'read' : undefined;
  }
}
