import { SetMetadata, type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem, SETTINGS } from '@throughline/service';
import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { IngestionSettings } from './settings';
import { SourceRegistry, type LiveSource } from './source-registry';

/** Who may call a route. `writeKey`: by header. `writeKeyAnywhere`: by header, or by a field of the body, which the handler checks with `sourceOfBody`. */
export type AccessRule = 'open' | 'writeKey' | 'writeKeyAnywhere' | 'admin';
const accessKey = 'access';
export const Access = (rule: AccessRule): MethodDecorator & ClassDecorator => SetMetadata(accessKey, rule);

export interface SourcedRequest extends FastifyRequest {
  source?: LiveSource;
}

/** The one guard, for all routes: a route without a rule is closed. A write key opens nothing but the ways in. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sources: SourceRegistry,
    @Inject(SETTINGS) private readonly settings: IngestionSettings,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(accessKey, [context.getHandler(), context.getClass()]);
    const request = context.switchToHttp().getRequest<SourcedRequest>();
    if (rule === 'open') return true;
    if (rule === 'admin') {
      if (this.isAdmin(bearerOf(request.headers.authorization))) return true;
      throw new Problem(401, 'An admin token is needed', 'Send "Authorization: Bearer <token>".');
    }
    if (rule === undefined) throw new Problem(403, 'This route is closed');
    const key = writeKeyOf(request);
    if (key === null && rule === 'writeKeyAnywhere') return true;
    request.source = sourceOf(this.sources, key);
    return true;
  }

  private isAdmin(token: string | null): boolean {
    const wanted = this.settings.ADMIN_TOKEN_HASH;
    if (token === null || wanted === undefined) return false;
    return timingSafeEqual(hash('sha256', token, 'buffer'), Buffer.from(wanted, 'hex'));
  }
}

/** The source of a request whose key may stand in the body: by header where there is one, else by `key`. */
export function sourceOfBody(request: SourcedRequest, sources: SourceRegistry, key: unknown): LiveSource {
  return request.source ?? sourceOf(sources, typeof key === 'string' ? key : null);
}

function sourceOf(sources: SourceRegistry, key: string | null): LiveSource {
  const source = key === null || key.length > 200 ? null : sources.sourceOf(key);
  if (source === null)
    throw new Problem(
      401,
      'The write key is missing or unknown',
      'Send it as "Authorization: Bearer <key>", as the user name of Basic authentication, or as "x-write-key".',
    );
  return source;
}

function bearerOf(header: string | undefined): string | null {
  const match = /^Bearer\s+(\S+)$/i.exec(header ?? '');
  return match?.[1] ?? null;
}

function writeKeyOf(request: FastifyRequest): string | null {
  const { authorization } = request.headers;
  const header = request.headers['x-write-key'];
  if (typeof header === 'string' && header !== '') return header;
  const basic = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '');
  if (basic !== null) return Buffer.from(basic[1]!, 'base64').toString('utf8').split(':')[0] ?? null;
  return bearerOf(authorization);
}
