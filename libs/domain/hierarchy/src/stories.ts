import type { CanonicalEvent, ContactLink, Family, IntentSource, IssueKey, IssueKeyState } from '@throughline/contracts';
import type { OwnedEvent } from './hierarchy';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** `2 10:00` is 10:00 UTC on 2 March 2026, a Monday. */
export function march(text: string): number {
  const [date, clock] = text.split(' ') as [string, string];
  return Date.parse(`2026-03-${date.padStart(2, '0')}T${clock.length === 5 ? `${clock}:00` : clock}Z`);
}

export const wants = (family: Family, by: IntentSource = 'statement', confidence = 900) => ({ intent: family, family, confidence, by });
export const key = (kind: IssueKey['kind'], value: string, state?: IssueKeyState): IssueKey => ({ kind, namespace: '', value, ...(state && { state }) });
export const link = (kind: ContactLink['kind'], value: string): ContactLink => ({ kind, namespace: '', value });

type Fields = Partial<Omit<CanonicalEvent, 'id' | 'occurredAt'>>;

export interface Call {
  readonly id: string;
  readonly family?: Family;
  readonly keys?: readonly IssueKey[];
  readonly minutes?: number;
  readonly ending?: CanonicalEvent['ending'];
  readonly outcome?: CanonicalEvent['outcome'];
  readonly agent?: string;
}

/** One customer's facts, put down one after the other. */
export class Story {
  readonly events: OwnedEvent[] = [];

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
    this.events.push({ event, decidedBy: 'customerNumber::1' });
    return event;
  }

  /** Menu and queue of a minute each, then the agent: three transactions of one call id. Answers the end. */
  call(at: number, { id, family, keys = [], minutes = 5, ending = 'completed', outcome, agent = 'a1' }: Call): number {
    const end = at + (2 + minutes) * minute;
    const call = { channel: 'voice', sessionKey: id, contactLinks: [link('call', id)] } as const;
    this.add(at, { ...call, system: 'ivr', type: 'entered' });
    this.add(at + minute, { ...call, system: 'ivr', type: 'left' });
    this.add(at + minute, { ...call, system: 'acd', type: 'enqueued', queue: 'q1' });
    this.add(at + 2 * minute, { ...call, system: 'acd', type: 'dequeued', queue: 'q1' });
    this.add(at + 2 * minute, { ...call, system: 'agent', type: 'connected', agent, issueKeys: keys, intents: family ? [wants(family)] : [] });
    this.add(end, { ...call, system: 'agent', type: 'ended', agent, ending, ...(outcome && { outcome }) });
    return end;
  }

  /** What the company writes down alone. */
  item(at: number, type: 'ticketOpened' | 'ticketChanged' | 'ticketClosed' | 'noteWritten', keys: readonly IssueKey[], fields: Fields = {}): CanonicalEvent {
    return this.add(at, { system: 'crm', type, channel: 'voice', initiator: 'system', presence: 'away', issueKeys: keys, ...fields });
  }

  page(at: number, fields: Fields = {}): CanonicalEvent {
    return this.add(at, { system: 'web', type: 'pageViewed', channel: 'web', source: 'site', ...fields });
  }

  survey(at: number, type: 'sent' | 'answered', fields: Fields = {}): CanonicalEvent {
    const side = { system: 'survey', channel: 'email', purpose: 'feedback', initiator: type === 'sent' ? 'system' : 'customer' } as const;
    return this.add(at, { ...side, type, presence: type === 'sent' ? 'none' : 'live', ...fields });
  }
}

/** T contact transactions, +n items and side transactions, I contact interactions, E engagements, and their states in order of anchors. */
export interface Expected {
  readonly t: number;
  readonly items?: number;
  readonly i: number;
  readonly e: number;
  readonly states?: readonly string[];
}

export interface NamedStory {
  readonly name: string;
  readonly tell: (story: Story) => void;
  readonly asOf: number;
  readonly expected: Expected;
}
