import { journeyChanged, scoreChanged } from '@throughline/contracts';
import { JetStreamBus } from '@throughline/messaging';
import { accessWorld, type AccessWorld, type Browser } from '../access/test-access';
import { dana, idOf } from '../test-world';
import { openStream, type OpenStream } from './test-stream';

const [near, far] = [idOf('team of ann'), idOf('another team')];
const journey = `journey:${dana}`;

let world: AccessWorld;
let services: JetStreamBus;
let analyst: Browser;
const open: OpenStream[] = [];

beforeAll(async () => {
  world = await accessWorld({ LIVE_BEAT_MS: 100 });
  const browser = await world.signIn('admin@example.com');
  const teams = [near, far].map((id, index) => ({ id, name: `Team ${index}` }));
  await world.call('PUT', '/v1/teams', { browser, body: { teams } });
  await world.call('PUT', '/v1/agents', { browser, body: { agents: [{ id: 'ann', name: 'Ann', teamId: near }] } });
  analyst = await world.join('analyst@example.com', ['analyst']);
  services = JetStreamBus.open({ url: world.nats.url, name: 'services' });
  await services.connection();
}, 60_000);
afterEach(() => open.splice(0).forEach((stream) => stream.close()));
afterAll(async () => {
  await services?.drain();
  await world?.stop();
});

async function listen(browser: Browser, topics: string, headers: Record<string, string> = {}): Promise<OpenStream> {
  const stream = await openStream(world, browser, topics, headers);
  open.push(stream);
  return stream;
}

describe('the stream of an open page', () => {
  it('beats at once and goes on beating', async () => {
    const stream = await listen(analyst, 'scores');
    expect(stream.status).toBe(200);
    expect(await stream.next('beat')).toMatchObject({ data: {} });
    await stream.next('beat');
    await stream.next('beat');
  });

  it('tells which of its topics changed, and of no other', async () => {
    const stream = await listen(analyst, journey);
    await stream.next('beat');
    await services.publish(scoreChanged, { customerIds: [idOf('somebody else')] });
    await services.publish(journeyChanged, { customerIds: [idOf('somebody else'), dana] });
    expect((await stream.next('changed')).data).toEqual({ topic: journey });
  });

  it('tells a page of its customer at each change of scores, and of scores as a whole once a second', async () => {
    const [customer, numbers] = [await listen(analyst, journey), await listen(analyst, 'scores')];
    await Promise.all([customer.next('beat'), numbers.next('beat')]);
    for (let change = 0; change < 3; change += 1) await services.publish(scoreChanged, { customerIds: [dana] });
    for (let change = 0; change < 3; change += 1) expect((await customer.next('changed')).data).toEqual({ topic: journey });
    const first = await numbers.next('changed');
    await services.publish(scoreChanged, { customerIds: [dana] });
    const second = await numbers.next('changed');
    expect([first.data, second.data]).toEqual([{ topic: 'scores' }, { topic: 'scores' }]);
    // Beats between them: the second was told a while later.
    expect(Number(second.id) - Number(first.id)).toBeGreaterThan(3);
  });

  it('does not tell afterwards what a page missed, whatever event it says it saw last', async () => {
    const before = await listen(analyst, `${journey},scores`);
    const { id } = await before.next('beat');
    before.close();
    await services.publish(journeyChanged, { customerIds: [dana] });
    const stream = await listen(analyst, `${journey},scores`, { 'last-event-id': id });
    await stream.next('beat');
    await services.publish(scoreChanged, { customerIds: [idOf('somebody else')] });
    expect((await stream.next('changed')).data).toEqual({ topic: 'scores' });
  });

  it('is refused where one topic is unknown, or takes a permission that its reader does not hold', async () => {
    const [developer, steward] = [await world.join('developer@example.com', ['developer']), await world.join('steward@example.com', ['steward'])];
    expect(await listen(analyst, `scores,status`)).toMatchObject({ status: 400, refusal: { title: 'There is no such topic' } });
    expect(await listen(analyst, '')).toMatchObject({ status: 400 });
    expect(await listen(developer, journey)).toMatchObject({ status: 403, refusal: { detail: 'Listening to journey needs customer.read.' } });
    expect(await listen(steward, `${journey},scores`)).toMatchObject({ status: 403, refusal: { detail: 'Listening to scores needs kpi.read.' } });
    expect((await listen(steward, journey)).status).toBe(200);
    expect((await listen({ ...steward, cookie: '' }, journey)).status).toBe(401);
  });

  it('tells nobody of a customer out of their reach, who is as if not there', async () => {
    const leads = await world.join('leads-ann@example.com', ['supervisor'], { teams: [near] });
    const other = await world.join('leads-bob@example.com', ['supervisor'], { teams: [far] });
    expect((await listen(leads, journey)).status).toBe(200);
    const refused = [await listen(other, journey), await listen(other, `scores,${journey}`), await listen(leads, `${journey},journey:${idOf('nobody')}`)];
    for (const { status, refusal } of refused) expect([status, refusal?.title]).toEqual([404, 'There is no customer with this id']);
    expect([(await listen(analyst, 'journey')).status, (await listen(analyst, 'journey:dana')).status]).toEqual([404, 404]);
  });
});

describe('a session that is over', () => {
  it.each([
    ['is signed out', (browser: Browser) => world.call('DELETE', '/v1/session', { browser })],
    [
      'is ended by an admin',
      async ({ userId }: Browser) => world.call('DELETE', `/v1/users/${userId}/sessions`, { browser: await world.signIn('admin@example.com') }),
    ],
    [
      'is of a disabled user',
      async ({ userId }: Browser) => world.call('POST', `/v1/users/${userId}/disable`, { browser: await world.signIn('admin@example.com') }),
    ],
    [
      'was asleep',
      ({ userId }: Browser) => world.owner.query("update admin_api.session set last_seen_at = now() - interval '31 minutes' where user_id = $1", [userId]),
    ],
  ] as const)('hears no more: it %s', async (how, over) => {
    const browser = await world.join(`${how.replaceAll(' ', '-')}@example.com`, ['analyst']);
    const [stream, others] = [await listen(browser, journey), await listen(analyst, journey)];
    await stream.next('beat');
    await over(browser);
    await stream.end();
    expect((await listen(browser, journey)).status).toBe(401);
    await others.next('beat');
  });
});
