import { grantsOf, type Permission } from '@throughline/contracts';
import { idOf } from '../test-world';
import type { AccessRule } from './needs';
import { accessWorld, type AccessWorld, type Browser } from './test-access';
import { ownRoutes, rulesOfHandlers } from './test-routes';
import { segment, sideOf, tellTwoTeams, type Side } from './test-two-teams';

const readers = ['supervisor', 'qa', 'agent'] as const;
type Reader = (typeof readers)[number];

/** A request: its path, and its body where it has one. */
type Request = readonly [path: string, body?: unknown];
interface Asking {
  /** The requests that name this side, where something can be named: the same are asked of the reader's own. */
  readonly of: (side: Side) => readonly Request[];
  /** `people`: the answer to one's own names them. `numbers`: it names no customer at all. `deed`: the owner is asked, and none is there. `closed`: nothing is one's own. */
  readonly own: 'people' | 'numbers' | 'deed' | 'closed';
}

const people = (of: Asking['of']): Asking => ({ of, own: 'people' });
const numbers = (...paths: readonly string[]): Asking => ({ of: () => paths.map((path): Request => [path]), own: 'numbers' });
const deed = (of: Asking['of']): Asking => ({ of, own: 'deed' });
const closed = (...requests: readonly Request[]): Asking => ({ of: () => requests, own: 'closed' });

const filtered = ({ agent, team }: Side): readonly string[] => ['', `?f.agent=${agent}`, `?f.team=${team}`, `?f.segment=${segment}`];
const someId = idOf('of nobody in particular');
const rule = { version: 1, root: { id: 'root', kind: 'group', join: 'all', of: [] } };
/** Set when the world is there: a session, a user and so on that are not the reader's. */
const strangers = { user: someId, session: someId, invitation: someId };

/** Every route that one of the readers may call, or that names something: what is asked of it. */
const table = (): Readonly<Record<string, Asking>> => ({
  'GET /v1/customers': people(() => [['/v1/customers?limit=100']]),
  'POST /v1/customers/lookup': people(({ phone }) => [
    ['/v1/customers/lookup', { identifier: phone }],
    ['/v1/customers/lookup', { identifier: { kind: 'phone', value: phone } }],
  ]),
  'GET /v1/customers/:id': people(({ customer, anchor }) =>
    [customer, anchor, `tx_${anchor}`, `int_${anchor}`, `eng_${anchor}`].map((id) => [`/v1/customers/${id}`]),
  ),
  'GET /v1/stream': { of: ({ customer }) => [[`/v1/stream?topics=journey:${customer}`]], own: 'numbers' },

  'GET /v1/coaching/opportunities': people(() => [['/v1/coaching/opportunities']]),
  'GET /v1/coaching/agents/:agent/contacts': people(({ agent }) => [[`/v1/coaching/agents/${agent}/contacts?metric=csat`]]),
  'GET /v1/coaching/plans': people(({ agent }) => [['/v1/coaching/plans'], [`/v1/coaching/plans?agent=${agent}`]]),
  'GET /v1/coaching/plans/:id': people(({ plan }) => [[`/v1/coaching/plans/${plan}`]]),
  'GET /v1/coaching/plans/:id/effect': people(({ plan }) => [[`/v1/coaching/plans/${plan}/effect`]]),
  'POST /v1/coaching/plans/:id/steps': deed(({ plan }) => [[`/v1/coaching/plans/${plan}/steps`, { after: 3, deed: { kind: 'noted', note: 'talked' } }]]),
  'POST /v1/coaching/plans': deed(({ agent }) => [
    ['/v1/coaching/plans', { agent, goal: { behaviour: 'Listens', metric: 'csat', target: 4 }, remeasureAt: Date.now() + 86_400_000 }],
  ]),
  'POST /v1/coaching/draw': people(({ agent }) => [['/v1/coaching/draw', { agents: [...sideOf('near').mates, agent], now: 1 }]]),

  'GET /v1/quality/queue': people(() => ['', '?state=all', '?reason=lowEmpathy'].map((query) => [`/v1/quality/queue${query}`])),
  'GET /v1/quality/reviews/:anchor': people(({ anchor }) => [[`/v1/quality/reviews/${anchor}`]]),
  'POST /v1/quality/reviews/:anchor': deed(({ anchor }) => [[`/v1/quality/reviews/${anchor}`, { version: 1, deed: { kind: 'assign' } }]]),
  'GET /v1/quality/gap': people(() => [['/v1/quality/gap']]),

  'GET /v1/surveys/settings': numbers('/v1/surveys/settings'),
  'GET /v1/surveys/results': people(() => [['/v1/surveys/results']]),
  'GET /v1/surveys/comments': people(() => [['/v1/surveys/comments']]),
  'POST /v1/surveys/links': deed(({ anchor }) => [['/v1/surveys/links', { eventId: anchor }]]),
  'GET /v1/cases': people(() => [['/v1/cases'], ['/v1/cases?state=all']]),
  'POST /v1/cases/:anchor/steps': deed(({ anchor }) => [[`/v1/cases/${anchor}/steps`, { kind: 'tried' }]]),

  'GET /v1/metrics': numbers('/v1/metrics'),
  'GET /v1/metrics/overview': { of: (side) => filtered(side).map((query) => [`/v1/metrics/overview${query}`]), own: 'numbers' },
  'GET /v1/metrics/:id/series': { of: (side) => filtered(side).map((query) => [`/v1/metrics/csat/series${query}`]), own: 'numbers' },
  'GET /v1/metrics/:id/breakdown': people(() => [['/v1/metrics/csat/breakdown?by=agent'], ['/v1/metrics/frustration/breakdown?by=agent']]),
  'GET /v1/metrics/:id/moved': numbers('/v1/metrics/csat/moved?by=agent'),
  'GET /v1/metrics/:id/rows': people((side) =>
    ['csat', 'empathy', 'frustration', 'effort.steps'].flatMap((metric) => filtered(side).map((query): Request => [`/v1/metrics/${metric}/rows${query}`])),
  ),
  'GET /v1/metrics/:id/rows.csv': people((side) => filtered(side).map((query) => [`/v1/metrics/csat/rows.csv${query}`])),

  'GET /v1/menus': { of: (side) => filtered(side).map((query) => [`/v1/menus${query}`]), own: 'numbers' },
  'GET /v1/menus/opt-outs': people((side) => filtered(side).map((query) => [`/v1/menus/opt-outs?node=main${query.replace('?', '&')}`])),

  'GET /v1/segments': numbers('/v1/segments'),
  'GET /v1/segments/:id': numbers(`/v1/segments/${segment}`),
  'GET /v1/segments/:id/versions': numbers(`/v1/segments/${segment}/versions`),
  'GET /v1/segments/:id/members': people(() => [[`/v1/segments/${segment}/members?limit=100`]]),
  'GET /v1/segments/:id/members.csv': people(() => [[`/v1/segments/${segment}/members.csv`]]),
  'GET /v1/segments/:id/why/:customerId': people(({ customer }) => [[`/v1/segments/${segment}/why/${customer}`]]),
  'GET /v1/segments/facts/:customerId': people(({ customer }) => [[`/v1/segments/facts/${customer}`]]),
  'PUT /v1/segments/:id': closed([`/v1/segments/${segment}`, { name: 'Mine', rule, basedOn: 1 }]),
  'POST /v1/segments/:id/publish': closed([`/v1/segments/${segment}/publish`, { note: 'because', basedOn: 1 }]),
  'POST /v1/segments/:id/restore': closed([`/v1/segments/${segment}/restore`, { version: 1, basedOn: 1 }]),
  'POST /v1/segments/:id/retire': closed([`/v1/segments/${segment}/retire`, { retired: true }]),

  'GET /v1/status': numbers('/v1/status'),
  'GET /v1/maturity': numbers('/v1/maturity'),
  'GET /v1/maturity/snapshots': numbers('/v1/maturity/snapshots'),
  'GET /v1/sources/events/:id': people(({ anchor }) => [[`/v1/sources/events/${anchor}`]]),
  'GET /v1/sources/quarantine/items/:id': closed([`/v1/sources/quarantine/items/${someId}`]),
  'DELETE /v1/decisions/:id': closed([`/v1/decisions/${someId}`]),
  'DELETE /v1/corrections/:id': closed([`/v1/corrections/${someId}`]),

  'GET /v1/teams': numbers('/v1/teams'),
  'GET /v1/agents': numbers('/v1/agents'),
  'DELETE /v1/agents/:id': closed([`/v1/agents/${sideOf('far').agent}`]),
  'GET /v1/session': numbers('/v1/session'),
  'GET /v1/sessions': numbers('/v1/sessions'),
  'DELETE /v1/sessions/:id': closed([`/v1/sessions/${strangers.session}`]),
  'DELETE /v1/keys/:id': closed([`/v1/keys/${someId}`]),
  'POST /v1/keys/:id/rotate': closed([`/v1/keys/${someId}/rotate`]),
  'DELETE /v1/invitations/:id': closed([`/v1/invitations/${strangers.invitation}`]),
  'PUT /v1/users/:id': closed([`/v1/users/${strangers.user}`, { name: 'Mine', roles: ['admin'] }]),
  'POST /v1/users/:id/disable': closed([`/v1/users/${strangers.user}/disable`]),
  'POST /v1/users/:id/enable': closed([`/v1/users/${strangers.user}/enable`]),
  'GET /v1/users/:id/sessions': closed([`/v1/users/${strangers.user}/sessions`]),
  'DELETE /v1/users/:id/sessions': closed([`/v1/users/${strangers.user}/sessions`]),
  'DELETE /v1/users/:id/sessions/:session': closed([`/v1/users/${strangers.user}/sessions/${strangers.session}`]),
});

/** These two are about the caller's own session and password, name nothing, and would end what the others are asked with. */
const ofOneself = ['DELETE /v1/session', 'PUT /v1/password'];
/** These count over the whole house, whoever asks: they hang on who may ask, not on what is named. */
const ofEverybody = ['GET /v1/segments/values', 'POST /v1/segments/preview'];

const [near, far] = [sideOf('near'), sideOf('far')];
let world: AccessWorld;
let rules: ReadonlyMap<string, AccessRule | undefined>;
const browsers = new Map<Reader, Browser>();

beforeAll(async () => {
  world = await accessWorld();
  rules = rulesOfHandlers(world);
  await tellTwoTeams(world, [near, far]);
  browsers.set('supervisor', await world.join('near-supervisor@example.com', ['supervisor'], { teams: [near.team] }));
  browsers.set('qa', await world.join('near-qa@example.com', ['qa'], { teams: [near.team] }));
  browsers.set('agent', await world.join('near-agent@example.com', ['agent'], { agentId: near.agent }));
  const other = await world.join('far-supervisor@example.com', ['supervisor'], { teams: [far.team] });
  strangers.user = other.userId;
  strangers.session = (await world.call('GET', '/v1/sessions', { browser: other })).body.current;
  const invited = { email: 'far-invited@example.com', name: 'Invited', roles: ['supervisor'], teams: [far.team] };
  strangers.invitation = (await world.call('POST', '/v1/invitations', { browser: await world.signIn('admin@example.com'), body: invited })).body.invitation.id;
}, 120_000);
afterAll(() => world?.stop());

/** Status and text of an answer; of a stream its status. */
async function ask(reader: Reader, route: string, [path, body]: Request): Promise<{ status: number; text: string }> {
  const { cookie, csrf } = browsers.get(reader)!;
  const stop = new AbortController();
  const response = await fetch(`http://127.0.0.1:${world.service.httpPort}${path}`, {
    method: route.split(' ')[0]!,
    signal: stop.signal,
    headers: { cookie, 'x-throughline-csrf': csrf, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.headers.get('content-type') !== 'text/event-stream') return { status: response.status, text: await response.text() };
  stop.abort();
  return { status: response.status, text: '' };
}

const grantsTo = (reader: Reader, route: string): string[] => {
  const needed: readonly Permission[] = (rules.get(route) as Extract<AccessRule, { kind: 'needs' }>).oneOf;
  return needed.flatMap((permission) => grantsOf[reader][permission] ?? []);
};
/** What of a side an answer says that was not said in the request. */
const saysOf = ({ ofCustomer, ofAgent }: Side, text: string, request: Request, withAgents: boolean): string[] =>
  [...ofCustomer, ...(withAgents ? ofAgent : [])].filter((mark) => text.includes(mark) && !JSON.stringify(request).includes(mark.replaceAll('"', '')));

describe('the table of what is asked about another team', () => {
  it('has every route that names something, and every one that a reader of some rows may call', () => {
    const closedToReaders = (route: string): boolean => rules.get(route)?.kind !== 'open' && readers.every((reader) => grantsTo(reader, route).length === 0);
    const wanted = ownRoutes(world).filter(
      (route) =>
        route.includes(' /v1/') &&
        rules.get(route)?.kind === 'needs' &&
        (route.includes(':') || !closedToReaders(route)) &&
        ![...ofOneself, ...ofEverybody].includes(route),
    );
    expect(Object.keys(table()).sort()).toEqual(wanted);
  });
});

describe.each(readers)('a reader of their own rows alone: %s', (reader) => {
  it('learns nothing of the customers and agents of another team, by any route', async () => {
    const wrong: string[] = [];
    for (const [route, { of, own }] of Object.entries(table())) {
      const held = grantsTo(reader, route);
      for (const request of of(far)) {
        const { status, text } = await ask(reader, route, request);
        const said = saysOf(far, text, request, !held.includes('all'));
        const refused = held.length === 0 ? status === 403 : status === 403 || status === 404;
        if (!refused && (status !== 200 || own === 'closed' || own === 'deed')) wrong.push(`${route} ${request[0]}: ${status}`);
        if (said.length > 0) wrong.push(`${route} ${request[0]}: ${status}, says ${said[0]}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is answered about their own by the same requests', async () => {
    const wrong: string[] = [];
    for (const [route, { of, own }] of Object.entries(table())) {
      if (own === 'closed' || grantsTo(reader, route).length === 0) continue;
      // The coached agent sees their plan, and never what it is measured by.
      if (reader === 'agent' && route.endsWith('/effect')) continue;
      for (const request of of(near)) {
        const { status, text } = await ask(reader, route, request);
        if (status !== (own === 'deed' ? 503 : 200)) wrong.push(`${route} ${request[0]}: ${status} ${text.slice(0, 200)}`);
        else if (own === 'people' && saysOf(near, text, ['', null], true).length === 0) wrong.push(`${route} ${request[0]}: says nobody`);
        else if (own === 'numbers' && saysOf(near, text, request, false).length > 0) wrong.push(`${route} ${request[0]}: says somebody`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
