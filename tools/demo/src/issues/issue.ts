import type { Family } from '@throughline/contracts';
import type { Life, Script, Want } from '../life';

/** The course of one issue from the customer's first step to its end. */
export type Issue = (life: Life) => Script;

export interface IssueKind {
  readonly name: string;
  readonly family: Family;
  readonly intents: readonly string[];
  /** How often, compared with the others. */
  readonly weight: number;
  readonly run: Issue;
}

/** A second matter that comes up in three calls of a hundred; small, and settled in the same call. */
export function secondMatter(life: Life): { readonly want: Want; readonly issue: string } | undefined {
  if (life.person.kind === 'anonymousWeb' || !life.random.chance(0.03)) return undefined;
  const want: Want =
    life.want.family === 'accountChange' ? { family: 'information', intent: 'opening hours' } : { family: 'accountChange', intent: 'change of address' };
  return { want, issue: `${life.tag}+/${want.family}` };
}
