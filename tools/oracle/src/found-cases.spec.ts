import { defaultIdentitySettings, type CanonicalEvent, type Decision } from '@throughline/contracts';
import { RememberedWorld } from '@throughline/domain-identity';
import { oracleIdentity } from './identity/oracle-identity';
import { Dice } from './worlds/dice';
import { eventOf } from './worlds/world';

/** Worlds that properties found, made small: each once stood against the rule. */

const identifier = (kind: 'crmContact' | 'nationalId', value: string) => ({ kind, namespace: '', value, verified: true, role: 'subject' as const });
const page = (id: string, at: number, identifiers: CanonicalEvent['identifiers']): CanonicalEvent =>
  eventOf(id, at, { system: 'web', type: 'formSent', channel: 'web', identifiers });

function remembered(): RememberedWorld {
  const ids = new Dice(1);
  return new RememberedWorld(defaultIdentitySettings, () => ids.uuid());
}

function expectOracle(world: RememberedWorld, events: readonly CanonicalEvent[], decisions: readonly Decision[]): void {
  const oracle = oracleIdentity(events, decisions, [...world.foundings.values()], defaultIdentitySettings);
  expect(new Map([...world.owners].sort())).toEqual(new Map([...oracle.owners].sort()));
}

it('lets an assign rest whose customer is named by a value never seen, also while a person says who that is', () => {
  const given = page('129828bd-2344-5b6a-a682-525578558d80', 2_000, [identifier('crmContact', 'k2')]);
  const later = page('5224422d-0356-5733-a90f-611f47eaf1ac', 1_000, [identifier('nationalId', 'n1')]);
  const never = { kind: 'email' as const, namespace: '', value: 'never@seen.org' };
  const decisions: Decision[] = [
    { id: '3fe71931-2ac2-5dd9-a741-ef5218e7e427', at: 3_000, by: 'eva', kind: 'same', a: { kind: 'nationalId', namespace: '', value: 'n1' }, b: never },
    {
      id: '1cc2d56f-23a9-5c16-a3d4-6e32a0ab327e',
      at: 1_000,
      by: 'eva',
      kind: 'assign',
      value: { kind: 'crmContact', namespace: '', value: 'k2' },
      to: never,
      from: 1_500,
    },
  ];
  const world = remembered();
  world.accept([given]);
  world.decide(decisions);
  world.accept([later]);
  expectOracle(world, [given, later], decisions);
});
