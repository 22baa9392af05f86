import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem, SETTINGS } from '@throughline/service';
import type { AdminApiSettings } from '../settings';
import { BearerTokens } from './bearer-tokens';
import { addressOf, changesSomething, comesFromElsewhere, headerOf, sessionTokenOf, type BrowserReply, type BrowserRequest } from './browser-request';
import { accessKey, type AccessRule } from './needs';
import { principalOfPerson, type Principal } from './principal';
import { SessionStore } from './session-store';
import { isCsrfTokenOf } from './session-tokens';

/** The one guard of every route: denies unless the route says who may call it and the caller holds that. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: BearerTokens,
    private readonly sessions: SessionStore,
    @Inject(SETTINGS) private readonly settings: AdminApiSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(accessKey, [context.getHandler(), context.getClass()]);
    const request = context.switchToHttp().getRequest<BrowserRequest>();
    if (rule?.kind === 'open') {
      if (rule.sameOrigin && comesFromElsewhere(request, this.settings)) throw fromElsewhere();
      return true;
    }
    const principal = await this.principalOf(request);
    if (!principal) {
      context.switchToHttp().getResponse<BrowserReply>().header('www-authenticate', 'Bearer realm="throughline"');
      throw new Problem(
        401,
        'A sign-in or a token is needed',
        'Sign in, or send "Authorization: Bearer <readToken>". The token of the embedded stack stands in .throughline/run.json.',
      );
    }
    if (!rule || !rule.oneOf.some((permission) => principal.permissions.has(permission))) throw new Problem(403, 'You may not do that', hint(principal, rule));
    request.principal = principal;
    return true;
  }

  /** A bearer token stands for itself, whatever cookie comes with it: no page of another site can send one. */
  private async principalOf(request: BrowserRequest): Promise<Principal | undefined> {
    const address = addressOf(request, this.settings);
    const bearer = headerOf(request, 'authorization');
    if (bearer !== undefined) return this.tokens.principalOf(bearer, address);
    const token = sessionTokenOf(request, this.settings);
    // A stream opens itself again and again while a page is left alone: it is no sign of a person.
    const touch = !headerOf(request, 'accept')?.includes('text/event-stream');
    const person = token === undefined ? undefined : await this.sessions.find(token, Date.now(), { touch });
    if (token === undefined || !person) return undefined;
    if (changesSomething(request.method)) {
      if (comesFromElsewhere(request, this.settings)) throw fromElsewhere();
      if (!isCsrfTokenOf(token, headerOf(request, 'x-throughline-csrf')))
        throw new Problem(403, 'The page is not known to this session', 'Send the token of GET /v1/session as "x-throughline-csrf": reload the page.');
    }
    return principalOfPerson({ ...person, address });
  }
}

const fromElsewhere = (): Problem => new Problem(403, 'This was sent by a page of another site', 'Open Throughline itself and try again.');

function hint(principal: Principal, rule: AccessRule | undefined): string {
  if (rule?.kind !== 'needs') return 'This route is closed.';
  const needed = rule.oneOf.join(' or ');
  return principal.kind === 'token' ? `This token does not have ${needed}.` : `It needs ${needed}. An admin can give you a role that has it.`;
}
