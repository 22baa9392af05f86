import { permissions, roles } from '@throughline/contracts';
import { z } from 'zod';
import { principalOfPerson } from './principal';
import { idleMs, type LivePerson } from './session-store';
import { csrfTokenOf } from './session-tokens';

export const sessionAnswer = z.object({
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string(), roles: z.array(z.enum(roles)), agentId: z.string().nullable() }),
  /** What the caller may do. */
  permissions: z.array(z.enum(permissions)),
  /** Those of them that reach the rows of some agents only. */
  limited: z.array(z.enum(permissions)),
  /** Sent as `x-throughline-csrf` with every change. */
  csrf: z.string(),
  sessionId: z.uuid(),
  /** The session ends then at the latest, and after this long without a request. */
  endsAt: z.int(),
  idleMs: z.int(),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

/** What the app is told of the session behind `token`. */
export function answerOf(person: LivePerson, token: string): SessionAnswer {
  const principal = principalOfPerson({ ...person, address: '' });
  return {
    user: { id: person.userId, name: person.name, email: person.email, roles: [...person.roles], agentId: person.agentId },
    permissions: [...principal.permissions],
    limited: [...principal.permissions].filter((name) => principal.scopeOf(name).kind === 'agents'),
    csrf: csrfTokenOf(token),
    sessionId: person.sessionId,
    endsAt: person.endsAt,
    idleMs,
  };
}
