import type { FrustrationCause, FrustrationPoint, Norm, ScoringSettings } from '@throughline/contracts';
import { capPoints } from './cap-points';
import { beyond, usual } from './norms';
import { mainPart, type ContactReading } from './readings';
import { hasFailed } from './repeats';
import { dayMs } from './scoring-input';

/** What a customer went through with one matter until the end of one contact. */
export interface Ordeal {
  readonly contact: ContactReading;
  /** Earlier contacts about it within the look-back, in order. */
  readonly earlier: readonly ContactReading[];
  /** Visits about it to which nobody came, within the look-back: their events. */
  readonly missedVisits: readonly string[];
}

export interface Frustration {
  /** 0–100: the sum of the ledger, exactly. */
  readonly score: number;
  readonly ledger: readonly FrustrationPoint[];
  /** Causes of which nothing is known: they bring no points, and are named. */
  readonly unjudged: readonly FrustrationCause[];
}

/** An earlier contact within this many days is a repeat, one before is an earlier repeat. */
const repeatDays = 7;

interface Entry {
  readonly cause: FrustrationCause;
  readonly amount: number;
  readonly facts: Readonly<Record<string, number | string>>;
  readonly events: readonly string[];
}

/**
 * Frustration as a ledger. Each cause brings points for its amount, at most as many as the settings allow it; the sum is capped at 100. It rises with
 * every ingredient, and counts what the customer went through before as well as in the contact.
 */
export function rateFrustration(ordeal: Ordeal, settings: ScoringSettings): Frustration {
  const unjudged: FrustrationCause[] = [];
  const entries = [...before(ordeal, settings), ...within(ordeal, settings, unjudged)];
  const counted = entries.flatMap(({ cause, amount, facts, events }) => {
    const { each, most } = settings.points[cause];
    const points = Math.min(most, Math.floor(each * amount));
    return points > 0 ? [{ cause, points, facts, events }] : [];
  });
  const capped = capPoints(counted.map(({ points }) => points));
  const ledger = counted.map((entry, place) => ({ ...entry, points: capped[place]! })).filter(({ points }) => points > 0);
  return { score: capped.reduce((sum, points) => sum + points, 0), ledger, unjudged };
}

function before({ contact, earlier, missedVisits }: Ordeal, settings: ScoringSettings): Entry[] {
  const since = contact.at - repeatDays * dayMs;
  const tries = earlier.filter(({ startedBy }) => startedBy === 'customer');
  const late = tries.filter(({ endedAt }) => endedAt >= since);
  const early = tries.filter(({ endedAt }) => endedAt < since);
  const failed = earlier.filter(hasFailed);
  const anchors = (contacts: readonly ContactReading[]): string[] => contacts.map(({ anchor }) => anchor);
  const counted = (cause: FrustrationCause, events: readonly string[], days: number): Entry => ({
    cause,
    amount: events.length,
    facts: { count: events.length, days },
    events,
  });
  return [
    counted('repeat', anchors(late), repeatDays),
    counted('earlierRepeat', anchors(early), settings.lookBackDays),
    counted('earlierFailure', anchors(failed), settings.lookBackDays),
    counted('missedVisit', missedVisits, settings.lookBackDays),
  ];
}

function within({ contact, earlier }: Ordeal, { norms }: ScoringSettings, unjudged: FrustrationCause[]): Entry[] {
  const { inside, stays, channel } = contact;
  const { family, liveMs: _part, ...main } = mainPart(contact);
  const counted = (cause: FrustrationCause, events: readonly string[]): Entry => ({ cause, amount: events.length, facts: { count: events.length }, events });
  const measured = (
    cause: FrustrationCause,
    value: number,
    norm: Norm | undefined,
    facts: (norm: Norm) => Entry['facts'],
    events: readonly string[],
  ): Entry[] => {
    if (norm) return [{ cause, amount: beyond(value, norm), facts: facts(norm), events }];
    unjudged.push(cause);
    return [];
  };
  const waitMs = stays.reduce((sum, { at, leftAt }) => sum + (leftAt - at), 0);
  const lengthMs = contact.parts.reduce((sum, part) => sum + part.liveMs, 0);
  const anchor = [contact.anchor];
  return [
    ...(stays.length === 0
      ? []
      : measured(
          'wait',
          waitMs,
          usual(norms.waitMs, family, channel),
          ({ median }) => ({ waitMs, usualMs: median }),
          stays.map((stay) => stay.anchor),
        )),
    ...measured('length', lengthMs, usual(norms.lengthMs, family, channel), ({ median }) => ({ lengthMs, usualMs: median }), anchor),
    ...measured('events', contact.events, usual(norms.events, family, channel), ({ median }) => ({ count: contact.events, usual: median }), anchor),
    counted('transfer', inside.transfers),
    counted('hold', inside.holds),
    counted('invalidInput', inside.invalidInputs),
    counted('restart', inside.restarts),
    counted('reidentified', inside.reidentified),
    toldAgain(contact, earlier),
    ...(main.failed === null
      ? []
      : [{ cause: 'failedContact' as const, amount: 1, facts: { how: main.failed }, events: inside.failures.length > 0 ? inside.failures : anchor }]),
  ];
}

/** Somebody new, after another had heard the story: the customer tells it again. Who comes or rings by themselves has read it. */
function toldAgain(contact: ContactReading, earlier: readonly ContactReading[]): Entry {
  const heard = new Set(earlier.flatMap(({ agents }) => agents));
  const again: string[] = [];
  if (contact.startedBy === 'customer')
    for (const agent of contact.agents) {
      if (heard.size > 0 && !heard.has(agent)) again.push(agent);
      heard.add(agent);
    }
  return {
    cause: 'toldAgain',
    amount: again.length,
    facts: { count: again.length, people: heard.size },
    events: [...earlier.slice(-1).map(({ anchor }) => anchor), contact.anchor],
  };
}
