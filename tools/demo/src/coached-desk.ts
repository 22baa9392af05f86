import type { Instant } from '@throughline/contracts';
import { siteOfAgent } from './directory';
import { day, second, startOfDay } from './local-time';
import { Random } from './random';

/** The desk whose callers are all asked how they were understood, and of whose agents the least liked are coached. */
export const coachedQueue = 'billing';
const coachedSite = 'raleigh';
const coachedAgents = 4;
/** Marks that an agent needs before anybody thinks of coaching them. */
const leastMarks = 25;
const beforeDays = 42;
const practiceDays = 46;
/** How much better the coached are marked, on the scale of 1 to 5: 6 of 100 points. */
const effectMarks = 0.24;
/** Of the marks below 5 about so many are lifted by one, which makes the effect. */
const marksBelowFive = 0.87;

/** What was planted about coaching. The effect is counted, not meant: of the same marks, those given because the agent was coached. */
export interface CoachingFacts {
  readonly metric: 'empathy';
  readonly queue: string;
  readonly startsAt: string;
  readonly remeasureAt: string;
  readonly agents: readonly string[];
  readonly picked: 'lowest of their site in the six weeks before';
  readonly marksAfter: number;
  readonly effect: number;
  /** The coached before and after: what a report without a control would call the effect, the return to the mean included. */
  readonly before: number;
  readonly after: number;
}

interface Marks {
  n: number;
  sum: number;
}

/**
 * The desk on which coaching is planted. Its agents differ a little, each mark differs much: who is lowest is so in part by chance, and comes back by themselves. The lowest four
 * of one site are coached from a day on, and from then on some of their marks are one better.
 */
export class CoachedDesk {
  private readonly startsAt: Instant;
  private readonly before = new Map<string, Marks>();
  private readonly after: Marks = { n: 0, sum: 0 };
  private chosen: readonly string[] | undefined;
  private lifted = 0;

  constructor(
    private readonly seed: number,
    private readonly until: Instant,
    /** How much later this desk is told of than the one of `usualEnd`: the same callers give the same marks. */
    private readonly movedMs = 0,
  ) {
    this.startsAt = startOfDay(until) - practiceDays * day;
  }

  /** What a caller's word about a call that ended then hangs on: of its own, so that the rest of the town stays as it was. */
  chanceOf(person: number, callEnd: Instant): Random {
    return new Random(7711, person, Math.floor((callEnd - this.movedMs) / second));
  }

  /** The mark that a caller gives an agent of this desk for a call at this instant. `chance` is the caller's own. */
  mark(agent: string, at: Instant, chance: Random): number {
    const skill = 0.25 * new Random(this.seed, 7710, ...[...agent].map((letter) => letter.codePointAt(0)!)).normal();
    const given = Math.min(5, Math.max(1, Math.round(3.55 + skill + 1.05 * chance.normal())));
    const lifts = given < 5 && chance.chance(effectMarks / marksBelowFive);
    if (at < this.startsAt) {
      if (at >= this.startsAt - beforeDays * day) count(this.before, agent, given);
      return given;
    }
    if (!this.coached().includes(agent)) return given;
    this.after.n += 1;
    this.after.sum += given + Number(lifts);
    this.lifted += Number(lifts);
    return given + Number(lifts);
  }

  /** Complete when the world has been told to its end; null where nobody was coached: a town too small or a time too short. */
  planted(): CoachingFacts | null {
    const agents = this.coached();
    if (agents.length === 0 || this.after.n === 0) return null;
    const marks = agents.map((agent) => this.before.get(agent)!);
    const round = (value: number): number => Math.round(value * 1000) / 1000;
    return {
      metric: 'empathy',
      queue: coachedQueue,
      startsAt: new Date(this.startsAt).toISOString(),
      remeasureAt: new Date(this.until).toISOString(),
      agents,
      picked: 'lowest of their site in the six weeks before',
      marksAfter: this.after.n,
      effect: round(this.lifted / this.after.n),
      before: round(marks.reduce((total, { sum }) => total + sum, 0) / marks.reduce((total, { n }) => total + n, 0)),
      after: round(this.after.sum / this.after.n),
    };
  }

  /** Chosen when coaching begins, by what was seen until then. */
  private coached(): readonly string[] {
    this.chosen ??= [...this.before]
      .filter(([agent, { n }]) => n >= leastMarks && siteOfAgent(agent) === coachedSite)
      .sort(([a, x], [b, y]) => x.sum / x.n - y.sum / y.n || (a < b ? -1 : 1))
      .slice(0, coachedAgents)
      .map(([agent]) => agent);
    return this.chosen;
  }
}

/** Places of the coached site that take calls: few agents with many calls each. */
const busyPlaces = 11;

/** Which of the forty places of a desk takes a call. Of the coached desk most calls go to one site; a few agents elsewhere stand in. */
export function deskPlace(queue: string, place: number): number {
  const stays = place < 6 || (place % 3 === 1 && place < 3 * busyPlaces);
  return queue !== coachedQueue || stays ? place : 1 + 3 * ((place - 6) % busyPlaces);
}

function count(marks: Map<string, Marks>, agent: string, value: number): void {
  const known = marks.get(agent) ?? { n: 0, sum: 0 };
  marks.set(agent, known);
  known.n += 1;
  known.sum += value;
}
