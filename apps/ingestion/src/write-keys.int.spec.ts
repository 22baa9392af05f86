import { makeKey, revokeKey } from '@throughline/contracts';
import { askThreeTimes, auditedIn } from '@throughline/database/testing';
import { CommandClient, JetStreamBus, type CommandResult } from '@throughline/messaging';
import { testNats, type TestNats } from '@throughline/messaging/testing';
import { hash } from 'node:crypto';
import { keyIdOf } from './key-id';
import { runIngestion, writeKey, type RunningIngestion } from './running-ingestion';

let nats: TestNats;
let bus: JetStreamBus;
let client: CommandClient;
let ingestion: RunningIngestion;
beforeAll(async () => {
  nats = await testNats();
  ingestion = await runIngestion({ NATS_URL: nats.url });
  bus = JetStreamBus.open({ url: nats.url, name: 'asker' });
  client = new CommandClient(bus);
}, 60_000);
afterAll(async () => {
  await bus?.drain();
  await ingestion?.stop();
  await nats?.stop();
});

const sha256 = (key: string): string => hash('sha256', key, 'hex');
const make = (key: string, source = 'first') =>
  client.ask(makeKey, { source, sha256: sha256(key), prefix: key.slice(0, 8), label: 'of a test', by: 'Ada', at: Date.now() });
const revoke = (keyId: string, at: number) => client.ask(revokeKey, { keyId, at, by: 'Ada' });
const sendWith = async (key: string): Promise<number> => {
  const event = { sourceEventId: key, occurredAt: '2026-03-04T09:12:00Z', system: 'ivr', type: 'entered', channel: 'voice' };
  return (await ingestion.post('/v1/events', event, { authorization: `Bearer ${key}` })).status;
};
const shown = (keyId: string) =>
  ingestion.rows<{ source: string; prefix: string; made_by: string; last_used_at: Date | null; revoked_at: Date | null }>(
    'select * from ingestion.read_write_key where key_id = $1',
    [keyId],
  );

describe('a write key made by hand', () => {
  it('works as soon as it is answered, and asking again makes no second one', async () => {
    expect(await sendWith('wk_by_hand_1')).toBe(401);
    const id = keyIdOf(sha256('wk_by_hand_1'));
    expect(await make('wk_by_hand_1')).toEqual({ kind: 'answered', reply: { kind: 'recorded', id } });
    expect(await sendWith('wk_by_hand_1')).toBe(200);
    expect(await make('wk_by_hand_1')).toEqual({ kind: 'answered', reply: { kind: 'repeated', id } });
    expect(await make('wk_by_hand_1', 'other')).toMatchObject({ reply: { kind: 'refused' } });
    expect(await shown(id)).toMatchObject([{ source: 'first', prefix: 'wk_by_ha', made_by: 'Ada' }]);
  });

  it('is refused for a source that is not there', async () => {
    expect(await make('wk_by_hand_2', 'nowhere')).toMatchObject({ reply: { kind: 'refused', reason: expect.stringContaining('nowhere') } });
    expect(await sendWith('wk_by_hand_2')).toBe(401);
  });

  it('opens nothing once it is ended, and works to the end of an overlap', async () => {
    const id = keyIdOf(sha256('wk_by_hand_3'));
    await make('wk_by_hand_3');
    expect(await revoke(id, Date.now() + 3_600_000)).toMatchObject({ reply: { kind: 'withdrawn' } });
    expect(await sendWith('wk_by_hand_3')).toBe(200);
    expect(await revoke(id, Date.now() - 1)).toMatchObject({ reply: { kind: 'withdrawn' } });
    expect(await sendWith('wk_by_hand_3')).toBe(401);
    // A later end than the one it has changes nothing.
    expect(await revoke(id, Date.now() + 3_600_000)).toMatchObject({ reply: { kind: 'repeated' } });
    expect(await sendWith('wk_by_hand_3')).toBe(401);
    expect(await revoke('0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c12', Date.now())).toMatchObject({ reply: { kind: 'notFound' } });
  });

  it('leaves those of the installation as they are, and the view never shows a hash', async () => {
    expect(await sendWith(writeKey)).toBe(200);
    const [row] = await shown(keyIdOf(sha256(writeKey)));
    expect(row).toMatchObject({ source: 'first', prefix: 'wk_test', made_by: 'installation', revoked_at: null });
    expect(JSON.stringify(row)).not.toContain(sha256(writeKey));
  });

  it('is made and ended together with an entry of the audit, or not at all', async () => {
    const answered = async <Reply>(asked: Promise<CommandResult<Reply>>): Promise<Reply> => {
      const result = await asked;
      if (result.kind !== 'answered') throw new Error(result.message);
      return result.reply;
    };
    const id = keyIdOf(sha256('wk_by_hand_4'));
    const request = { source: 'first', sha256: sha256('wk_by_hand_4'), prefix: 'wk_by_ha', label: 'of a test', by: 'Ada', at: Date.now() };
    const made = await askThreeTimes(
      ingestion.database,
      () => shown(id),
      (note) => answered(client.ask(makeKey, request, note)),
    );
    expect(made).toEqual({ first: 'failed, nothing changed', second: ['recorded'], third: ['recorded'] });
    const at = Date.now();
    const ended = await askThreeTimes(
      ingestion.database,
      () => shown(id),
      (note) => answered(client.ask(revokeKey, { keyId: id, at, by: 'Ada' }, note)),
    );
    expect(ended).toEqual({ first: 'failed, nothing changed', second: ['withdrawn'], third: ['withdrawn'] });
    const [first, last] = (await auditedIn(ingestion.database)).slice(-2);
    expect(first!.details).toMatchObject({ asked: true, key: id });
    expect(last!.details).toMatchObject({ before: { endsAt: null }, after: { endsAt: at } });
    expect(JSON.stringify(first)).not.toContain(request.sha256);
  });

  it('notes when it was last used', async () => {
    const id = keyIdOf(sha256('wk_by_hand_1'));
    const before = Date.now();
    await sendWith('wk_by_hand_1');
    let used: Date | null = null;
    for (const deadline = before + 15_000; used === null && Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 200)))
      used = (await shown(id))[0]?.last_used_at ?? null;
    expect(Math.abs((used?.getTime() ?? 0) - before)).toBeLessThan(60_000);
  });
});
