import { needsSecondPerson } from './needs-second-person';

describe('a publication', () => {
  it('is one person’s to make for up to 10,000 people and a change of up to 20 %', () => {
    expect(needsSecondPerson(null, 10_000)).toBeUndefined();
    expect(needsSecondPerson(100, 120)).toBeUndefined();
    expect(needsSecondPerson(100, 80)).toBeUndefined();
    expect(needsSecondPerson(0, 0)).toBeUndefined();
  });
  it('needs a second person above either, and when people come to where nobody was', () => {
    expect(needsSecondPerson(null, 10_001)).toContain('more than 10000');
    expect(needsSecondPerson(100, 121)).toContain('121 people instead of 100');
    expect(needsSecondPerson(100, 79)).toContain('20 %');
    expect(needsSecondPerson(0, 5)).toContain('5 people instead of 0');
  });
});
