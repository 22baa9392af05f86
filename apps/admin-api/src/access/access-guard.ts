import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '@throughline/service';
import { BearerTokens } from './bearer-tokens';
import { accessKey, type AccessRule } from './needs';
import type { KnownRequest } from './who';

interface Request extends KnownRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The one guard of every route: denies unless the route says who may call it and the caller holds that. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: BearerTokens,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(accessKey, [context.getHandler(), context.getClass()]);
    if (rule?.kind === 'open') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const principal = this.tokens.principalOf(request.headers['authorization']);
    if (!principal) {
      http.getResponse<{ header(name: string, value: string): void }>().header('www-authenticate', 'Bearer realm="throughline"');
      throw new Problem(401, 'A token is needed', 'Send "Authorization: Bearer <readToken>". The token of the embedded stack stands in .throughline/run.json.');
    }
    if (!rule || !rule.oneOf.some((permission) => principal.permissions.has(permission)))
      throw new Problem(403, 'This token may not do that', 'Decisions, corrections and settings need the admin token.');
    request.principal = principal;
    return true;
  }
}
