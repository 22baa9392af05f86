/** Numbers, spans and instants in words. Languages and zones are arguments with one default place; the screen never rounds by hand. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const language = 'en-GB';

/** The zone in which instants are told: the browser's own, until a page is told another. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function formatNumber(value: number, { digits = 0, signed = false }: { readonly digits?: number; readonly signed?: boolean } = {}): string {
  return value
    .toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: signed ? 'exceptZero' : 'auto' })
    .replace('-', '−');
}

/** `0.714` → `71.4 %`. */
export const formatShare = (share: number, digits = 0): string => `${formatNumber(share * 100, { digits })} %`;

/** `6:12` below an hour, `1 h 5 min` below a day, then days. */
export function formatSpan(ms: number): string {
  if (ms < 1_000) return '0:00';
  if (ms < hour) return `${Math.floor(ms / minute)}:${String(Math.floor((ms % minute) / 1_000)).padStart(2, '0')}`;
  if (ms < day) {
    const minutes = Math.floor((ms % hour) / minute);
    return minutes === 0 ? `${Math.floor(ms / hour)} h` : `${Math.floor(ms / hour)} h ${minutes} min`;
  }
  const days = Math.round(ms / day);
  return days === 1 ? '1 day' : `${days} days`;
}

/** `Mon 9 Mar 10:00`. */
export function formatMoment(at: number, zone = ownZone()): string {
  return `${formatDay(at, zone)} ${formatClock(at, zone)}`;
}

/** `Mon 9 Mar`; with the year where it is not `now`'s. */
export function formatDay(at: number, zone = ownZone(), now = Date.now()): string {
  const year = (instant: number): string => part(instant, zone, { year: 'numeric' });
  const words = part(at, zone, { weekday: 'short', day: 'numeric', month: 'short' }).replaceAll(',', '');
  return year(at) === year(now) ? words : `${words} ${year(at)}`;
}

/** `10:00`, or `10:00:21` to the second. */
export function formatClock(at: number, zone = ownZone(), seconds = false): string {
  return part(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(seconds && { second: '2-digit' }) });
}

/** `4 minutes ago`. */
export function formatAgo(at: number, now = Date.now()): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const ms = at - now;
  const size = Math.abs(ms);
  if (size < minute) return words.format(Math.round(ms / 1_000), 'second');
  if (size < hour) return words.format(Math.round(ms / minute), 'minute');
  if (size < day) return words.format(Math.round(ms / hour), 'hour');
  return words.format(Math.round(ms / day), 'day');
}

/** A name at the head of a line. */
export const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const formats = new Map<string, Intl.DateTimeFormat>();

function part(at: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(language, { timeZone: zone, ...options })));
  return format.format(at);
}

/** `accountChange` → `Account change`: intents have names, not sentences. */
export function intentName(intent: string): string {
  const words = intent.replace(/[._-]+/g, ' ').replace(/(\p{Ll})(\p{Lu})/gu, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return capitalised(words);
}
