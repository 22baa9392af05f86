import fc from 'fast-check';
import { findingFault, reviewedScore, type Finding } from './findings';
import { reviewReasons, unhappiness, type ReviewCandidate } from './review-reasons';
import { settings } from './test-engagements';

const { review } = settings;
const candidate = (more: Partial<ReviewCandidate> = {}): ReviewCandidate => ({
  anchor: 'anchor',
  over: true,
  empathy: [],
  csat: null,
  frustration: null,
  ...more,
});
const none = { ...review, randomPerMille: 0 };

describe('the review queue', () => {
  it('takes what customers rated low in empathy, the lowest first', () => {
    const empathy = [
      { agent: 'ana', value: 2 },
      { agent: 'bo', value: 1 },
      { agent: null, value: 3 },
    ];
    expect(reviewReasons(candidate({ empathy }), none)).toEqual([
      { kind: 'lowEmpathy', agent: 'bo', value: 1 },
      { kind: 'lowEmpathy', agent: 'ana', value: 2 },
    ]);
  });

  it('takes what the customer and the frustration score tell differently, and says which way', () => {
    expect(unhappiness(5)).toBe(0);
    expect(unhappiness(1)).toBe(100);
    expect(reviewReasons(candidate({ csat: 1, frustration: 20 }), none)).toEqual([{ kind: 'differs', direction: 'scoreTooCalm', csat: 1, frustration: 20 }]);
    expect(reviewReasons(candidate({ csat: 5, frustration: 70 }), none)).toEqual([{ kind: 'differs', direction: 'scoreTooHarsh', csat: 5, frustration: 70 }]);
    expect(reviewReasons(candidate({ csat: 3, frustration: 60 }), none)).toEqual([]);
    expect(reviewReasons(candidate({ csat: 1 }), none)).toEqual([]);
  });

  it('draws its random sample whatever else holds, from engagements that are over', () => {
    const anchors = Array.from({ length: 3000 }, (_, index) => `engagement ${index}`);
    const random = (more: Partial<ReviewCandidate>): string[] =>
      anchors.filter((anchor) => reviewReasons(candidate({ anchor, ...more }), { ...review, randomPerMille: 100 }).some(({ kind }) => kind === 'randomSample'));
    const drawn = random({});
    expect(Math.abs(drawn.length - 300)).toBeLessThan(3 * Math.sqrt(3000 * 0.1 * 0.9));
    expect(random({ csat: 1, frustration: 0, empathy: [{ agent: 'ana', value: 1 }] })).toEqual(drawn);
    expect(random({ over: false })).toEqual([]);
  });
});

describe('findings', () => {
  it('about process or technology may not carry a name', () => {
    expect(findingFault({ cause: 'people', agent: 'ana' })).toBeNull();
    expect(findingFault({ cause: 'process', agent: null })).toBeNull();
    expect(findingFault({ cause: 'process', agent: 'ana' })).toMatch(/names no agent/);
    expect(findingFault({ cause: 'technology', agent: 'ana' })).toMatch(/names no agent/);
  });

  it('enter an agent’s score only when they are about people: any number of others changes nothing', () => {
    const reviewed = Array.from({ length: 10 }, (_, index) => ({ anchor: `a${index}`, agents: index < 6 ? ['ana', 'bo'] : ['bo'] }));
    const people: Finding[] = [
      { anchor: 'a0', cause: 'people', agent: 'ana' },
      { anchor: 'a0', cause: 'people', agent: 'ana' },
      { anchor: 'a1', cause: 'people', agent: 'bo' },
    ];
    expect(reviewedScore('ana', reviewed, people)).toEqual({ clean: 5, of: 6 });
    expect(reviewedScore('bo', reviewed, people)).toEqual({ clean: 9, of: 10 });
    expect(reviewedScore('nobody', reviewed, people)).toEqual({ clean: 0, of: 0 });
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            anchor: fc.constantFrom(...reviewed.map(({ anchor }) => anchor)),
            cause: fc.constantFrom('process' as const, 'technology' as const),
            agent: fc.constantFrom('ana', 'bo', null),
          }),
        ),
        (others) => expect(reviewedScore('ana', reviewed, [...people, ...others])).toEqual({ clean: 5, of: 6 }),
      ),
    );
  });
});
