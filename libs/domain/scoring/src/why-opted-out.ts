import type { MenuVisitFact, ScoringSettings } from '@throughline/contracts';
import type { ContactReading, MenuReading, NodeReading } from './readings';
import { hasFailed } from './repeats';

export type OptOut = NonNullable<MenuVisitFact['optOut']>;
type Reason = Exclude<OptOut['reason'], 'unknown'>;

interface Weighed {
  readonly reason: Reason;
  /** 0–1000. */
  readonly confidence: number;
  readonly events: readonly string[];
}

const seconds = 1000;
const leftovers = /(^|[^a-z])(other|else|rest|misc|operator|agent)([^a-z]|$)/i;

/**
 * Why a caller left the menu for a person. Each reason is weighed by its signs; the heaviest is the answer when it is heavy enough and leads by enough,
 * otherwise the answer is `unknown`, with the signs that there were. `earlier`: contacts about the same matter in the last days.
 */
export function whyOptedOut(menu: MenuReading, earlier: readonly ContactReading[], { optOut }: Pick<ScoringSettings, 'optOut'>): OptOut {
  const weighed = [failedRecognition(menu), frustration(menu, earlier), speed(menu), menuLacksIt(menu), question(menu)];
  weighed.sort((a, b) => b.confidence - a.confidence);
  const [best, second] = [weighed[0]!, weighed[1]!];
  const decided = best.confidence >= optOut.least && best.confidence - second.confidence >= optOut.lead;
  return { reason: decided ? best.reason : 'unknown', confidence: decided ? best.confidence : best.confidence - second.confidence, events: best.events };
}

const weigh = (reason: Reason, weights: readonly (readonly [holds: boolean, weight: number])[], events: readonly string[]): Weighed => ({
  reason,
  confidence: Math.min(
    950,
    weights.reduce((sum, [holds, weight]) => sum + (holds ? weight : 0), 0),
  ),
  events,
});

/** The menu did not understand: inputs that were not recognised, the more so as the last thing that happened. */
function failedRecognition({ nodes }: MenuReading): Weighed {
  const all = nodes.flatMap(({ invalidInputs }) => invalidInputs);
  const last = nodes.at(-1)?.invalidInputs ?? [];
  return weigh(
    'failedRecognition',
    [
      [all.length >= 1, 300],
      [all.length >= 2, 300],
      [all.length >= 3, 150],
      [last.length > 0, 150],
    ],
    all,
  );
}

/** The customer has had enough: tried before, failed before, or went round in circles. */
function frustration({ nodes }: MenuReading, earlier: readonly ContactReading[]): Weighed {
  const again = repeated(nodes);
  const failed = earlier.filter(hasFailed);
  return weigh(
    'frustration',
    [
      [earlier.length >= 1, 350],
      [earlier.length >= 2, 250],
      [failed.length >= 1, 200],
      [again.length >= 1, 250],
      [again.length >= 2, 200],
    ],
    [...earlier.map(({ anchor }) => anchor), ...again.map(({ event }) => event)],
  );
}

function repeated(nodes: readonly NodeReading[]): NodeReading[] {
  const seen = new Set<string>();
  return nodes.filter(({ node }) => seen.has(node) || !seen.add(node));
}

/** The customer knows the way: out within seconds, or straight by the key for a person. */
function speed({ nodes, askedForPerson, enteredAt, leftAt }: MenuReading): Weighed {
  const menuMs = leftAt - enteredAt;
  const clean = nodes.every(({ invalidInputs }) => invalidInputs.length === 0);
  const first = nodes.slice(0, 1).map(({ event }) => event);
  return weigh(
    'speed',
    [
      [clean && menuMs <= 12 * seconds, 500],
      [clean && menuMs <= 20 * seconds && askedForPerson.length > 0, 250],
    ],
    [...first, ...askedForPerson],
  );
}

/** What the customer wants has no place in the menu: the way ends in the leftovers, and the talk was about something that no node offers. */
function menuLacksIt({ nodes, talkFamily, talkEvent }: MenuReading): Weighed {
  const last = nodes.at(-1);
  const offered = new Set(nodes.flatMap(({ family }) => family ?? []));
  const elsewhere = talkFamily !== null && !offered.has(talkFamily);
  return weigh(
    'menuLacksIt',
    [
      [last !== undefined && leftovers.test(last.node), 450],
      [elsewhere, 150],
      [elsewhere && offered.size > 0, 100],
      [nodes.length >= 4, 100],
    ],
    [...(last ? [last.event] : []), ...(elsewhere && talkEvent ? [talkEvent] : [])],
  );
}

/** The right place was found and listened to, and left something to ask. */
function question({ nodes, talkFamily, talkEvent }: MenuReading): Weighed {
  const last = nodes.at(-1);
  const found = last !== undefined && last.family !== null;
  const listened = found && last.dwellMs >= 15 * seconds;
  const fits = found && talkFamily === last.family;
  return weigh(
    'question',
    [
      [listened, 450],
      [listened && fits, 200],
      [listened && last.dwellMs >= 25 * seconds, 100],
    ],
    [...(last ? [last.event] : []), ...(talkEvent && fits ? [talkEvent] : [])],
  );
}
