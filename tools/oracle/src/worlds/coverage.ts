import type { Note } from '../flood';

/** Collects which rules worlds met. */
export class Coverage {
  private readonly met = new Map<string, number>();

  readonly note: Note = (what) => {
    this.met.set(what, (this.met.get(what) ?? 0) + 1);
  };

  /** Of the expected ones those never met. */
  missing(expected: readonly string[]): string[] {
    return expected.filter((what) => !this.met.has(what));
  }

  report(expected: readonly string[]): string {
    const names = [...new Set([...expected, ...this.met.keys()])].sort();
    const covered = names.filter((name) => this.met.has(name)).map((name) => `${name} ${this.met.get(name)}`);
    return `covered: ${covered.join(', ')}; not covered: ${this.missing(expected).join(', ') || 'nothing'}`;
  }
}

const sides = (...names: string[]): string[] => names.flatMap((name) => ['-1', '0', '+1'].map((side) => `limit: ${name} ${side}`));

export const identityRules: readonly string[] = [
  'link: star',
  'link: session',
  'link: decision',
  'refused: customerNumber',
  'refused: nationalId',
  'refused: crmContact',
  'refused: email',
  'refused: login',
  'refused: socialHandle',
  'refused: different',
  'shared: phone',
  'shared: email',
  'shared: login',
  'shared: account',
  'use cut: phone',
  'use cut: cookie',
  'use cut: device',
  'use cut: contact',
  'owner: identifier',
  'owner: contact',
  'owner: session',
  'owner: device',
  'owner: placeholder',
  'owner: internal',
  'identifier: subject',
  'identifier: actingFor',
  'identifier: assigned',
  'carrier: contact before',
  'carrier: contact after',
  'carrier: session before',
  'carrier: session after',
  'device: both',
  'device: two people',
  'device: next',
  'device: next too late',
  'device: previous',
  'device: previous too early',
  'placeholder: contact',
  'placeholder: session',
  'placeholder: device',
  'placeholder: event',
  'assign: rests',
  ...sides('use of phone', 'use of device', 'use of contact', 'reach back', 'reach forward'),
];

export const hierarchyRules: readonly string[] = [
  'cut: stream silence',
  'cut: session key reused',
  'cut: key silence',
  'cut: key reopened too late',
  'cut: key closed',
  'cut: key closed, families differ',
  'cut: run closed',
  'cut: run idle',
  'cut: run keys differ',
  'membership: transaction person',
  'membership: transaction link',
  'membership: transaction overlap',
  'membership: transaction timeBlock',
  'membership: transaction agentItem',
  'membership: transaction alone',
  'membership: engagement key',
  'membership: engagement intent',
  'membership: engagement repeatAfterFailure',
  'membership: engagement person',
  'membership: engagement alone',
  'membership: feedback',
  'membership: unengaged',
  'interaction: attempt',
  'item: loose',
  'part: several in one interaction',
  'part: a transaction divides',
  'key: use of an earlier episode ignored',
  'key: reopened',
  'key: joined after closing',
  'run: joined',
  'run: joined after closing',
  'family: own',
  'family: episode',
  'family: borrowed',
  'family: borrowed by a failed contact',
  'family: unknown',
  'engagement: repeatOf',
  'engagement: follows',
  'state: open',
  'state: resolved',
  'state: sold',
  'state: lost',
  'state: cancelled',
  'state: abandoned',
  ...sides(
    'stream',
    'session',
    'link value',
    'timeBlock',
    'agentItem',
    'key silence',
    'key reopened',
    'key closed',
    'run idle',
    'run closed',
    'borrow',
    'repeatAfterFailure',
    'abandoned',
  ),
];
