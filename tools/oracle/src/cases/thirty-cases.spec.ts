import { defaultHierarchySettings, defaultIdentitySettings, type CanonicalHierarchy } from '@throughline/contracts';
import { oracleWorldOf } from './world-of';
import { thirtyCases, type Expected } from './thirty-cases';

const settings = { identity: defaultIdentitySettings, hierarchy: defaultHierarchySettings };

function counted(hierarchies: readonly CanonicalHierarchy[], { states }: Expected): Expected {
  const nodes = hierarchies.flatMap((hierarchy) => hierarchy.nodes);
  const count = (level: string, kind: string): number => nodes.filter((node) => node.level === level && node.kind === kind).length;
  return {
    customers: hierarchies.length,
    transactions: count('transaction', 'contact'),
    items: count('transaction', 'item') + count('transaction', 'side'),
    interactions: count('interaction', 'contact'),
    engagements: count('engagement', 'engagement'),
    ...(states ? { states: nodes.filter((node) => node.level === 'engagement').map((node) => node.state!) } : {}),
  };
}

describe('the thirty cases', () => {
  for (const { name, story, asOf, expected } of thirtyCases)
    it(name, () => {
      const { hierarchies } = oracleWorldOf(story(), settings, asOf);
      expect(counted(hierarchies, expected)).toEqual({ customers: 1, items: 0, ...expected });
    });
});
