import type { CanonicalEvent, ContactScore, SurveyAnswer } from '@throughline/contracts';
import { texts } from '../../texts';
import { channelName } from '../ui/channel';
import { formatSpan } from '../ui/format';
import { channelOf, eventsOf, transactionsOf, type EngagementNode, type InteractionNode, type TimelineNode, type TransactionNode } from './timeline';

const words = texts.customers;
const day = 24 * 60 * 60_000;

/** The word of a list, or the term itself where the list has none. */
export const wordOf = (list: Readonly<Record<string, unknown>>, term: string): string => {
  const word = list[term];
  return typeof word === 'string' ? word : term;
};

export const percentOf = (thousandths: number): string => `${Math.round(thousandths / 10)} %`;

/** What the node is, in one line. */
export function titleOf(node: TimelineNode): string {
  switch (node.level) {
    case 'engagement':
      return node.branch ? titleOfEngagement(node) : words.tree.loose;
    case 'interaction':
      return titleOfInteraction(node);
    case 'transaction':
      return titleOfTransaction(node);
    case 'event': {
      const { event } = node.branch;
      const what = wordOf(words.types, event.type);
      const menuNode = event.attributes['node'];
      return typeof menuNode === 'string' ? `${what}, ${menuNode}` : what;
    }
  }
}

/** `Fault: internet down`. */
function titleOfEngagement(node: EngagementNode): string {
  const families = node.branch?.families.map((family) => wordOf(words.families, family)).join(' + ') || words.families.unknown;
  const intent = intentOf(node);
  return intent ? `${families}: ${intent}` : families;
}

/** `Call: ticket opened, unresolved`: where it was, and what came of it. */
function titleOfInteraction(node: InteractionNode): string {
  const what = node.branch.kind === 'attempt' ? words.tree.attempt : channelName(channelOf(node));
  const came = happeningsOf(eventsOf(node));
  return came.length > 0 ? `${what}: ${came.join(', ')}` : what;
}

/** Types of events that say what came of a contact; the others only say that it went on. */
const telling = new Set(
  'selfServed callbackAccepted abandoned transferred formSent ticketOpened ticketClosed ticketReopened quoted placed paid cancelled returnRequested refunded booked moved completed missed answered posted'.split(
    ' ',
  ),
);

function happeningsOf(events: readonly CanonicalEvent[]): string[] {
  const inOrder = [...events].sort((a, b) => a.occurredAt - b.occurredAt);
  const came = inOrder.flatMap(({ type, outcome }) => [
    ...(telling.has(type) ? [wordOf(words.types, type)] : []),
    ...(outcome ? [wordOf(words.outcomes, outcome)] : []),
  ]);
  return [...new Set(came)].slice(0, 4);
}

/** Who it was with: by name, where the directory has it. */
export const agentOf = ({ agent, agentName }: TransactionNode['branch']): string | null => agentName ?? agent;

export function titleOfTransaction({ branch }: TransactionNode): string {
  const system = wordOf(words.systems, branch.system);
  const agent = agentOf(branch);
  if (agent && branch.system === 'agent') return agent;
  if (branch.queue && branch.system === 'acd') return `${system} ${branch.queue}`;
  return agent ? `${system}, ${agent}` : system;
}

/** What the customer wanted, as the strongest word in it says. */
export function intentOf(node: TimelineNode): string | undefined {
  const intents = eventsOf(node).flatMap(({ intents }) => intents);
  return [...intents].sort((a, b) => b.confidence - a.confidence)[0]?.intent;
}

/** The line under the title. */
export function detailOf(node: TimelineNode): string {
  switch (node.level) {
    case 'engagement':
      return node.branch ? detailOfEngagement(node) : words.tree.looseDetail;
    case 'interaction':
      return transactionsOf(node)
        .filter(({ branch }) => branch.kind === 'contact')
        .map(
          (transaction) =>
            `${titleOfTransaction(transaction)}${transaction.endAt > transaction.at ? ` ${formatSpan(transaction.endAt - transaction.at)}` : ''}`,
        )
        .join(' ▸ ');
    case 'transaction': {
      return node.branch.kind === 'contact' ? '' : [...new Set(node.children.map((child) => titleOf(child)))].slice(0, 4).join(', ');
    }
    case 'event': {
      const { event } = node.branch;
      const intents = event.intents.map(({ intent, confidence }) => `${words.tree.wants(intent)} ${percentOf(confidence)}`);
      return [event.outcome && wordOf(words.outcomes, event.outcome), event.ending, ...intents].filter(Boolean).join(', ');
    }
  }
}

function detailOfEngagement(node: EngagementNode): string {
  const contacts = node.children.filter((child) => child.level === 'interaction' && child.branch.kind === 'contact').length;
  const days = Math.max(1, Math.ceil((node.endAt - node.at) / day));
  const people = new Set(transactionsOf(node).flatMap(({ branch }) => branch.agent ?? []));
  const systems = new Set(transactionsOf(node).map(({ branch }) => branch.system));
  const parts = [words.tree.inDays(contacts, days), keysOf(node)];
  if (people.size > 0) parts.push(words.tree.people(people.size));
  parts.push(words.tree.systems(systems.size));
  return parts.filter(Boolean).join(' · ');
}

/** `2 appointments and 1 ticket`. */
function keysOf({ branch }: EngagementNode): string {
  const counts = new Map<string, number>();
  for (const key of branch?.keys ?? []) {
    const kind = key.slice(0, key.indexOf(':'));
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = words.tree.ticketKinds as Readonly<Record<string, (n: number) => string>>;
  return words.tree.keys([...counts].map(([kind, n]) => kinds[kind]?.(n) ?? `${n} ${kind}`));
}

export const stateOf = (node: TimelineNode): string | null => {
  if (node.level === 'engagement') return node.branch?.state ?? null;
  return node.level === 'transaction' && node.branch.kind === 'contact' ? node.branch.state : null;
};

/** What the customer said of it, with the most that could be given, and of whom: `Priya N.: empathy 1 of 5`. */
export function answersOf(node: TimelineNode): string[] {
  const whom = (touch: SurveyAnswer['touch']): string | undefined => {
    if (touch?.kind !== 'agent') return touch && wordOf(words.systems, touch.name);
    return transactionsOf(rootOf(node)).find(({ branch }) => branch.agent === touch.name)?.branch.agentName;
  };
  return eventsOf(node).flatMap(({ type, attributes }) => {
    if (type !== 'answered') return [];
    const { answers, rating } = attributes;
    if (Array.isArray(answers))
      return (answers as Partial<SurveyAnswer>[]).map(({ question, value, touch }) => {
        const [said, about] = [words.answer(question ?? '', value ?? 0), whom(touch)];
        return about ? `${about}: ${said}` : said;
      });
    return typeof rating === 'number' ? [words.answer('csat', rating)] : [];
  });
}

const rootOf = (node: TimelineNode): TimelineNode => (node.parent ? rootOf(node.parent) : node);

export const scoreOf = (node: TimelineNode): ContactScore | undefined => (node.level === 'interaction' ? node.branch.score : undefined);
