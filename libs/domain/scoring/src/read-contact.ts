import type { CanonicalEvent, ScoringSettings } from '@throughline/contracts';
import { decideIntent, shownIntents } from './decide-intent';
import { readHardships } from './read-hardships';
import { readMenu } from './read-menu';
import { readStay } from './read-stay';
import type { ContactReading, PartReading } from './readings';
import type { ScoredInteraction, ScoredPart, ScoredTransaction } from './scoring-input';

/** Reads one contact by itself; `transactions` are its own, items and side items included, in any order. */
export function readContact(interaction: ScoredInteraction, transactions: readonly ScoredTransaction[], settings: ScoringSettings): ContactReading {
  const served = transactions.filter(({ kind, live }) => kind === 'contact' && live !== null).sort(byLiveStart);
  const events = transactions.flatMap((transaction) => transaction.events).sort(byTime);
  const live = events.filter(isLive);
  const main = mainOf(interaction.parts);
  const parts = interaction.parts.map((part, place) => readPart(part, place, interaction.parts, events, settings));
  const touch = touchOf(served);
  const startedBy = starterOf(served, live);
  return {
    anchor: interaction.anchor,
    at: interaction.live!.startAt,
    endedAt: interaction.live!.endAt,
    fromAt: interaction.startAt,
    toAt: interaction.endAt,
    startedBy,
    asked: startedBy === 'customer' && served.some(asksSomething),
    channel: touch?.channel ?? null,
    queue: touch?.queue ?? served.findLast(({ queue }) => queue !== null)?.queue ?? null,
    agent: touch?.agent ?? null,
    site: touch?.events.find(({ site }) => site !== undefined)?.site ?? null,
    agents: [...new Set(served.flatMap(({ agent }) => agent ?? []))],
    transactions: served.length,
    events: live.length,
    parts,
    main,
    looksResolved: looksResolved(parts[main], served),
    inside: readHardships(served),
    stays: served.filter(({ system }) => system === 'acd').map((stay) => readStay(stay, served)),
    menus: served
      .filter(({ system }) => system === 'ivr')
      .map((menu) =>
        readMenu(
          menu,
          served.filter((other) => other !== menu),
          settings.intentRules,
        ),
      ),
  };
}

const isLive = ({ presence, purpose }: CanonicalEvent): boolean => presence === 'live' && purpose === 'service';
const byTime = (a: CanonicalEvent, b: CanonicalEvent): number =>
  a.occurredAt - b.occurredAt || a.sourceSequence - b.sourceSequence || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const byLiveStart = (a: ScoredTransaction, b: ScoredTransaction): number =>
  a.live!.startAt - b.live!.startAt || (a.anchor < b.anchor ? -1 : a.anchor > b.anchor ? 1 : 0);

/** The part for which a contact counts: the larger share, then the earlier. */
function mainOf(parts: readonly ScoredPart[]): number {
  let main = 0;
  parts.forEach(({ share }, place) => {
    if (share > parts[main]!.share) main = place;
  });
  return main;
}

function readPart(part: ScoredPart, place: number, parts: readonly ScoredPart[], events: readonly CanonicalEvent[], settings: ScoringSettings): PartReading {
  const shown = events.flatMap((event) => shownIntents(event, settings.intentRules));
  const known = { family: part.family, confidence: part.intentConfidence };
  const { intent, family, confidence } = decideIntent(
    parts.length === 1 ? shown : shown.filter((one) => one.family === part.family),
    known,
    settings.minimumIntentConfidence,
  );
  const inPart = parts.length === 1 ? events : events.filter(({ occurredAt }) => placeAt(parts, occurredAt) === place);
  const said = outcomeOf(part, parts, events, inPart);
  return {
    engagement: part.engagement,
    startAt: part.startAt,
    liveMs: part.liveMs,
    share: part.share,
    failed: part.failed,
    intent,
    family,
    intentConfidence: confidence,
    settled: part.familyBy === 'own',
    steps: inPart.filter((event) => isLive(event) && event.initiator === 'customer').length,
    outcome: said?.outcome ?? null,
    outcomeAt: said?.occurredAt ?? null,
  };
}

/** The part in which an instant lies: the last that has begun. */
function placeAt(parts: readonly ScoredPart[], at: number): number {
  return Math.max(
    parts.findLastIndex(({ startAt }) => startAt <= at),
    0,
  );
}

/** The event with the last outcome that speaks of the part's family, or else the last within it; a phantom is none. */
function outcomeOf(
  part: ScoredPart,
  parts: readonly ScoredPart[],
  events: readonly CanonicalEvent[],
  inPart: readonly CanonicalEvent[],
): CanonicalEvent | undefined {
  const says = ({ outcome }: CanonicalEvent): boolean => outcome !== undefined && outcome !== 'phantom';
  const named = parts.length === 1 ? undefined : events.findLast((event) => says(event) && event.intents.some(({ family }) => family === part.family));
  return named ?? inPart.findLast(says);
}

/** The touch point that a contact is counted for: the last person who wrote down what it was, else the last person, else where most time went. */
function touchOf(served: readonly ScoredTransaction[]): ScoredTransaction | undefined {
  const people = served.filter(({ agent }) => agent !== null);
  const disposed = people.findLast(({ events }) => events.some(({ type, outcome }) => type === 'disposed' || outcome !== undefined));
  if (people.length > 0) return disposed ?? people.at(-1);
  return [...served].sort((a, b) => lengthOf(b) - lengthOf(a) || byLiveStart(a, b))[0];
}
const lengthOf = ({ live }: ScoredTransaction): number => live!.endAt - live!.startAt;

function starterOf(served: readonly ScoredTransaction[], live: readonly CanonicalEvent[]): ContactReading['startedBy'] {
  if (served[0]?.events.some(({ startedBy }) => startedBy === 'callback')) return 'callback';
  return live[0]?.initiator === 'agent' ? 'company' : 'customer';
}

const asksSomething = ({ system, events }: ScoredTransaction): boolean => system !== 'web' || events.some(({ type }) => type === 'formSent');

/** Whether the tool of the channel counts the contact as done: by the outcome that was written down, else because somebody or something served to a proper end. */
function looksResolved(part: PartReading | undefined, served: readonly ScoredTransaction[]): boolean {
  if (!part || part.failed !== null) return false;
  if (part.outcome !== null) return part.outcome === 'resolved' || part.outcome === 'sold';
  return served.some(({ system, events }) =>
    events.some(
      ({ type, ending }) =>
        type === 'selfServed' || type === 'formSent' || (ending === 'completed' && (system === 'agent' || system === 'chat' || system === 'messaging')),
    ),
  );
}
