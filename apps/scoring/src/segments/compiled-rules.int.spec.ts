import type { Database } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import {
  activeLeaves,
  catalogue,
  compileRule,
  compileTally,
  customerFactsText,
  evaluateRule,
  reasonOf,
  toCustomerFacts,
  type CustomerFacts,
  type CustomerFactsRow,
  type Scope,
} from '@throughline/domain-segments';
import { canary, factsArbitrary, now, ruleArbitrary } from '@throughline/domain-segments/testing';
import fc from 'fast-check';
import { Client } from 'pg';
import { v5 } from 'uuid';
import { CreateSegments1763796000000 } from '../../migrations/1763796000000-create-segments';
import { factMigrations, tell, testRoles } from './test-facts';

/** Customers in the generated database; each rule is told of all of them, both ways. */
const customers = 60;
const runs = { numRuns: Number(process.env['RUNS'] ?? 5000), ...(process.env['SEED'] ? { seed: Number(process.env['SEED']) } : {}) };
const seed = Number(process.env['SEED'] ?? 20_260_320);
const idOf = (name: string): string => v5(name, '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a11');

let server: TestDatabase;
let owner: Client;
let rules: Database;
let world: readonly CustomerFacts[];

beforeAll(async () => {
  server = await testDatabase({ migrations: [...factMigrations, CreateSegments1763796000000], roles: testRoles });
  owner = new Client({ connectionString: server.url });
  await owner.connect();
  const told: CustomerFacts[] = [];
  for (const [index, drawn] of fc.sample(factsArbitrary, { numRuns: customers, seed }).entries()) {
    const customerId = idOf(`customer ${index}`);
    const facts = await tell(owner, customerId, drawn);
    // Stays of one customer in one segment have beginnings of their own.
    const segments = [...new Map(facts.segments.map((stay) => [`${stay.segmentId} ${stay.since}`, stay])).values()];
    for (const { segmentId, since, until } of segments)
      await owner.query('insert into scoring.segment_member (customer_id, segment_id, since, until, version, reason) values ($1, $2, $3, $4, 1, $5)', [
        customerId,
        segmentId,
        new Date(since),
        until === null ? null : new Date(until),
        '[]',
      ]);
    told.push({ ...facts, segments });
  }
  world = told;
  rules = await server.open('rules');
}, 60_000);
afterAll(async () => {
  await owner?.end();
  await server?.drop();
});

describe('a compiled rule on a real database', () => {
  it(`finds exactly those whom the rule told in memory finds, for the same reasons, and no value reaches its text (${runs.numRuns} rules)`, async () => {
    let [inAll, outAll, leaves] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(ruleArbitrary, async (rule) => {
        const { text, params } = compileRule(rule, catalogue, now);
        expect(text).not.toContain(canary);
        const found = await rules.query<{ customer_id: string; reason: unknown }>(text, params);
        const expected = world.filter((facts) => evaluateRule(rule, facts, now, catalogue));
        leaves += activeLeaves(rule.root).length;
        inAll += expected.length;
        outAll += world.length - expected.length;
        expect(new Map(found.map((row) => [row.customer_id, row.reason]))).toEqual(
          new Map(expected.map((facts) => [facts.customer.customerId, reasonOf(rule, facts, now, catalogue)])),
        );
      }),
      runs,
    );
    // A comparison of nothing with nothing would prove nothing.
    expect(leaves).toBeGreaterThan(2 * runs.numRuns);
    expect(Math.min(inAll, outAll)).toBeGreaterThan(5 * runs.numRuns);
  }, 600_000);

  it('asks only about its scope, and its tally counts the same', async () => {
    const ids = world.map((facts) => facts.customer.customerId).sort();
    const scopes: readonly (readonly [Scope, readonly string[]])[] = [
      [{ kind: 'customers', ids: ids.slice(5, 17) }, ids.slice(5, 17)],
      [{ kind: 'range', after: ids[9]!, upTo: ids[29]! }, ids.slice(10, 30)],
      [{ kind: 'range', after: null, upTo: ids[0]! }, ids.slice(0, 1)],
    ];
    await fc.assert(
      fc.asyncProperty(ruleArbitrary, fc.constantFrom(...scopes), async (rule, [scope, within]) => {
        const asked = world.filter((facts) => facts.customer.known && within.includes(facts.customer.customerId));
        const expected = asked.filter((facts) => evaluateRule(rule, facts, now, catalogue));
        const compiled = compileRule(rule, catalogue, now, scope);
        const found = await rules.query<{ customer_id: string }>(compiled.text, compiled.params);
        expect(found.map((row) => row.customer_id).sort()).toEqual(expected.map((facts) => facts.customer.customerId).sort());
        const tally = compileTally(rule, catalogue, now, scope);
        const reasons = asked.map((facts) => reasonOf(rule, facts, now, catalogue));
        expect(await rules.query(tally.text, tally.params)).toEqual([
          { asked: asked.length, held: expected.length, leaves: tally.leaves.map((_, leaf) => reasons.filter((reason) => reason[leaf]![0]).length) },
        ]);
      }),
      { ...runs, numRuns: Math.ceil(runs.numRuns / 10) },
    );
  }, 300_000);

  it('is asked of the same facts that the facts’ statement reads', async () => {
    const rows = await rules.query<CustomerFactsRow>(customerFactsText, [world.map((facts) => facts.customer.customerId)]);
    const sorted = (facts: CustomerFacts): CustomerFacts => ({
      ...facts,
      identifiers: [...facts.identifiers].sort(),
      segments: [...facts.segments].sort((a, b) => `${a.segmentId} ${a.since}`.localeCompare(`${b.segmentId} ${b.since}`)),
      things: Object.fromEntries(
        Object.entries(facts.things).map(([thing, list]) => [thing, [...list].sort((a, b) => (a.anchor < b.anchor ? -1 : 1))]),
      ) as unknown as CustomerFacts['things'],
    });
    const byId = (list: readonly CustomerFacts[]): CustomerFacts[] =>
      [...list].map(sorted).sort((a, b) => (a.customer.customerId < b.customer.customerId ? -1 : 1));
    expect(byId(rows.map(toCustomerFacts))).toEqual(byId(world));
  });
});
