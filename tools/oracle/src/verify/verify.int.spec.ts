import type { CanonicalEvent } from '@throughline/contracts';
import path from 'node:path';
import { Rig } from '../../../start/rig.mjs';
import { Dice } from '../worlds/dice';
import { identityWorld, wholeWorld } from '../worlds/world';
import { verify, type VerifyResult } from './verify';

const worlds = 24;
const day = 86_400_000;

/** Generated worlds as a source would post them: each with values of its own, all of them in the past. */
function postedEvents(): Record<string, unknown>[] {
  const posted: Record<string, unknown>[] = [];
  for (let seed = 1; seed <= worlds; seed += 1) {
    const { events } = seed % 3 === 0 ? identityWorld(seed) : wholeWorld(seed);
    const shift = Math.min(0, Date.now() - day - Math.max(...events.map((event) => event.endedAt ?? event.occurredAt)));
    for (const event of events) posted.push(postedOf(event, seed, shift));
  }
  return new Dice(1).shuffle(posted);
}

function postedOf(event: CanonicalEvent, seed: number, shift: number): Record<string, unknown> {
  const {
    id,
    source: _source,
    receivedAt: _receivedAt,
    revision: _revision,
    attributes: _attributes,
    sourceEventId: _id,
    aboutEventId: _about,
    ...rest
  } = event;
  const own = <Value extends { value: string }>(each: Value): Value => ({ ...each, value: `${each.value.trim()}-${seed}` });
  return {
    ...rest,
    sourceEventId: `w${seed}-${id}`,
    occurredAt: event.occurredAt + shift,
    ...(event.endedAt === undefined ? {} : { endedAt: event.endedAt + shift }),
    identifiers: event.identifiers.map((each) => (each.kind === 'phone' ? { ...each, value: each.value.replace('555', String(200 + seed)) } : own(each))),
    contactLinks: event.contactLinks.map(own),
    issueKeys: event.issueKeys.map(own),
    ...(event.sessionKey === undefined ? {} : { sessionKey: `${event.sessionKey}-${seed}` }),
    ...(event.clientKey === undefined ? {} : { clientKey: `${event.clientKey}-${seed}` }),
  };
}

describe('verify, on the services themselves', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await Rig.build(path.join(__dirname, '../../../..'), { build: true });
  }, 180_000);
  afterAll(() => rig?.destroy(), 60_000);

  async function send(url: string, token: string, body: unknown, method = 'POST'): Promise<{ status: number; body: { id?: string } }> {
    const answer = await fetch(url, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as { id?: string } };
  }

  async function deliver(events: readonly unknown[]): Promise<void> {
    for (let from = 0; from < events.length; from += 40) {
      const { status } = await send(`${rig.api}/v1/events`, rig.secrets.writeKey, events.slice(from, from + 40));
      expect(status).toBeLessThan(300);
    }
  }

  /** As the role of admin-api, once nothing waits any more. */
  async function settled(): Promise<VerifyResult> {
    const url = new URL(rig.databaseUrl);
    url.username = 'tl_admin_api';
    url.password = rig.secrets.passwords['tl_admin_api']!;
    for (const deadline = Date.now() + 60_000; ;) {
      const result = await verify({ databaseUrl: url.href, atMost: 1 });
      if (result.waiting.events + result.waiting.customers === 0 || Date.now() > deadline) return result;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  const pick = <Thing>(things: readonly Thing[], dice: Dice): Thing => dice.pick(things);

  it('is equal through late events, decisions, corrections, corrected records and other settings, and sees one changed row', async () => {
    const dice = new Dice(2);
    const events = postedEvents();
    const middle = Math.floor(events.length / 2);
    await deliver(events.slice(0, middle));
    expect((await settled()).differences).toEqual([]);

    const owned = (await rig.query('select event_id, customer_id from identity.read_customer_event order by event_id')) as {
      event_id: string;
      customer_id: string;
    }[];
    const values = events.slice(0, middle).flatMap((event) => event['identifiers'] as CanonicalEvent['identifiers']);
    const made: string[] = [];
    for (let count = 0; count < 20; count += 1) {
      const [a, b] = [pick(values, dice), pick(values, dice)].map(({ kind, namespace, value }) => ({ kind, namespace, value }));
      await send(`${rig.adminApi}/v1/decisions`, rig.secrets.adminToken, { kind: pick(['same', 'different'], dice), a, b });
      const { event_id: eventId, customer_id: customerId } = pick(owned, dice);
      const fellow = pick(
        owned.filter((other) => other.customer_id === customerId),
        dice,
      );
      const correction = { kind: pick(['join', 'move'], dice), level: pick(['interaction', 'engagement'], dice), eventId, toEventId: fellow.event_id };
      const { status, body } = await send(`${rig.adminApi}/v1/corrections`, rig.secrets.adminToken, correction);
      if (status === 200) made.push(body.id!);
    }
    await deliver(events.slice(middle));
    const corrected = events
      .filter((_, index) => index % 9 === 0)
      .map(({ endedAt: _end, ...event }) => ({ ...event, revision: 1, occurredAt: (event['occurredAt'] as number) + 1_000 }));
    await deliver(corrected);
    const decided = await settled();
    expect(decided.differences).toEqual([]);
    expect(decided).toMatchObject({ equal: true, events: events.length });
    expect(decided.decisions + decided.corrections).toBeGreaterThan(5);

    for (const id of made.slice(0, 5)) await send(`${rig.adminApi}/v1/corrections/${id}`, rig.secrets.adminToken, {}, 'DELETE');
    await send(`${rig.adminApi}/v1/settings/hierarchy`, rig.secrets.adminToken, { settings: { borrowMs: 3_600_000 }, by: 'eva' });
    const withdrawn = await settled();
    expect(withdrawn.differences).toEqual([]);
    expect(withdrawn.equal).toBe(true);

    await rig.query(
      `update sessionization.interaction set kind = 'attempt' where ctid = (select ctid from sessionization.interaction where kind = 'contact' limit 1)`,
    );
    expect(await settled()).toMatchObject({ equal: false, different: 1 });
  }, 180_000);
});
