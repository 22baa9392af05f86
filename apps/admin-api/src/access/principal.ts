import { grantsOfRoles, grantsOfToken, tokenIds, type Grants, type Permission, type Role, type Scope } from '@throughline/contracts';

/** The rows that a permission reaches: all, or those of these agents (ids as the events name them; none for somebody without a team). */
export type RowScope = { readonly kind: 'all' } | { readonly kind: 'agents'; readonly agents: readonly string[] };

/** Who asks. Made by the guard, for one request. */
export interface Principal {
  readonly kind: 'person' | 'token';
  /** A UUID; of a token a fixed one. */
  readonly userId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
  /** The session that the request came by; null for a token. */
  readonly sessionId: string | null;
  /** The agent that this person is, as events name them. */
  readonly agentId: string | null;
  /** Where the request came from. */
  readonly address: string | null;
  /** `agents` with an empty list for a permission that is not held. */
  scopeOf(permission: Permission): RowScope;
}

export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly sessionId: string;
  readonly agentId: string | null;
  readonly address: string;
  /** Of the teams that the user leads or is assigned to. */
  readonly teamAgents: readonly string[];
}

export function principalOfPerson(person: Person): Principal {
  const grants = grantsOfRoles(person.roles);
  return {
    kind: 'person',
    userId: person.userId,
    name: person.name,
    roles: person.roles,
    permissions: new Set(grants.keys()),
    sessionId: person.sessionId,
    agentId: person.agentId,
    address: person.address,
    scopeOf: (permission) => rowsOf(grants.get(permission) ?? new Set<Scope>(), person),
  };
}

export function principalOfToken(level: 'read' | 'admin', address: string | null): Principal {
  const grants: Grants = grantsOfToken[level];
  const permissions = new Set(Object.keys(grants) as Permission[]);
  return {
    kind: 'token',
    userId: tokenIds[level],
    name: `${level} token`,
    roles: [],
    permissions,
    sessionId: null,
    agentId: null,
    address,
    scopeOf: (permission) => (permissions.has(permission) ? { kind: 'all' } : { kind: 'agents', agents: [] }),
  };
}

function rowsOf(held: ReadonlySet<Scope>, { agentId, teamAgents }: Person): RowScope {
  if (held.has('all')) return { kind: 'all' };
  const agents = new Set([...(held.has('teams') || held.has('assigned') ? teamAgents : []), ...(held.has('own') && agentId !== null ? [agentId] : [])]);
  return { kind: 'agents', agents: [...agents].sort() };
}

/** For a statement: `null` where every row is in scope of one of these permissions, else the agents whose rows are. Use it as `($n::text[] is null or agent = any($n))`. */
export function agentsInScope(who: Principal, ...oneOf: readonly Permission[]): readonly string[] | null {
  const agents = new Set<string>();
  for (const permission of oneOf) {
    const scope = who.scopeOf(permission);
    if (scope.kind === 'all') return null;
    for (const agent of scope.agents) agents.add(agent);
  }
  return [...agents].sort();
}
