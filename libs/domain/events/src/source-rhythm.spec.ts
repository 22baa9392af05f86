import { judgeSilence, SourceRhythm, type HourCount } from './source-rhythm';

const hour = 3_600_000;
const day = 24 * hour;
const monday = Date.UTC(2026, 0, 5);

/** Mulberry32: the same weeks at every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Arrivals of a source that is busy by day and on weekdays, exponential pauses, for so many weeks. */
function arrivals(weeks: number, perBusyHour: number, seed: number, until = Infinity): number[] {
  const next = dice(seed);
  const at: number[] = [];
  const rate = (time: number): number => {
    const hours = Math.floor((time % day) / hour);
    const weekend = Math.floor((time - monday) / day) % 7 >= 5;
    return perBusyHour * (hours >= 8 && hours < 20 ? 1 : 0.05) * (weekend ? 0.3 : 1);
  };
  const most = perBusyHour / hour;
  for (let time = monday; time < Math.min(monday + weeks * 7 * day, until);) {
    time += -Math.log(1 - next()) / most;
    if (next() < rate(time) / perBusyHour) at.push(time);
  }
  return at.filter((time) => time < until);
}

function hoursOf(times: readonly number[]): HourCount[] {
  const counts = new Map<number, number>();
  for (const time of times) counts.set(Math.floor(time / hour) * hour, (counts.get(Math.floor(time / hour) * hour) ?? 0) + 1);
  return [...counts].map(([start, count]) => ({ hour: start, count }));
}

it.each([12, 60, 400])('raises no alarm in four clean weeks at %d events a busy hour', (perHour) => {
  const times = arrivals(8, perHour, perHour);
  const rhythm = new SourceRhythm(hoursOf(times), monday);
  const from = monday + 4 * 7 * day;
  let last = 0;
  const alarms: string[] = [];
  // Asked every ten minutes.
  for (let now = from, index = 0; now < monday + 8 * 7 * day; now += hour / 6) {
    while (index < times.length && times[index]! <= now) last = times[index++]!;
    if (judgeSilence(rhythm, last, now).state === 'silent') alarms.push(new Date(now).toISOString());
  }
  expect(alarms).toEqual([]);
});

it('names a source silent when twenty-three or so of its events are missing, and not at night, when hardly any are', () => {
  const stops = monday + 5 * 7 * day + 10 * hour;
  const times = arrivals(8, 60, 3, stops);
  const rhythm = new SourceRhythm(hoursOf(times), monday);
  expect(judgeSilence(rhythm, stops, stops + 10 * 60_000).state).toBe('ok');
  expect(judgeSilence(rhythm, stops, stops + 35 * 60_000)).toMatchObject({ state: 'silent', lastAt: stops });
  const evening = monday + 5 * 7 * day + 21 * hour;
  expect(judgeSilence(new SourceRhythm(hoursOf(arrivals(8, 60, 3, evening)), monday), evening, evening + 4 * hour).state).toBe('ok');
});

it('knows the usual of an hour of the week by its median: one odd week does not move it', () => {
  const start = monday + 7 * 7 * day + 9 * hour;
  const hours = [1, 2, 3, 4, 5, 6].map((weeks) => ({ hour: start - weeks * 7 * day, count: weeks === 3 ? 5000 : 100 }));
  expect(new SourceRhythm(hours, monday + 7 * day).usualAt(start)).toMatchObject({ basis: 'sameHour', samples: 6, expected: 100, low: 70, high: 130 });
});

it('learns from the time of day, then from the last hours, and says so; a back-fill is no rhythm', () => {
  const now = monday + 3 * day;
  const daily = [1, 2, 3].map((days) => ({ hour: now - days * day, count: 40 }));
  expect(new SourceRhythm(daily, monday).usualAt(now)).toMatchObject({ basis: 'sameTime', samples: 3, expected: 40 });
  const backfilled = [
    { hour: now - hour, count: 9 },
    { hour: now - 2 * hour, count: 11 },
    { hour: now - 3 * hour, count: 10 },
    { hour: now - 4 * hour, count: 87_000 },
  ];
  expect(new SourceRhythm(backfilled, now - 4 * hour).usualAt(now)).toMatchObject({ basis: 'recent', expected: 10 });
  expect(new SourceRhythm(backfilled.slice(0, 2), now - 2 * hour).usualAt(now)).toBeNull();
});

it('a source that never sent anything is new, not silent', () => {
  expect(judgeSilence(new SourceRhythm([], monday), null, monday)).toEqual({ state: 'never' });
});
