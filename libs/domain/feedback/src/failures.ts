import type { TouchRole } from './feedback';

/** What lay behind a bad moment: how a person acted, how the work is organised, or what the machine did. */
export const causes = ['people', 'process', 'technology'] as const;
export type Cause = (typeof causes)[number];

/** What a customer can say failed, and what kind of failure it is. Only what a person could have done otherwise is `people`. */
export const failures = {
  noShow: 'process',
  wrongDate: 'process',
  notInformed: 'process',
  repeatStory: 'process',
  sentOnwards: 'process',
  otherPromise: 'process',
  longWait: 'process',
  cameUnprepared: 'process',
  unfriendly: 'people',
  noInterest: 'people',
  unclear: 'people',
  gaveUpOnMe: 'people',
  notUnderstood: 'technology',
  noFittingChoice: 'technology',
  didNotWork: 'technology',
  outOfStep: 'technology',
  hardToFind: 'technology',
} as const satisfies Record<string, Cause>;
export type Failure = keyof typeof failures;

const person: readonly Failure[] = ['repeatStory', 'sentOnwards', 'otherPromise', 'noInterest', 'unfriendly', 'unclear', 'gaveUpOnMe'];
const machine: readonly Failure[] = ['didNotWork', 'hardToFind', 'outOfStep'];

/** What can be ticked at a step, the likeliest first. */
export const failuresOf: Readonly<Record<TouchRole, readonly Failure[]>> = {
  phoneMenu: ['noFittingChoice', 'notUnderstood', 'hardToFind', 'outOfStep'],
  queue: ['longWait', 'notInformed', 'didNotWork'],
  phoneAgent: person,
  chatAgent: person,
  writtenAgent: ['longWait', ...person],
  technician: ['cameUnprepared', 'wrongDate', 'notInformed', 'repeatStory', 'noInterest', 'unfriendly', 'unclear'],
  appointment: ['noShow', 'wrongDate', 'notInformed', 'outOfStep'],
  chat: ['notUnderstood', 'noFittingChoice', 'didNotWork', 'outOfStep'],
  written: ['longWait', 'notInformed', 'outOfStep'],
  website: machine,
  ordering: machine,
  shop: ['longWait', 'notInformed', 'sentOnwards', 'otherPromise', 'outOfStep'],
};

/** The cause of a touch point's failures: that of most of them, of several the first ticked. null: nothing failed. */
export function causeOf(ticked: readonly string[]): Cause | null {
  const counts = new Map<Cause, number>();
  for (const failure of ticked) {
    const cause = failures[failure as Failure];
    if (cause) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  return [...counts].reduce<readonly [Cause, number] | null>((best, next) => (best && best[1] >= next[1] ? best : next), null)?.[0] ?? null;
}
