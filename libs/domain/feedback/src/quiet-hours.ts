import type { Instant, SurveySettings } from '@throughline/contracts';
import { Temporal } from 'temporal-polyfill';

/** The first instant from `at` on at which nobody is disturbed, by the clock of the zone: past the quiet hours, and past Saturday and Sunday where these are quiet. */
export function afterQuietHours(at: Instant, quiet: SurveySettings['quiet']): Instant {
  let moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(quiet.zone);
  // A week has no more than seven days to step over; each step moves to the end of a night or to the next midnight.
  for (let step = 0; step < 20; step += 1) {
    const next = stepOut(moment, quiet);
    if (next === null) return moment.epochMilliseconds;
    moment = next;
  }
  return moment.epochMilliseconds;
}

function stepOut(moment: Temporal.ZonedDateTime, quiet: SurveySettings['quiet']): Temporal.ZonedDateTime | null {
  const midnight = moment.startOfDay().add({ days: 1 });
  if (!quiet.weekends && moment.dayOfWeek >= 6) return midnight;
  const { fromMinute: from, untilMinute: until } = quiet;
  if (from === until) return null;
  const minute = moment.hour * 60 + moment.minute;
  const isQuiet = from < until ? minute >= from && minute < until : minute >= from || minute < until;
  if (!isQuiet) return null;
  // The night goes on over midnight: its end is tomorrow's. The wall clock decides, so that a night of a change of clocks is an hour shorter or longer.
  return minute < until ? atMinute(moment, until) : atMinute(midnight, until);
}

const atMinute = (day: Temporal.ZonedDateTime, minute: number): Temporal.ZonedDateTime =>
  day.withPlainTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
