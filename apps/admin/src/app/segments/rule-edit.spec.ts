import type { Group, RuleNode, SegmentRule } from '@throughline/domain-segments';
import { addAfter, addInto, duplicateNode, freshId, moveIn, moveNode, moveOut, muteNode, removeNode, wrapNode } from './rule-edit';

const leaf = (id: string): RuleNode => ({ id, kind: 'customer', field: 'orders', is: 'isKnown' });
const group = (id: string, ...of: RuleNode[]): Group => ({ id, kind: 'group', join: 'all', of });
const rule = (...of: RuleNode[]): SegmentRule => ({ version: 1, root: group('root', ...of) });

/** The tree in short: `a (b c)`. */
const short = (node: RuleNode): string => (node.kind === 'group' ? `${node.id}(${node.of.map(short).join(' ')})` : `${node.muted ? '-' : ''}${node.id}`);
const drawn = ({ rule, chosen }: { rule: SegmentRule; chosen: string }): string => `${short(rule.root)} → ${chosen}`;
const nested = rule(leaf('n1'), group('n2', leaf('n3'), leaf('n4')), leaf('n5'));

describe('a rule is changed', () => {
  it('by a new node after the chosen one, or into a group', () => {
    expect(drawn(addAfter(nested, 'n3', leaf('n9')))).toBe('root(n1 n2(n3 n9 n4) n5) → n9');
    expect(drawn(addInto(nested, 'n2', leaf('n9')))).toBe('root(n1 n2(n3 n4 n9) n5) → n9');
    expect(drawn(addAfter(nested, 'root', leaf('n9')))).toBe('root(n1 n2(n3 n4) n5 n9) → n9');
    expect(freshId(nested)).toBe('n6');
  });
  it('by removing: the next of its fellows is chosen, then the one before, then the group', () => {
    expect(drawn(removeNode(nested, 'n3'))).toBe('root(n1 n2(n4) n5) → n4');
    expect(drawn(removeNode(nested, 'n5'))).toBe('root(n1 n2(n3 n4)) → n2');
    expect(drawn(removeNode(rule(group('n2', leaf('n3'))), 'n3'))).toBe('root(n2()) → n2');
    expect(drawn(removeNode(nested, 'root'))).toBe('root(n1 n2(n3 n4) n5) → root');
  });
  it('by a twin with names of its own, whole groups included', () => {
    expect(drawn(duplicateNode(nested, 'n2'))).toBe('root(n1 n2(n3 n4) n6(n7 n8) n5) → n6');
  });
  it('by moving up and down, into the group before, out of a group, or into a new group', () => {
    expect(drawn(moveNode(nested, 'n4', -1))).toBe('root(n1 n2(n4 n3) n5) → n4');
    expect(drawn(moveNode(nested, 'n1', -1))).toBe('root(n1 n2(n3 n4) n5) → n1');
    expect(drawn(moveIn(nested, 'n5'))).toBe('root(n1 n2(n3 n4 n5)) → n5');
    expect(drawn(moveIn(nested, 'n1'))).toBe('root(n6(n1) n2(n3 n4) n5) → n6');
    expect(drawn(moveOut(nested, 'n3'))).toBe('root(n1 n2(n4) n3 n5) → n3');
    expect(drawn(moveOut(rule(group('n2', leaf('n3'))), 'n3'))).toBe('root(n3) → n3');
    expect(drawn(moveOut(nested, 'n1'))).toBe('root(n1 n2(n3 n4) n5) → n1');
    expect(drawn(wrapNode(nested, 'n5'))).toBe('root(n1 n2(n3 n4) n6(n5)) → n6');
  });
  it('by muting, and unmuting', () => {
    const muted = muteNode(nested, 'n1');
    expect(drawn(muted)).toBe('root(-n1 n2(n3 n4) n5) → n1');
    expect(muteNode(muted.rule, 'n1').rule).toEqual(nested);
  });
});
