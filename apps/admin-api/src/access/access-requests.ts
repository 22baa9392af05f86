import { roles } from '@throughline/contracts';
import { z } from 'zod';

const text = (max: number): z.ZodString => z.string().trim().min(1).max(max);

/** One spelling for each address: addresses that differ in case alone are one user. */
const email = z.string().trim().toLowerCase().max(254).pipe(z.email('is no e-mail address'));

/** A new password. Long is what counts; no other rule is asked for. */
const newPassword = z.string().min(12, 'has at least 12 characters').max(200, 'has at most 200 characters');
/** One that is only compared. */
const triedPassword = z.string().min(1).max(200);
const linkToken = z.string().min(16).max(200);

export const signInBody = z.strictObject({ email: z.string().trim().toLowerCase().min(1).max(254), password: triedPassword });
export const passwordBody = z.strictObject({ current: triedPassword, next: newPassword });
export const firstAdminBody = z.strictObject({ token: linkToken, email, name: text(120), password: newPassword });
export const invitationLookBody = z.strictObject({ token: linkToken });
export const acceptBody = z.strictObject({ token: linkToken, name: text(120).optional(), password: newPassword });

const choices = {
  name: text(120),
  roles: z.array(z.enum(roles)).min(1).max(roles.length),
  teams: z.array(z.uuid()).max(200).default([]),
  agentId: text(200).nullable().default(null),
};
export const invitationBody = z.strictObject({ email, ...choices });
export const userBody = z.strictObject(choices);

const team = z.strictObject({ id: z.uuid(), name: text(120), site: text(120).nullable().default(null) });
export const teamsBody = z.strictObject({ teams: z.array(team).max(500) });
const agent = z.strictObject({ id: text(200), name: text(120), teamId: z.uuid().nullable().default(null), site: text(120).nullable().default(null) });
export const agentsBody = z.strictObject({ agents: z.array(agent).min(1).max(500) });

export const keyBody = z.strictObject({ source: text(100), label: text(120).default('made by hand') });
export const rotateBody = z
  .strictObject({
    overlapHours: z
      .number()
      .min(0)
      .max(24 * 30)
      .default(24),
  })
  .default({ overlapHours: 24 });

export const auditQuery = z.object({
  before: z.coerce.number().int().min(1).optional(),
  actor: z.uuid().optional(),
  action: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
