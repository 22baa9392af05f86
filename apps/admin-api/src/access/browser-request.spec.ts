import { addressOf, comesFromElsewhere, giveCookie, sessionTokenOf, type BrowserRequest } from './browser-request';

const here = { PUBLIC_URL: undefined, TRUST_PROXY: false };
const secure = { PUBLIC_URL: 'https://app.example/', TRUST_PROXY: true };
const token = 'A'.repeat(43);
const request = (headers: Record<string, string>, cookies: Record<string, string> = {}): BrowserRequest => ({
  method: 'POST',
  headers,
  ip: '10.0.0.1',
  cookies,
});

describe('over https', () => {
  it('the cookie is for this host over https alone', () => {
    const given: unknown[] = [];
    giveCookie({ header: () => undefined, setCookie: (...cookie) => given.push(cookie) }, token, secure);
    expect(given).toEqual([['__Host-throughline_session', token, { path: '/', httpOnly: true, sameSite: 'lax', secure: true }]]);
  });

  it('a cookie of the plain name opens nothing', () => {
    expect(sessionTokenOf(request({}, { throughline_session: token }), secure)).toBeUndefined();
    expect(sessionTokenOf(request({}, { '__Host-throughline_session': token }), secure)).toBe(token);
  });

  it('the origin is the public one, whatever the host header says', () => {
    expect(comesFromElsewhere(request({ origin: 'https://app.example', host: 'inside:7' }), secure)).toBe(false);
    expect(comesFromElsewhere(request({ origin: 'http://inside:7', host: 'inside:7' }), secure)).toBe(true);
  });
});

it('what is no token of ours is not looked up', () => {
  for (const value of ['', 'x', `${token}A`, "' or 1=1 --", `${token.slice(1)}=`])
    expect(sessionTokenOf(request({}, { throughline_session: value }), here)).toBeUndefined();
});

it('an address is believed of the proxy in front alone: the last that it added', () => {
  const forwarded = request({ 'x-forwarded-for': '1.1.1.1, 2.2.2.2' });
  expect([addressOf(forwarded, here), addressOf(forwarded, secure), addressOf(request({}), secure)]).toEqual(['10.0.0.1', '2.2.2.2', '10.0.0.1']);
});
