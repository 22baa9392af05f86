import {
  defaultHierarchySettings,
  defaultScoringSettings,
  type CanonicalEvent,
  type Family,
  type IntentSource,
  type IssueKey,
  type IssueKeyState,
  type Outcome,
  type SurveyAnswer,
} from '@throughline/contracts';
import { buildJourney } from '@throughline/domain-hierarchy';
import { inputOfJourney } from './input-of-journey';
import { scoreJourney, type JourneyFacts } from './score-journey';
import type { ScoringInput } from './scoring-input';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
/** Monday 2 March 2026, 12:00 UTC. */
export const noon = Date.UTC(2026, 2, 2, 12);

export const key = (kind: IssueKey['kind'], value: string, state?: IssueKeyState): IssueKey => ({ kind, namespace: '', value, ...(state && { state }) });
export const wants = (family: Family, intent: string = family, by: IntentSource = 'disposition', confidence = 900) => [{ intent, family, confidence, by }];

type Fields = Partial<Omit<CanonicalEvent, 'id' | 'occurredAt'>>;

export interface CallStory {
  readonly id: string;
  readonly family?: Family;
  readonly intent?: string;
  readonly outcome?: Outcome;
  readonly ending?: CanonicalEvent['ending'];
  readonly agent?: string;
  readonly minutes?: number;
  readonly waitMs?: number;
  readonly keys?: readonly IssueKey[];
  /** The talk is handed on to this agent. */
  readonly transferTo?: string;
  readonly startedBy?: 'callback';
}

/** One customer's story, told contact by contact; for tests. Ids follow the order of telling. */
export class ContactStory {
  readonly events: CanonicalEvent[] = [];

  add(at: number, fields: Fields & Pick<CanonicalEvent, 'system' | 'type' | 'channel'>): CanonicalEvent {
    const id = `00000000-0000-5000-a000-${String(this.events.length + 1).padStart(12, '0')}`;
    const event: CanonicalEvent = {
      id,
      revision: 0,
      source: 'desk',
      sourceEventId: id,
      sourceSequence: 0,
      occurredAt: at,
      receivedAt: at,
      initiator: 'customer',
      presence: 'live',
      purpose: 'service',
      identifiers: [],
      contactLinks: [],
      issueKeys: [],
      intents: [],
      attributes: {},
      ...fields,
    };
    this.events.push(event);
    return event;
  }

  /** Menu of 20 seconds, queue, talk: three transactions of one call. Gives the end. */
  call(at: number, call: CallStory): number {
    const { id, family, agent = 'ann', minutes = 5, waitMs = 40 * second, keys = [], outcome, ending = 'completed', transferTo, startedBy } = call;
    const common = { sessionKey: id, contactLinks: [{ kind: 'call' as const, namespace: '', value: id }], ...(startedBy && { startedBy }) };
    let talk = at;
    if (!startedBy) {
      this.add(at, { ...common, system: 'ivr', type: 'entered', channel: 'voice' });
      this.add(at + 20 * second, { ...common, system: 'ivr', type: 'left', channel: 'voice' });
      talk = this.queue(at + 20 * second, id, waitMs);
    }
    const end = talk + minutes * minute;
    const leg = { ...common, system: 'agent' as const, channel: 'voice' as const, initiator: 'agent' as const };
    this.add(talk, { ...leg, agent, type: 'connected', initiator: startedBy ? 'agent' : 'customer' });
    if (transferTo) this.add(talk + minute, { ...leg, agent, type: 'transferred', ending: 'transferred' });
    const last = transferTo ?? agent;
    if (transferTo) this.add(talk + minute + second, { ...leg, agent: last, type: 'connected' });
    if (family && ending === 'completed')
      this.add(end - second, {
        ...leg,
        agent: last,
        type: 'disposed',
        intents: wants(family, call.intent ?? family),
        issueKeys: keys,
        ...(outcome && { outcome }),
      });
    this.add(end, { ...leg, agent: last, type: 'ended', ending });
    return end;
  }

  /** A stay in the queue of a call; gives its end. */
  queue(at: number, id: string, waitMs: number, more: Fields = {}): number {
    const common = {
      sessionKey: id,
      contactLinks: [{ kind: 'call' as const, namespace: '', value: id }],
      queue: 'service',
      initiator: 'system' as const,
      ...more,
    };
    this.add(at, { ...common, system: 'acd', type: 'enqueued', channel: 'voice' });
    this.add(at + waitMs, { ...common, system: 'acd', type: 'dequeued', channel: 'voice' });
    return at + waitMs;
  }

  /** A chat of three messages; a failing one breaks off. Gives the end. */
  chat(at: number, id: string, family: Family, fails: boolean): number {
    const common = { sessionKey: id, system: 'chat' as const, channel: 'chat' as const };
    this.add(at, { ...common, type: 'started', intents: wants(family, family, 'text', 700) });
    this.add(at + minute, { ...common, type: 'messageReceived' });
    this.add(at + 5 * minute, {
      ...common,
      type: 'ended',
      initiator: 'system',
      ending: fails ? 'technical' : 'completed',
      ...(fails ? {} : { outcome: 'resolved' as const }),
    });
    return at + 5 * minute;
  }

  mail(at: number, family: Family, thread: string): void {
    this.add(at, {
      system: 'email',
      type: 'messageReceived',
      channel: 'email',
      intents: wants(family, family, 'text', 700),
      issueKeys: [key('thread', thread)],
    });
  }

  answer(at: number, aboutEventId: string, answers: readonly SurveyAnswer[]): void {
    this.add(at, { system: 'survey', type: 'answered', channel: 'email', purpose: 'feedback', presence: 'away', aboutEventId, attributes: { answers } });
  }

  input(): ScoringInput {
    const events = this.events.map((event) => ({ event, decidedBy: 'customerNumber::1' }));
    return inputOfJourney(buildJourney({ customerId: 'c', events, corrections: [], settings: defaultHierarchySettings }), this.events);
  }

  score(): JourneyFacts {
    return scoreJourney(this.input(), defaultScoringSettings);
  }
}
