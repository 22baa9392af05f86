import type { CanonicalEvent, ScoringSettings } from '@throughline/contracts';
import { readAnswers } from './read-answers';
import { readContact } from './read-contact';
import { inOrder, type ContactReading, type ItemReading, type Readings } from './readings';
import type { ScoredTransaction, ScoringInput } from './scoring-input';

/** Reads every contact and every item that counts, each by itself. */
export function readJourney(input: ScoringInput, settings: ScoringSettings): Readings {
  const ofInteraction = new Map<string, ScoredTransaction[]>();
  for (const transaction of input.transactions) {
    if (transaction.interaction === null) continue;
    const others = ofInteraction.get(transaction.interaction);
    if (others) others.push(transaction);
    else ofInteraction.set(transaction.interaction, [transaction]);
  }
  const contacts = input.interactions
    .filter(({ kind }) => kind === 'contact')
    .map((interaction) => readContact(interaction, ofInteraction.get(interaction.anchor) ?? [], settings))
    .sort(inOrder);
  const byAnchor = new Map(contacts.map((contact) => [contact.anchor, contact]));
  const items = input.transactions.flatMap((transaction) =>
    transaction.events.flatMap((event) => readItems(event, transaction, engagementOf(event, transaction, byAnchor))),
  );
  return { contacts, items: items.sort(inOrder) };
}

/** Where an event hangs: of an item where the hierarchy has it, of a contact the part in which it lies. */
function engagementOf(event: CanonicalEvent, transaction: ScoredTransaction, contacts: ReadonlyMap<string, ContactReading>): string | null {
  const contact = transaction.kind === 'contact' && transaction.interaction !== null ? contacts.get(transaction.interaction) : undefined;
  if (!contact) return transaction.engagement;
  return (contact.parts.findLast(({ startAt }) => startAt <= event.occurredAt) ?? contact.parts[0])?.engagement ?? null;
}

const closes = ({ outcome, issueKeys }: CanonicalEvent): boolean =>
  outcome === 'resolved' || outcome === 'sold' || (outcome === undefined && issueKeys.some(({ state }) => state === 'closed'));

function readItems(event: CanonicalEvent, { kind }: ScoredTransaction, engagement: string | null): ItemReading[] {
  const item = { anchor: event.id, at: event.occurredAt, engagement };
  const items: ItemReading[] = [];
  if (event.system === 'field' && event.type === 'missed') items.push({ ...item, kind: 'missedVisit' });
  if (event.system === 'order' && (event.type === 'placed' || event.type === 'refunded')) {
    const placed = event.type === 'placed';
    const amount = event.amount?.minorUnits ?? 0;
    if (placed || amount !== 0) items.push({ ...item, kind: 'order', placed, amount: placed ? amount : -amount });
  }
  if (event.system === 'survey' && event.type === 'answered') {
    const answers = readAnswers(event);
    if (answers.length > 0) items.push({ ...item, kind: 'answers', about: event.aboutEventId ?? null, answers });
  }
  if (kind === 'item' && closes(event)) items.push({ ...item, kind: 'closing' });
  return items;
}
