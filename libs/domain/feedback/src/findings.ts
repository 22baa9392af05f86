import type { Cause } from './failures';

/** What a reviewer found in one engagement. */
export interface Finding {
  readonly anchor: string;
  readonly cause: Cause;
  /** The agent it is about. Only a finding about a person names one. */
  readonly agent: string | null;
}

/** One reviewed engagement of an agent. */
export interface ReviewedEngagement {
  readonly anchor: string;
  readonly agents: readonly string[];
}

/** Why a finding cannot be recorded as it is; null: it can. A failure of the process or the technology is nobody's own, so it may not carry an agent's name. */
export function findingFault({ cause, agent }: Pick<Finding, 'cause' | 'agent'>): string | null {
  if (cause !== 'people' && agent !== null)
    return 'A finding about process or technology names no agent: it would land on somebody who could not have done otherwise.';
  return null;
}

/** What reviews say of one agent: in how many of the engagements reviewed nothing was found that the agent could have done otherwise. Only people findings that name the agent count. */
export function reviewedScore(
  agent: string,
  reviewed: readonly ReviewedEngagement[],
  findings: readonly Finding[],
): { readonly clean: number; readonly of: number } {
  const faulty = new Set(findings.filter((finding) => finding.cause === 'people' && finding.agent === agent).map(({ anchor }) => anchor));
  const own = reviewed.filter(({ agents }) => agents.includes(agent));
  return { clean: own.filter(({ anchor }) => !faulty.has(anchor)).length, of: own.length };
}
