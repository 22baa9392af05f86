import { judgeSilence, SourceRhythm } from '@throughline/domain-events';
import type { SourcesAnswer } from './source-answers';
import type { SourceFacts } from './source-store';

const hourMs = 3_600_000;

/** A source with what is usual for it. */
export function sourceRowOf(facts: SourceFacts, now: number): SourcesAnswer['sources'][number] {
  const { name, disabled, lastReceivedAt, lastOccurredAt, keptAsideLastDay, firstReceivedAt } = facts;
  const rhythm = new SourceRhythm(facts.hours, firstReceivedAt ?? now);
  const counts = new Map(facts.hours.map(({ hour, count }) => [hour, count]));
  const current = Math.floor(now / hourMs) * hourMs;
  const hours = Array.from({ length: 24 }, (_, index) => current - (24 - index) * hourMs).map((hour) => ({ hour, count: counts.get(hour) ?? 0 }));
  const lastHour = hours.at(-1)!.count;
  const usual = rhythm.usualAt(current - hourMs);
  const lastDay = hours.slice(1).reduce((sum, { count }) => sum + count, counts.get(current) ?? 0);
  const silence = disabled ? ({ state: lastReceivedAt === null ? 'never' : 'ok' } as const) : judgeSilence(rhythm, lastReceivedAt, now);
  const records = lastDay + keptAsideLastDay;
  return {
    name,
    disabled,
    lastReceivedAt,
    lastOccurredAt,
    lastHour,
    usual: usual && { ...usual, expected: Math.round(usual.expected), low: Math.floor(usual.low), high: Math.ceil(usual.high) },
    rate: usual === null ? 'learning' : lastHour < usual.low ? 'low' : lastHour > usual.high ? 'high' : 'usual',
    lastDay,
    keptAsideLastDay,
    errorShare: records === 0 ? null : keptAsideLastDay / records,
    silence: silence.state,
    missed: silence.state === 'silent' ? silence.missed : 0,
    hours,
  };
}
