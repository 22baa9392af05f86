import type { CanonicalEvent, Family, IntentRule } from '@throughline/contracts';
import { shownIntents } from './decide-intent';
import type { MenuReading, NodeReading } from './readings';
import type { ScoredTransaction } from './scoring-input';

/** The node that a caller stands in before any other has a name. */
const entry = 'entry';
const personKeys: ReadonlySet<string> = new Set(['0', '00', '*0', 'operator', 'agent']);

/** Reads one IVR transaction of a contact (features D2): its nodes in order with dwell and inputs that were not understood. `others`: the contact's other transactions. */
export function readMenu(menu: ScoredTransaction, others: readonly ScoredTransaction[], rules: readonly IntentRule[]): MenuReading {
  const live = menu.live!;
  const talk = firstTalkAfter(menu, others);
  const said = talk ? talkIntent(talk) : undefined;
  const selfServed = menu.events.some(({ type }) => type === 'selfServed');
  return {
    anchor: menu.anchor,
    channel: menu.channel,
    enteredAt: live.startAt,
    leftAt: live.endAt,
    nodes: readNodes(menu, rules),
    leftForPerson: !selfServed && others.some((other) => goesToPerson(other) && other.live !== null && other.live.startAt >= live.startAt),
    askedForPerson: menu.events.filter(asksForPerson).map(({ id }) => id),
    talkFamily: said?.family ?? null,
    talkEvent: said?.event ?? null,
  };
}

const goesToPerson = ({ system, kind }: ScoredTransaction): boolean => kind === 'contact' && (system === 'acd' || system === 'agent');

function firstTalkAfter(menu: ScoredTransaction, others: readonly ScoredTransaction[]): ScoredTransaction | undefined {
  return others
    .filter(({ system, kind, live }) => system === 'agent' && kind === 'contact' && live !== null && live.startAt >= menu.live!.startAt)
    .sort((a, b) => a.live!.startAt - b.live!.startAt || (a.anchor < b.anchor ? -1 : 1))[0];
}

function talkIntent(talk: ScoredTransaction): { readonly family: Family; readonly event: string } | undefined {
  for (const { id, intents } of talk.events) {
    const named = intents.find(({ by, family }) => (by === 'disposition' || by === 'person') && family !== 'unknown');
    if (named) return { family: named.family, event: id };
  }
  return undefined;
}

function asksForPerson({ type, attributes }: CanonicalEvent): boolean {
  const word = type === 'keyPressed' ? attributes['key'] : type === 'said' ? attributes['word'] : undefined;
  return (typeof word === 'string' || typeof word === 'number') && personKeys.has(String(word).toLowerCase());
}

function readNodes({ events, live }: ScoredTransaction, rules: readonly IntentRule[]): NodeReading[] {
  const nodes: { node: string; at: number; invalidInputs: string[]; event: string; family: Family | null }[] = [];
  for (const event of events) {
    if (event.type === 'nodeEntered' || (event.type === 'entered' && nodes.length === 0))
      nodes.push({
        node: nameOf(event) ?? entry,
        at: event.occurredAt,
        invalidInputs: [],
        event: event.id,
        family: shownIntents(event, rules).find(({ family }) => family !== 'unknown')?.family ?? null,
      });
    else if (event.type === 'invalidInput') nodes.at(-1)?.invalidInputs.push(event.id);
  }
  return nodes.map((node, place) => ({ ...node, dwellMs: Math.max(0, (nodes[place + 1]?.at ?? live!.endAt) - node.at) }));
}

function nameOf({ attributes }: CanonicalEvent): string | undefined {
  const name = attributes['node'];
  return typeof name === 'string' && name !== '' ? name.slice(0, 200) : undefined;
}
