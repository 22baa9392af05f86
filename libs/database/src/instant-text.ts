const dayMs = 86_400_000;
const pad = (n: number, width: number): string => String(n).padStart(width, '0');
const two = Array.from({ length: 60 }, (_, n) => pad(n, 2));
const three = Array.from({ length: 1000 }, (_, n) => pad(n, 3));
const dates = new Map<number, string>();

/** An instant as Postgres reads it, to the millisecond. The same as `toISOString`, at a tenth of its cost: every stored event needs it several times. */
export function instantText(at: number): string {
  const day = Math.floor(at / dayMs);
  let date = dates.get(day);
  if (date === undefined) {
    if (dates.size > 10_000) dates.clear();
    date = new Date(day * dayMs).toISOString().slice(0, -13);
    dates.set(day, date);
  }
  const ms = at - day * dayMs;
  const second = Math.floor(ms / 1000);
  const minute = Math.floor(second / 60);
  return `${date}${two[Math.floor(minute / 60)]}:${two[minute % 60]}:${two[second % 60]}.${three[ms % 1000]}Z`;
}
