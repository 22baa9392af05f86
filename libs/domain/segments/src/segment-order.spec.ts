import type { RuleNode } from './rule';
import { dependentsOf, segmentOrder } from './segment-order';
import { group, ruleOf } from './test-stories';

const asking = (id: string, ...others: string[]) => ({
  id,
  rule: ruleOf(group('all', ...others.map((segmentId): RuleNode => ({ id: `${id}-${segmentId}`, kind: 'membership', segmentId, member: true })))),
});

describe('the order of segments', () => {
  it('puts each after those it asks for', () => {
    const segments = [asking('a', 'b', 'c'), asking('b', 'c'), asking('c'), asking('d')];
    expect(segmentOrder(segments).map(({ id }) => id)).toEqual(['c', 'd', 'b', 'a']);
  });
  it('ends even when segments ask in a circle, and knows nothing of segments that are not there', () => {
    expect(segmentOrder([asking('a', 'b'), asking('b', 'a'), asking('c', 'elsewhere')]).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
  it('knows who asks for a segment over others, in their order', () => {
    const segments = [asking('a', 'b'), asking('b', 'c'), asking('c'), asking('d', 'd2'), asking('d2')];
    expect(dependentsOf('c', segments).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(dependentsOf('a', segments)).toEqual([]);
  });
});
