import { roles } from '@throughline/contracts';
import { z } from 'zod';

const instant = z.int();

const choices = { name: z.string(), roles: z.array(z.enum(roles)), teams: z.array(z.uuid()), agentId: z.string().nullable() };

export const userAnswer = z.object({
  id: z.uuid(),
  email: z.string(),
  ...choices,
  createdAt: instant,
  disabledAt: instant.nullable(),
  lastSeenAt: instant.nullable(),
});
export const invitationAnswer = z.object({ id: z.uuid(), email: z.string(), ...choices, invitedBy: z.string(), createdAt: instant, endsAt: instant });
export const usersAnswer = z.object({ users: z.array(userAnswer), invitations: z.array(invitationAnswer) });
/** The link is said once. */
export const invitedAnswer = z.object({ invitation: invitationAnswer, token: z.string(), link: z.string() });

export const sessionEntryAnswer = z.object({
  id: z.uuid(),
  createdAt: instant,
  lastSeenAt: instant,
  endsAt: instant,
  address: z.string(),
  /** What the browser calls itself. */
  client: z.string(),
});

export const teamAnswer = z.object({ id: z.uuid(), name: z.string(), site: z.string().nullable(), agents: z.int() });
export const teamsAnswer = z.object({ teams: z.array(teamAnswer) });
export const agentAnswer = z.object({ id: z.string(), name: z.string(), teamId: z.uuid().nullable(), site: z.string().nullable() });
export const agentsAnswer = z.object({ agents: z.array(agentAnswer) });

export const keyAnswer = z.object({
  id: z.uuid(),
  source: z.string(),
  prefix: z.string(),
  label: z.string(),
  madeBy: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  /** When it stops to work, may lie ahead; null for a key that does not. */
  endsAt: instant.nullable(),
});
export const keysAnswer = z.object({
  keys: z.array(keyAnswer),
  /** Those a key can be made for. */
  sources: z.array(z.string()),
  /** Where events are sent to, when this installation knows it. */
  ingestUrl: z.string().nullable(),
});
/** The secret is said once. */
export const newKeyAnswer = z.object({ id: z.uuid(), source: z.string(), secret: z.string() });
export const rotatedKeyAnswer = newKeyAnswer.extend({ formerEndsAt: instant });

export const auditEntryAnswer = z.object({
  place: z.int(),
  at: instant,
  actor: z.object({ kind: z.string(), id: z.uuid().nullable(), name: z.string() }),
  action: z.string(),
  target: z.string(),
  details: z.record(z.string(), z.unknown()),
  address: z.string().nullable(),
  traceId: z.string().nullable(),
});
export const auditAnswer = z.object({ entries: z.array(auditEntryAnswer), next: z.int().nullable() });
export const chainAnswer = z.union([
  z.object({ intact: z.literal(true), entries: z.int() }),
  z.object({ intact: z.literal(false), entries: z.int(), brokenAt: z.int(), reason: z.string() }),
]);
