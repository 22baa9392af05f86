import { findCards } from './card-numbers';

describe('card numbers', () => {
  it('are not seen in an event id whose digits happen to look like one', () => {
    expect(findCards('a3955116-3946-5878-8fc5-1902bc198593')).toEqual([]);
    expect(findCards('asked about a3955116-3946-5878-8fc5-1902bc198593, thanks')).toEqual([]);
  });

  it('are seen beside an event id, and in what only looks like one', () => {
    expect(findCards('a3955116-3946-5878-8fc5-1902bc198593 4111 1111 1111 1111')).toHaveLength(1);
    expect(findCards('4111-1111-1111-1111')).toHaveLength(1);
    expect(findCards('x 41111111-1111-1111-8111-000000000000')).not.toEqual([]);
  });
});
