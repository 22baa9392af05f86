import { recoveryLevels, type Miss, type Recovery } from './score-recovery';

/** What the platform has to reach, as pairwise F1. */
export const recoveryBars = { sufficientShare: 0.8, customer: 0.99, interaction: 0.98, engagement: 0.95 } as const;

/** Which bars are missed. The customers' bar is for those whose identifiers suffice; so are the others, since nobody can join the calls of a caller who hides. */
export function missedBars(recovery: Recovery): string[] {
  const missed: string[] = [];
  if (recovery.persons.share < recoveryBars.sufficientShare) missed.push(`identifiers suffice for ${percent(recovery.persons.share)} only`);
  for (const level of recoveryLevels)
    if (!(recovery.sufficing[level].f1 >= recoveryBars[level]))
      missed.push(`${level}: F1 ${recovery.sufficing[level].f1.toFixed(4)} is under ${recoveryBars[level]}`);
  if (recovery.missing > 0) missed.push(`${recovery.missing} events of the truth are not in the derived world`);
  return missed;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** A short table of the scores, and how often each reason of a miss occurs. */
export function reportRecovery(recovery: Recovery): string {
  const lines = [
    `${recovery.events} events of the truth, ${recovery.missing} missing; identifiers suffice for ${recovery.persons.sufficing} of ${recovery.persons.all} persons (${percent(recovery.persons.share)})`,
    'level        pairs                precision  recall   F1       bar',
  ];
  for (const [name, scores] of [
    ['identifiers suffice', recovery.sufficing],
    ['everybody', recovery.all],
  ] as const)
    for (const level of recoveryLevels) {
      const { truePairs, precision, recall, f1 } = scores[level];
      const bar = scores === recovery.sufficing ? String(recoveryBars[level]) : '';
      lines.push(
        `${level.padEnd(12)} ${name.padEnd(20)} ${precision.toFixed(4)}     ${recall.toFixed(4)}   ${f1.toFixed(4)}   ${bar.padEnd(5)} ${truePairs} true pairs`,
      );
    }
  const reasons = new Map<string, { count: number; pairs: number }>();
  for (const miss of recovery.misses) {
    const name = `${miss.level} ${miss.kind}: ${miss.reason}${miss.suffices ? '' : ' (identifiers do not suffice)'}`;
    const found = reasons.get(name) ?? { count: 0, pairs: 0 };
    reasons.set(name, { count: found.count + 1, pairs: found.pairs + miss.pairs });
  }
  for (const [name, { count, pairs }] of [...reasons].sort((a, b) => b[1].pairs - a[1].pairs))
    lines.push(`  ${String(count).padStart(5)} × ${name}, ${pairs} pairs`);
  return lines.join('\n');
}

export const missLine = (miss: Miss): string => `${JSON.stringify(miss)}\n`;
