import { SetMetadata } from '@nestjs/common';
import type { Permission } from '@throughline/contracts';

/** Who may call a route: holders of one of these permissions, or the whole world. A route without a rule is open to nobody. */
export type AccessRule =
  | { readonly kind: 'needs'; readonly oneOf: readonly Permission[] }
  /** `sameOrigin`: a page of another site may not send it. For what a signed-out person does on our own pages. */
  | { readonly kind: 'open'; readonly sameOrigin: boolean };

export const accessKey = 'throughline:access';

/** The caller holds this permission, or one of several. On a class for all its routes, on a handler for one. */
export const Needs = (permission: Permission, ...orOneOf: readonly Permission[]): MethodDecorator & ClassDecorator =>
  SetMetadata<string, AccessRule>(accessKey, { kind: 'needs', oneOf: [permission, ...orOneOf] });

/** Anybody may call it, signed in or not. */
export const Open = ({ sameOrigin = false }: { sameOrigin?: boolean } = {}): MethodDecorator & ClassDecorator =>
  SetMetadata<string, AccessRule>(accessKey, { kind: 'open', sameOrigin });
