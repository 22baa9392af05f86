/** `1 h 12 min`, `45 s`, `3 d`: the two greatest units that say something. */
export function duration(ms: number): string {
  const units: readonly [name: string, size: number][] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
  ];
  if (ms < 1_000) return `${ms} ms`;
  const first = units.findIndex(([, size]) => ms >= size);
  const parts: string[] = [];
  let rest = ms;
  for (const [name, size] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.join(' ');
}

/** 0–1000 as a percentage without needless digits. */
export const percent = (thousandths: number): string => `${Number((thousandths / 10).toFixed(1))} %`;

export const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export interface Calendar {
  readonly zone: string;
  day(instant: number): string;
  time(instant: number): string;
  /** From the first to the last, the day said once where it is the same. */
  span(first: number, last: number): string;
}

export function calendarOf(zone: string): Calendar {
  const dayFormat = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: 'short', day: 'numeric' });
  const timeFormat = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const day = (instant: number) => dayFormat.format(instant);
  const time = (instant: number) => timeFormat.format(instant);
  return {
    zone,
    day,
    time,
    span: (first, last) =>
      first === last
        ? `${day(first)} ${time(first)}`
        : day(first) === day(last)
          ? `${day(first)} ${time(first)}–${time(last)}`
          : `${day(first)} ${time(first)} → ${day(last)} ${time(last)}`,
  };
}
