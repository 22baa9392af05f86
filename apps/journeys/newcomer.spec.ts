import { Analytics } from '@segment/analytics-node';
import type { CustomerTree } from '@throughline/contracts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StackUnderTest } from './stack-under-test';

describe('a newcomer', () => {
  let stack: StackUnderTest;
  let folder: string;

  beforeAll(async () => {
    stack = await StackUnderTest.start();
    folder = mkdtempSync(path.join(tmpdir(), 'throughline-newcomer-'));
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const treeOf = async (identifier: string): Promise<CustomerTree> => {
    const response = await stack.request('POST', '/v1/customers/lookup', stack.rig.secrets.readToken, { identifier });
    expect(response.status).toBe(200);
    return ((await response.json()) as { customers: CustomerTree[] }).customers[0]!;
  };

  it('points Segment’s own SDK at the house and sees one customer of what it sent', async () => {
    const analytics = new Analytics({ writeKey: stack.rig.secrets.writeKey, host: stack.rig.api, maxRetries: 2 });
    analytics.page({ anonymousId: 'browser-1', name: 'Help', timestamp: new Date('2026-03-02T15:00:00Z') });
    analytics.identify({ anonymousId: 'browser-1', userId: 'u-1', traits: { email: 'ada@example.com' }, timestamp: new Date('2026-03-02T15:05:00Z') });
    analytics.track({ userId: 'u-1', event: 'Order Completed', properties: { order_id: 'o-1' }, timestamp: new Date('2026-03-02T15:10:00Z') });
    await analytics.closeAndFlush();
    await stack.rest();
    const tree = await treeOf('ada@example.com');
    expect(tree.journey.events).toBe(3);
    expect(tree.customer.identifiers.map(({ kind, value }) => `${kind} ${value}`)).toEqual(expect.arrayContaining(['email ada@example.com', 'login u-1']));
  });

  it('sends a call with curl’s words and reads the five levels, each link with rule, evidence and confidence', async () => {
    const call = { contactLinks: [{ kind: 'call', value: 'c1' }] };
    const answer = await stack.request('POST', '/v1/events', stack.rig.secrets.writeKey, [
      { sourceEventId: 'c1-1', occurredAt: '2026-03-04T09:12:00Z', system: 'ivr', type: 'entered', sessionKey: 'c1', ...call, identifiers: [{ kind: 'phone', value: '+1 202 555 0100' }] },
      { sourceEventId: 'c1-2', occurredAt: '2026-03-04T09:13:10Z', system: 'agent', type: 'connected', sessionKey: 'c1-a', agent: 'kim', ...call, intents: [{ intent: 'internet down', family: 'fault', confidence: 900, by: 'statement' }] },
    ]); // prettier-ignore
    expect(answer.status).toBe(200);
    await stack.rest();
    const tree = await treeOf('(202) 555-0100');
    const [engagement] = tree.engagements;
    const [interaction] = engagement!.interactions;
    expect(engagement!.families).toEqual(['fault']);
    expect(interaction!.transactions.map(({ system, membership }) => [system, membership.rule, membership.confidence])).toEqual([
      ['ivr', 'link', 1000],
      ['agent', 'link', 1000],
    ]);
    const words = await stack.throughline('customer', '+12025550100');
    for (const word of ['fault', 'ivr', 'agent', 'link', 'kim']) expect(words).toContain(word);
  });

  it('imports an Asterisk queue_log', async () => {
    const file = path.join(folder, 'queue_log');
    writeFileSync(
      file,
      [
        '1772464321|1772463900.301|billing|NONE|ENTERQUEUE||+12025550111|2',
        '1772464376|1772463900.301|billing|PJSIP/8007|RINGNOANSWER|15000',
        '1772464391|1772463900.301|billing|PJSIP/8011|CONNECT|70|1772464388.305|3',
        '1772464801|1772463900.301|billing|PJSIP/8011|COMPLETECALLER|70|410|2',
        '1772465001|1772465001.400|billing|NONE|ENTERQUEUE||+12025550111|1',
        '1772465031|1772465001.400|billing|NONE|ABANDON|1|1|30',
      ].join('\n'),
    );
    await stack.throughline('import', file, '--mapping', 'queue_log');
    await stack.rest();
    const tree = await treeOf('+12025550111');
    const systems = tree.engagements.flatMap(({ interactions }) => interactions.flatMap(({ transactions }) => transactions.map(({ system }) => system)));
    expect(systems.filter((system) => system === 'acd')).toHaveLength(2);
    expect(systems).toContain('agent');
  });

  it('imports a CSV file by a mapping document of their own', async () => {
    const file = path.join(folder, 'tickets.csv');
    writeFileSync(file, 'id,when,mail,number,state\n1,2026-03-05T10:00:00Z,bo@example.com,T-1,opened\n2,2026-03-06T10:00:00Z,bo@example.com,T-1,closed\n');
    const mapping = path.join(folder, 'tickets.json');
    writeFileSync(
      mapping,
      JSON.stringify({
        name: 'my-tickets',
        format: { kind: 'csv' },
        maps: { type: { opened: 'ticketOpened', closed: 'ticketClosed' } },
        events: [
          {
            fields: {
              sourceEventId: 'ticket-{id}',
              occurredAt: { time: '{when}' },
              system: 'crm',
              type: { of: '{state}', map: 'type' },
              identifiers: [{ kind: 'email', value: '{mail}' }],
              issueKeys: [{ kind: 'ticket', value: '{number}', state: '{state}' }],
            },
          },
        ],
      }),
    );
    await stack.throughline('import', file, '--mapping', mapping);
    await stack.rest();
    const tree = await treeOf('bo@example.com');
    expect(tree.engagements.map(({ state, keys }) => [state, keys])).toEqual([['resolved', ['ticket::T-1']]]);
  });

  it('can read nothing with a write key, and nothing without a token', async () => {
    const { writeKey, readToken } = stack.rig.secrets;
    for (const token of [undefined, writeKey, 'rt_wrong'])
      for (const [method, route, body] of [
        ['POST', '/v1/customers/lookup', { identifier: 'ada@example.com' }],
        ['GET', '/v1/customers/0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c11', undefined],
        ['GET', '/v1/quarantine', undefined],
        ['GET', '/v1/settings/hierarchy', undefined],
        ['GET', '/v1/reviews', undefined],
      ] as const)
        expect([token, route, (await stack.request(method, route, token, body)).status]).toEqual([token, route, 401]);
    expect((await stack.request('POST', '/v1/events', readToken, [])).status).toBe(401);
  });

  it('links two customers by hand, and takes it back', async () => {
    const before = await Promise.all(['ada@example.com', 'bo@example.com'].map(treeOf));
    await stack.throughline('link', 'ada@example.com', 'bo@example.com');
    await stack.rest();
    const merged = await treeOf('bo@example.com');
    expect(merged.journey.events).toBe(before[0]!.journey.events + before[1]!.journey.events);
    await stack.throughline('unlink', 'ada@example.com', 'bo@example.com');
    await stack.rest();
    const after = await Promise.all(['ada@example.com', 'bo@example.com'].map(treeOf));
    expect(after.map(({ customer, journey }) => [customer.id, journey.events])).toEqual(before.map(({ customer, journey }) => [customer.id, journey.events]));
  });

  it('asks for proof, and is told that the world equals its recomputation', async () => {
    const words = await stack.throughline('verify');
    expect(words).toMatch(/equal/i);
    await stack.rows(
      `update sessionization.transaction set confidence = confidence - 1 where (customer_id, anchor) = (select customer_id, anchor from sessionization.transaction order by 1, 2 limit 1)`,
    );
    await expect(stack.throughline('verify')).rejects.toThrow();
  });
});
