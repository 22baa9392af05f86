const dayMs = 86_400_000;
const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

let knownDay = Number.NaN;
let dayText = '';

/** An instant (UTC milliseconds) as Postgres reads it. Several times as fast as `toISOString` where instants of one day follow each other. */
export function instantText(instant: number): string {
  const day = Math.floor(instant / dayMs);
  if (day !== knownDay) {
    dayText = new Date(day * dayMs).toISOString().slice(0, -13);
    knownDay = day;
  }
  const ms = instant - day * dayMs;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${dayText}${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}.${String(ms % 1000).padStart(3, '0')}Z`;
}
