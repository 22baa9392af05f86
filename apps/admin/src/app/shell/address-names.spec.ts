import { unknownNames } from './address-names';

describe('the address of a page', () => {
  it('keeps what pages read, and names what none of them does', () => {
    expect(unknownNames({ range: '7d', 'f.queue': 'billing', utm_source: 'mail', part: 'live' })).toEqual(['utm_source']);
  });
});
