export const roles = ['analyst', 'qa', 'supervisor', 'manager', 'agent', 'developer', 'steward', 'admin'] as const;
export type Role = (typeof roles)[number];

/** What a route may ask for: `<thing>.<deed>`. Names only grow; a route names one or several, of which one is enough. */
export const permissions = [
  /** One's own session, password and sessions elsewhere: everybody who has signed in. */
  'account.own',
  /** Counts of what arrived and how far it is, without any person. */
  'status.read',
  /** Numbers: every KPI, its parts and its intervals. */
  'kpi.read',
  /** The rows behind a number, with the ids of customers. */
  'kpi.rows',
  /** One customer's timeline; identifiers are masked without `customer.reveal`. */
  'customer.read',
  'customer.reveal',
  /** Free text: what was said, written, commented. */
  'content.read',
  /** More than one row at a time, as a file. */
  'rows.export',
  /** Who is who: link, unlink, assign. */
  'identity.decide',
  /** Split, join, move, relabel. */
  'hierarchy.correct',
  /** What waits for a person: refused links, shared values, corrections that lost their events. */
  'identity.read',
  'segment.read',
  'segment.edit',
  'segment.publish',
  /** Reviews of quality: the queue and what was noted. */
  'review.read',
  'review.score',
  /** The agent's word on a review of their own: acknowledge, dispute. */
  'review.answer',
  'coaching.read',
  'coaching.edit',
  /** Steps of one's own plan. */
  'coaching.do',
  /** Results and texts of surveys. */
  'survey.read',
  'survey.edit',
  /** Recovery cases after a low rating. */
  'case.read',
  'case.work',
  'maturity.read',
  'maturity.attest',
  'source.read',
  'source.edit',
  /** Single events as they arrive, bodies included. */
  'event.read',
  'quarantine.read',
  'quarantine.replay',
  'settings.read',
  'settings.edit',
  /** Teams and agents by name: what a filter lists. */
  'directory.read',
  'team.edit',
  'user.edit',
  'key.edit',
  'audit.read',
] as const;
export type Permission = (typeof permissions)[number];

/**
 * Which rows a permission reaches. `teams`: of the agents in the teams that the user leads. `assigned`: of the agents in the teams that a reviewer is assigned to.
 * `own`: of the agent that the user is. Permissions without rows of people are `all`.
 */
export const scopes = ['all', 'teams', 'assigned', 'own'] as const;
export type Scope = (typeof scopes)[number];

export type Grants = Readonly<Partial<Record<Permission, Scope>>>;

const everybody: Grants = { 'account.own': 'all', 'directory.read': 'all' };

/** The one matrix: role → permission → scope. What is not in it is denied. The admin configures and does not read people; several roles of one user add up, the wider scope wins. */
export const grantsOf: Readonly<Record<Role, Grants>> = {
  analyst: {
    ...everybody,
    'status.read': 'all',
    'kpi.read': 'all',
    'kpi.rows': 'all',
    'customer.read': 'all',
    'content.read': 'all',
    'rows.export': 'all',
    'identity.read': 'all',
    'hierarchy.correct': 'all',
    'segment.read': 'all',
    'segment.edit': 'all',
    'segment.publish': 'all',
    'review.read': 'all',
    'coaching.read': 'all',
    'survey.read': 'all',
    'survey.edit': 'all',
    'case.read': 'all',
    'maturity.read': 'all',
    'source.read': 'all',
    'quarantine.read': 'all',
    'settings.read': 'all',
    'settings.edit': 'all',
  },
  qa: {
    ...everybody,
    'status.read': 'all',
    'kpi.read': 'all',
    'kpi.rows': 'assigned',
    'customer.read': 'assigned',
    'content.read': 'assigned',
    'segment.read': 'all',
    'review.read': 'assigned',
    'review.score': 'assigned',
    'coaching.read': 'assigned',
    'survey.read': 'assigned',
    'case.read': 'assigned',
    'maturity.read': 'all',
  },
  supervisor: {
    ...everybody,
    'status.read': 'all',
    'kpi.read': 'teams',
    'kpi.rows': 'teams',
    'customer.read': 'teams',
    'customer.reveal': 'teams',
    'content.read': 'teams',
    'rows.export': 'teams',
    'segment.read': 'all',
    'review.read': 'teams',
    'review.score': 'teams',
    'coaching.read': 'teams',
    'coaching.edit': 'teams',
    'survey.read': 'teams',
    'case.read': 'teams',
    'case.work': 'teams',
    'maturity.read': 'all',
  },
  manager: {
    ...everybody,
    'status.read': 'all',
    'kpi.read': 'all',
    'kpi.rows': 'all',
    'customer.read': 'all',
    'rows.export': 'all',
    'segment.read': 'all',
    'segment.publish': 'all',
    'review.read': 'all',
    'coaching.read': 'all',
    'survey.read': 'all',
    'case.read': 'all',
    'case.work': 'all',
    'maturity.read': 'all',
    'maturity.attest': 'all',
    'source.read': 'all',
  },
  agent: {
    ...everybody,
    'kpi.read': 'own',
    'kpi.rows': 'own',
    'customer.read': 'own',
    'content.read': 'own',
    'review.read': 'own',
    'review.answer': 'own',
    'coaching.read': 'own',
    'coaching.do': 'own',
    'survey.read': 'own',
  },
  developer: {
    ...everybody,
    'status.read': 'all',
    'segment.read': 'all',
    'source.read': 'all',
    'source.edit': 'all',
    'event.read': 'all',
    'quarantine.read': 'all',
    'quarantine.replay': 'all',
    'settings.read': 'all',
  },
  steward: {
    ...everybody,
    'status.read': 'all',
    'customer.read': 'all',
    'customer.reveal': 'all',
    'identity.decide': 'all',
    'hierarchy.correct': 'all',
    'identity.read': 'all',
    'segment.read': 'all',
    'maturity.read': 'all',
    'source.read': 'all',
    'event.read': 'all',
    'quarantine.read': 'all',
    'quarantine.replay': 'all',
    'settings.read': 'all',
  },
  admin: {
    ...everybody,
    'status.read': 'all',
    'kpi.read': 'all',
    'segment.read': 'all',
    'maturity.read': 'all',
    'maturity.attest': 'all',
    'source.read': 'all',
    'source.edit': 'all',
    'quarantine.read': 'all',
    'quarantine.replay': 'all',
    'settings.read': 'all',
    'settings.edit': 'all',
    'team.edit': 'all',
    'user.edit': 'all',
    'key.edit': 'all',
    'audit.read': 'all',
  },
};

const reading: readonly Permission[] = [
  'status.read',
  'kpi.read',
  'kpi.rows',
  'customer.read',
  'customer.reveal',
  'content.read',
  'rows.export',
  'identity.read',
  'segment.read',
  'review.read',
  'coaching.read',
  'survey.read',
  'case.read',
  'maturity.read',
  'source.read',
  'event.read',
  'quarantine.read',
  'settings.read',
  'directory.read',
];
const deciding: readonly Permission[] = [
  'identity.decide',
  'hierarchy.correct',
  'settings.edit',
  'quarantine.replay',
  'source.edit',
  'segment.edit',
  'survey.edit',
];

/** The two tokens of scripts, fixed: one reads, the other also decides, corrects and sets. Neither makes users, keys or teams, reads the audit, or speaks for a person. */
export const grantsOfToken: Readonly<Record<'read' | 'admin', Grants>> = {
  read: grantAll(reading),
  admin: grantAll([...reading, ...deciding]),
};

function grantAll(names: readonly Permission[]): Grants {
  return Object.fromEntries(names.map((name) => [name, 'all' as const]));
}

/** What several roles of one user allow together: for each permission every scope in which some role grants it. */
export function grantsOfRoles(held: readonly Role[]): ReadonlyMap<Permission, ReadonlySet<Scope>> {
  const together = new Map<Permission, Set<Scope>>();
  for (const role of held)
    for (const [permission, scope] of Object.entries(grantsOf[role]) as [Permission, Scope][])
      together.set(permission, (together.get(permission) ?? new Set<Scope>()).add(scope));
  return together;
}
