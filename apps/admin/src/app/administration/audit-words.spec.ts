import { actionWords, detailWords, targetWords } from './audit-words';
import { browserName } from './browser-name';

describe('an entry of the audit in words', () => {
  it('says what was done', () => {
    expect(['user.disabled', 'user.passwordChanged', 'audit.exported'].map(actionWords)).toEqual(['User disabled', 'User password changed', 'Audit exported']);
  });

  it('says to what, with enough of an id to tell two apart', () => {
    expect(['user:01a202c6-5522-76fb-80ac-7c3ed1166d73', 'source:default', 'agent:ag-technical-01'].map(targetWords)).toEqual([
      'user …d1166d73',
      'source default',
      'agent ag-technical-01',
    ]);
  });

  it('says the details without what is empty, and counts what is long', () => {
    expect(
      detailWords({ before: { roles: ['qa'], teams: [], agentId: null }, after: { roles: ['qa', 'analyst'], teams: ['a'.repeat(36)] }, sessionsEnded: 2 }),
    ).toBe('before: roles qa; after: roles qa + analyst, teams 1; sessions ended 2');
    expect(detailWords({})).toBe('');
  });
});

it('a browser is named in two words, and what is unknown as it came', () => {
  expect(browserName('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0')).toBe('Edge, Linux');
  expect(browserName('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1')).toBe('Safari, iPhone');
  expect([browserName('curl/8.5.0'), browserName('')]).toEqual(['curl/8.5.0', '–']);
});
