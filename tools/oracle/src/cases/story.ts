import type { CanonicalEvent, Correction, Decision, Family, IdentifierKind, IntentSource, IssueKey, IssueKeyState } from '@throughline/contracts';
import { eventOf } from '../worlds/world';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** `2 10:00` is 2 March 2026, 10:00 UTC: a Monday. */
export function march(text: string): number {
  const [dayOfMonth, clock] = text.split(' ') as [string, string];
  return Date.parse(`2026-03-${dayOfMonth.padStart(2, '0')}T${clock}Z`);
}

type Fields = Partial<Omit<CanonicalEvent, 'id' | 'occurredAt'>>;

export interface CallOptions {
  readonly id: string;
  readonly by?: readonly CanonicalEvent['identifiers'][number][];
  readonly family?: Family;
  readonly keys?: readonly IssueKey[];
  readonly agent?: string;
  readonly queue?: string;
  readonly minutes?: number;
  /** Of the agent's stretch; without it the call ends in the ordinary way. */
  readonly ending?: 'technical';
  readonly outcome?: CanonicalEvent['outcome'];
}

/** A story of docs: facts put down one after the other. */
export class Story {
  readonly events: CanonicalEvent[] = [];
  readonly decisions: Decision[] = [];
  readonly corrections: Correction[] = [];
  private count = 0;

  id(): string {
    this.count += 1;
    return `00000000-0000-5000-a000-${String(this.count).padStart(12, '0')}`;
  }

  add(at: number, fields: Fields & Pick<CanonicalEvent, 'system' | 'type' | 'channel'>): CanonicalEvent {
    const event = eventOf(this.id(), at, { source: fields.system === 'web' ? 'site' : 'desk', identifiers: [me], ...fields });
    this.events.push(event);
    return event;
  }

  /** A menu of one minute, a queue of one minute, and an agent; three transactions of one call id. Answers its end. */
  call(at: number, { id, by = [me], family, keys = [], agent = 'a1', queue = 'q1', minutes = 5, ending, outcome }: CallOptions): number {
    const end = at + 2 * minute + minutes * minute;
    const common = { channel: 'voice', identifiers: by, sessionKey: id, contactLinks: [link('call', id)] } as const;
    this.add(at, { ...common, system: 'ivr', type: 'entered' });
    this.add(at + minute, { ...common, system: 'ivr', type: 'left' });
    this.add(at + minute, { ...common, system: 'acd', type: 'enqueued', queue });
    this.add(at + 2 * minute, { ...common, system: 'acd', type: 'dequeued', queue });
    this.add(at + 2 * minute, { ...common, system: 'agent', type: 'connected', agent, issueKeys: keys, intents: family ? [wants(family)] : [] });
    this.add(end, { ...common, system: 'agent', type: 'ended', agent, ending: ending ?? 'completed', ...(outcome ? { outcome } : {}) });
    return end;
  }

  /** What an agent or a system writes down without the customer. */
  item(at: number, type: 'ticketOpened' | 'ticketChanged' | 'ticketClosed' | 'noteWritten', keys: readonly IssueKey[], fields: Fields = {}): CanonicalEvent {
    return this.add(at, { system: 'crm', type, channel: 'voice', initiator: 'agent', presence: 'away', issueKeys: keys, agent: 'a1', ...fields });
  }

  page(at: number, fields: Fields = {}): CanonicalEvent {
    return this.add(at, { system: 'web', type: 'pageViewed', channel: 'web', ...fields });
  }
}

export const identifier = (kind: IdentifierKind, value: string): CanonicalEvent['identifiers'][number] => ({
  kind,
  namespace: '',
  value,
  verified: false,
  role: 'subject',
});
export const me = identifier('customerNumber', 'M1');
export const link = (kind: 'call' | 'related' | 'conversation', value: string) => ({ kind, namespace: '', value }) as const;
export const key = (kind: IssueKey['kind'], value: string, state?: IssueKeyState): IssueKey => ({ kind, namespace: '', value, ...(state ? { state } : {}) });
export const wants = (family: Family, by: IntentSource = 'statement') => ({ intent: family, family, confidence: 900, by });
