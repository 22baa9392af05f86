import { z } from 'zod';

const actor = z.object({
  kind: z.enum(['person', 'token', 'nobody']),
  userId: z.uuid().nullable(),
  name: z.string(),
  /** The session that the request came by; null for a token. */
  sessionId: z.uuid().nullable(),
  /** Where the request came from. */
  address: z.string().nullable(),
});

const fact = z.object({
  /** A noun and what was done to it: `user.disabled`, `key.made`, `segment.published`. */
  action: z.string().min(1).max(100),
  /** `<kind>:<id>` of the thing. */
  target: z.string().min(1).max(300),
  /** As a rule `before`, `after`, `reason`, `outcome`. */
  details: z.record(z.string(), z.unknown()).optional(),
});

/** What travels beside a command: who asks, and what the audit calls it. The owner adds it to the audit in the transaction of its change. */
export const auditNoteSchema = z.object({ actor, fact });

/** Who did it: a principal, or the person that a link or a password named before anybody was signed in. */
export type Actor = Readonly<z.infer<typeof actor>>;

/** What happened to what. Details hold ids, choices and masked values: no password, token, free text or whole e-mail address. */
export type AuditFact = Readonly<Omit<z.infer<typeof fact>, 'details'>> & { readonly details?: Readonly<Record<string, unknown>> | undefined };

/** Whom the audit names for what a token does. */
export const tokenIds = { read: '00000000-0000-8000-8000-000000000001', admin: '00000000-0000-8000-8000-000000000002' } as const;

export interface AuditNote {
  readonly actor: Actor;
  readonly fact: AuditFact;
}
