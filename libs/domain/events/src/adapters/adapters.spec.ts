import { sourceSettingsSchema, type CanonicalEvent } from '@throughline/contracts';
import { toCanonicalEvent } from '../to-canonical-event';
import type { Adapter } from './adapter';
import { cloudevents, cloudEventOfHeaders } from './cloudevents';
import { posthog } from './posthog';
import { segment } from './segment';
import { snowplow } from './snowplow';
import { systemAndType } from './event-words';

const source = sourceSettingsSchema.parse({ name: 'site' });
const receivedAt = Date.UTC(2026, 2, 2, 15, 6, 11);

function eventOf(adapter: Adapter, record: Record<string, unknown>, settings = source): CanonicalEvent {
  const adapted = adapter.adapt(record, settings, receivedAt);
  if (adapted.kind === 'rejected') throw new Error(JSON.stringify(adapted));
  const result = toCanonicalEvent(adapted.posted, settings, receivedAt);
  if (result.kind !== 'event') throw new Error(JSON.stringify(result));
  return result.event;
}
const ids = (event: CanonicalEvent): string[] => event.identifiers.map(({ kind, value, role }) => `${kind} ${value}${role === 'subject' ? '' : ` ${role}`}`);
const track = (event: string, properties: object = {}, more: object = {}): Record<string, unknown> => ({
  type: 'track',
  messageId: 'm',
  userId: 'u',
  event,
  properties,
  timestamp: '2026-03-02T15:05:00Z',
  ...more,
});

describe('Segment', () => {
  it('corrects a wrong clock by the time of sending', () => {
    // The sender's clock is an hour fast: made 70.5 s before it was sent.
    const event = eventOf(segment, track('x', {}, { timestamp: '2026-03-02T16:05:00.000Z', sentAt: '2026-03-02T16:06:10.500Z' }));
    expect(event.occurredAt).toBe(receivedAt - 70_500);
    expect(event.attributes['timestamp']).toBe('2026-03-02T16:05:00.000Z');
  });

  it('takes a stated time as it is: an import of the past, or a timestamp beside another original one', () => {
    expect(eventOf(segment, track('x', {}, { timestamp: '2024-03-01T10:00:00Z', sentAt: '2026-03-02T15:06:10Z' })).occurredAt).toBe(Date.UTC(2024, 2, 1, 10));
    expect(
      eventOf(segment, track('x', {}, { timestamp: '2026-03-02T10:00:00Z', originalTimestamp: '2026-03-02T15:06:10Z', sentAt: '2026-03-02T15:06:10Z' }))
        .occurredAt,
    ).toBe(Date.UTC(2026, 2, 2, 10));
  });

  it('ties user and anonymous id, and takes e-mail, phone, external ids and the group for what they are', () => {
    const identify = {
      type: 'identify',
      messageId: 'm',
      userId: 'u',
      anonymousId: 'a',
      traits: { email: 'pat@example.com' },
      context: {
        traits: { phone: '+15550100123' },
        externalIds: [
          { id: 'AC-1', type: 'account_no', collection: 'users' },
          { id: 'z', type: 'mystery' },
        ],
      },
    };
    expect(ids(eventOf(segment, identify))).toEqual(['login u', 'cookie a', 'email pat@example.com', 'phone +15550100123', 'account AC-1']);
    expect(ids(eventOf(segment, { type: 'alias', messageId: 'm', userId: 'u', previousId: 'a' }))).toEqual(['login u', 'cookie a']);
    expect(ids(eventOf(segment, { type: 'group', messageId: 'm', userId: 'u', groupId: 'org-9', traits: { email: 'office@example.com' } }))).toEqual([
      'login u',
      'account org-9 actingFor',
    ]);
  });

  it('calls a user id a customer number where the source says so', () => {
    const settings = sourceSettingsSchema.parse({ name: 'site', userId: { kind: 'customerNumber', namespace: 'shop' } });
    expect(eventOf(segment, track('x'), settings).identifiers[0]).toMatchObject({ kind: 'customerNumber', namespace: 'shop', value: 'u' });
  });

  it('sees a visit in a browser sign-in, and no contact in what a server says of a user', () => {
    expect(eventOf(segment, { type: 'identify', messageId: 'm', userId: 'u', anonymousId: 'a', context: { channel: 'browser' } }).presence).toBe('live');
    expect(eventOf(segment, { type: 'identify', messageId: 'm', userId: 'u' }).presence).toBe('none');
    expect(eventOf(segment, { type: 'identify', messageId: 'm', userId: 'u', anonymousId: 'a', context: { channel: 'server' } }).presence).toBe('none');
  });

  it.each([
    ['Live Chat Message Sent', {}, 'chat.messageReceived'],
    ['Live Chat Message Received', {}, 'chat.messageSent'],
    ['Live Chat Conversation Started', {}, 'chat.started'],
    ['Live Chat Conversation Ended', {}, 'chat.ended'],
    ['Call Started', { ivr_node: 'main' }, 'ivr.entered'],
    ['Call Answered', { agent_id: 'a' }, 'agent.connected'],
    ['Call Ended', { agent_id: 'a' }, 'agent.ended'],
    ['Call Ended', {}, 'ivr.left'],
    ['IVR Key Pressed', { ivr_node: 'main', key: '1' }, 'ivr.keyPressed'],
    ['Queue Entered', { queue: 'q' }, 'acd.enqueued'],
    ['Call Abandoned', { queue: 'q' }, 'acd.abandoned'],
    ['Order Completed', { order_id: 'O1' }, 'order.placed'],
    ['Order Cancelled', { order_id: 'O1' }, 'order.cancelled'],
    ['Ticket Reopened', { ticket_id: 'T1' }, 'crm.ticketReopened'],
    ['Products Searched', {}, 'web.searched'],
    ['ivr.nodeEntered', {}, 'ivr.nodeEntered'],
    ['Bought A Hat', {}, 'web.clicked'],
  ])('%s with %p is %s', (name, properties, expected) => {
    const { system, type } = eventOf(segment, track(name, properties));
    expect(`${system}.${type}`).toBe(expected);
  });

  it('reads the properties of a contact centre', () => {
    const event = eventOf(
      segment,
      track('Call Answered', { call_id: 'c1', agent_id: 'ag-7', queue: 'billing', ticket_id: 'T1', order_id: 5, disposition: 'refund' }),
    );
    expect(event).toMatchObject({
      sessionKey: 'c1',
      agent: 'ag-7',
      queue: 'billing',
      contactLinks: [{ kind: 'call', namespace: 'site', value: 'c1' }],
      intents: [{ intent: 'refund', by: 'disposition' }],
    });
    expect(event.issueKeys.map(({ kind, value }) => `${kind} ${value}`)).toEqual(['ticket T1', 'order 5']);
    expect(eventOf(segment, track('Ticket Closed', { ticket_id: 'T1' })).issueKeys[0]!.state).toBe('closed');
    expect(eventOf(segment, track('Order Completed', { order_id: 'O1' })).issueKeys[0]!.state).toBe('opened');
  });

  it.each([
    [{ type: 'track', messageId: 'm', event: 'x' }, 'no_user_anon_id'],
    [{ type: 'track', userId: 'u', event: 'x' }, 'invalid_id'],
    [{ type: 'nonsense', messageId: 'm', userId: 'u' }, 'invalid'],
  ])('refuses %p as %s', (record, reason) => {
    expect(segment.adapt(record, source, receivedAt)).toMatchObject({ kind: 'rejected', reason });
  });
});

describe('CloudEvents', () => {
  const event = {
    specversion: '1.0',
    id: 'e1',
    source: '/ivr/emea-1',
    type: 'com.example.ci.ivr.node.entered',
    time: '2026-03-02T15:05:12.310Z',
    subject: 'call/c-3001',
    identity: '+15550100123',
    identitytype: 'phone',
    correlationid: 'c-3001',
    data: { callId: 'c-3001', node: 'main.2.billing', key: '2' },
  };

  it('carry identity, session and links in the attributes of Webex CJDS and the correlation extension', () => {
    const canonical = eventOf(cloudevents, event);
    expect(canonical).toMatchObject({
      sourceEventId: '/ivr/emea-1#e1',
      system: 'ivr',
      type: 'nodeEntered',
      sessionKey: 'c-3001',
      occurredAt: Date.UTC(2026, 2, 2, 15, 5, 12, 310),
    });
    expect(ids(canonical)).toEqual(['phone +15550100123']);
    expect(canonical.contactLinks.map(({ kind, value }) => `${kind} ${value}`)).toEqual(['call c-3001', 'related c-3001']);
  });

  it('are two where source or id differ', () => {
    expect(eventOf(cloudevents, { ...event, source: '/b' }).id).not.toBe(eventOf(cloudevents, event).id);
  });

  it('name the user by the subject, an e-mail by its form, and the previous identity beside the new one', () => {
    expect(ids(eventOf(cloudevents, { ...event, identity: undefined, subject: 'cust-1' }))).toEqual(['login cust-1']);
    expect(ids(eventOf(cloudevents, { ...event, identity: undefined, subject: 'pat@example.com' }))).toEqual(['email pat@example.com']);
    expect(ids(eventOf(cloudevents, { ...event, identity: 'C1', identitytype: 'customerId', previousidentity: 'pat@example.com' }))).toEqual([
      'customerNumber C1',
      'email pat@example.com',
    ]);
  });

  it('of an unknown type hang on the journey and take no part in contacts', () => {
    expect(eventOf(cloudevents, { ...event, type: 'org.weather.changed', data: {} })).toMatchObject({
      system: 'crm',
      type: 'noteWritten',
      presence: 'none',
      attributes: { type: 'org.weather.changed' },
    });
  });

  it('may come with their attributes in headers', () => {
    expect(
      cloudEventOfHeaders(
        { 'ce-id': 'e', 'ce-specversion': '1.0', 'ce-subject': 'caf%C3%A9%20%22x%22', 'ce-bad_name': 'x', 'content-type': 'application/json', other: 'x' },
        { a: 1 },
      ),
    ).toEqual({
      id: 'e',
      specversion: '1.0',
      subject: 'café "x"',
      datacontenttype: 'application/json',
      data: { a: 1 },
    });
  });

  it.each(['id', 'source', 'type', 'specversion'])('without %s are refused', (field) => {
    expect(cloudevents.adapt({ ...event, [field]: undefined }, source, receivedAt).kind).toBe('rejected');
  });
});

describe('PostHog and Snowplow', () => {
  it('tie the anonymous id to the user', () => {
    expect(ids(eventOf(posthog, { event: '$create_alias', distinct_id: 'u', uuid: 'x', properties: { alias: 'anon' } }))).toEqual(['login u', 'cookie anon']);
    expect(
      ids(eventOf(posthog, { event: '$identify', distinct_id: 'u', uuid: 'x', properties: { $anon_distinct_id: 'anon', $set: { email: 'pat@example.com' } } })),
    ).toEqual(['login u', 'cookie anon', 'email pat@example.com']);
    expect(ids(eventOf(posthog, { event: '$pageview', distinct_id: '5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f', uuid: 'x' }))).toEqual([
      'cookie 5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f',
    ]);
  });

  it('state their times as texts of milliseconds, and their own events inside a text', () => {
    const inner = JSON.stringify({ data: { schema: 'iglu:com.acme/call_ended/jsonschema/1-0-0', data: { call_id: 'c1' } } });
    expect(eventOf(snowplow, { e: 'ue', eid: 'x', uid: 'u', ttm: '1709287200000', dtm: '1', ue_pr: inner })).toMatchObject({
      occurredAt: 1709287200000,
      system: 'ivr',
      type: 'left',
      sessionKey: 'c1',
    });
  });
});

describe("a vendor's event name", () => {
  it('never gives a type that its system does not have', () => {
    for (const name of [
      'com.twilio.taskrouter.reservation.accepted',
      'zen:event-type:ticket.status_changed',
      'constructor',
      '__proto__',
      '',
      'ivr',
      'order delivered',
      'agent.wrapped-up',
      'Email Opened',
    ]) {
      const known = systemAndType(name, { agent: false, node: false, key: false });
      if (known !== null) expect(toCanonicalEvent({ sourceEventId: 'x', occurredAt: receivedAt, ...known }, source, receivedAt).kind).toBe('event');
    }
  });
});
