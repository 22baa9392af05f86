/** Every point at which a test may kill a process. The fault harness runs through this list, so a new point cannot be forgotten. */
export const failpoints = [
  'after-commit-before-2xx',
  'after-puback-before-mark',
  'mid-transaction',
  'after-commit-before-ack',
  'after-accept-before-mark',
  'mid-migration',
] as const;
export type FailpointName = (typeof failpoints)[number];

const hits = new Map<string, number>();
const [armedName, armedHit = '1'] = (process.env['FAILPOINT'] ?? '').split(':');

/**
 * Kills this process with SIGKILL at the n-th hit when the environment says `FAILPOINT=<name>:<n>`; otherwise costs one comparison.
 * It is the one place beside settings that reads the environment: a crash point must not depend on anything that can be configured wrongly.
 */
export function failpoint(name: FailpointName): void {
  if (armedName !== name) return;
  const hit = (hits.get(name) ?? 0) + 1;
  hits.set(name, hit);
  if (hit === Number(armedHit)) process.kill(process.pid, 'SIGKILL');
}

const poisonedSourceEvent = process.env['POISON_SOURCE_EVENT'];

/** Throws for the one event that the environment names as `POISON_SOURCE_EVENT=<source event id>`: how the fault harness shows that poison stays small. Called where a pure rule is run for one event or one customer. */
export function poison(sourceEventId: string): void {
  if (poisonedSourceEvent !== undefined && sourceEventId === poisonedSourceEvent) throw new Error('The rule was made to fail for this event.');
}
