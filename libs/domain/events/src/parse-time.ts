/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar. */
function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** UTC milliseconds of a date and time of day, or null where there is no such date. A leap second counts as the first of the next minute. */
export function instantOf(year: number, month: number, day: number, hour: number, minute: number, second: number, millisecond: number): number | null {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month < 1 || month > 12 || day < 1 || day > (month === 2 && leap ? 29 : monthDays[month - 1]!)) return null;
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second + millisecond > 0)) return null;
  return (((daysOf(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millisecond;
}

export type ParsedTime = { readonly kind: 'time'; readonly at: number } | { readonly kind: 'noZone' } | { readonly kind: 'invalid' };

const rfc3339 = /^(\d{4,6})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*([Zz]|UTC|[+-]\d\d(?::?\d\d)?)?$/;
const zulu = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Reads RFC 3339 with a zone. `zoneMinutes` completes a local time; without it a local time is `noZone`. Fractions beyond milliseconds are cut. */
export function parseTime(text: string, zoneMinutes?: number): ParsedTime {
  if (text.length === 24 && zulu.test(text)) {
    const at = instantOf(
      two(text, 0) * 100 + two(text, 2),
      two(text, 5),
      two(text, 8),
      two(text, 11),
      two(text, 14),
      two(text, 17),
      two(text, 20) * 10 + text.charCodeAt(22) - 48,
    );
    return at === null ? { kind: 'invalid' } : { kind: 'time', at };
  }
  const match = rfc3339.exec(text.trim());
  if (match === null) return { kind: 'invalid' };
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const local = instantOf(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
    fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
  if (local === null) return { kind: 'invalid' };
  const offset = zone === undefined ? zoneMinutes : minutesOfZone(zone);
  if (offset === undefined) return { kind: 'noZone' };
  return { kind: 'time', at: local - offset * 60_000 };
}

const two = (text: string, index: number): number => (text.charCodeAt(index) - 48) * 10 + text.charCodeAt(index + 1) - 48;

/** Minutes east of Greenwich of `Z`, `UTC`, `+02:00`, `+0200` or `+02`. */
export function minutesOfZone(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}
