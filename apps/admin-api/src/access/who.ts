import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal } from './principal';

/** A request that has passed the guard. */
export interface KnownRequest {
  principal?: Principal;
}

/** The caller, in a handler's arguments: `@Who() who: Principal`. Only on routes with a `@Needs`. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<KnownRequest>();
  if (!principal) throw new Error('An open route has no caller: @Who() belongs on a route with @Needs.');
  return principal;
});
