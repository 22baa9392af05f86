import fc from 'fast-check';
import { catalogue } from './catalogue';
import { checkRule } from './check-rule';
import { compileRule, compileTally, type Scope } from './compile-rule';
import { segmentRuleSchema } from './rule-schema';
import { about, ruleOf } from './test-stories';
import { canary, harmless, now, ruleArbitrary, segmentIds } from './testing';

const runs = { numRuns: Number(process.env['RUNS'] ?? 1000), ...(process.env['SEED'] ? { seed: Number(process.env['SEED']) } : {}) };
const known = new Map(segmentIds.map((id) => [id as string, { name: id, rule: ruleOf(about('orders', 'isKnown')) }]));
const scopes: readonly Scope[] = [{ kind: 'all' }, { kind: 'customers', ids: [segmentIds[0]] }, { kind: 'range', after: segmentIds[0], upTo: null }];
const anyScope = fc.constantFrom(...scopes);

describe('the statement of a rule', () => {
  it('is the same text whatever the values: no value reaches it', () => {
    fc.assert(
      fc.property(ruleArbitrary, anyScope, (rule, scope) => {
        for (const compile of [compileRule, compileTally]) {
          const { text } = compile(rule, catalogue, now, scope);
          expect(text).toBe(compile(harmless(rule), catalogue, now, scope).text);
          expect(text).not.toContain(canary);
        }
      }),
      runs,
    );
  });

  it('names each of its parameters, with its type, and no other', () => {
    fc.assert(
      fc.property(ruleArbitrary, anyScope, (rule, scope) => {
        const { text, params } = compileRule(rule, catalogue, now, scope);
        const named = new Set([...text.matchAll(/\$(\d+)::(?:text\[\]|text|uuid\[\]|uuid|double precision|timestamptz)/g)].map(([, place]) => Number(place)));
        expect([...named].sort((a, b) => a - b)).toEqual(params.map((_, index) => index + 1));
        expect(text.match(/\$(?!\d+::)/g)).toBeNull();
      }),
      runs,
    );
  });

  it('is written for every rule that the check lets pass, and the drawn rules pass it', () => {
    fc.assert(
      fc.property(ruleArbitrary, (rule) => {
        expect(checkRule(segmentRuleSchema.parse(JSON.parse(JSON.stringify(rule))), catalogue, known)).toEqual([]);
      }),
      runs,
    );
  });

  it('has the keys of JSON as parameters', () => {
    const rule = ruleOf({
      id: 'a',
      kind: 'behaviour',
      thing: 'menuVisit',
      where: [{ field: 'optOut', is: 'isOneOf', value: ['frustration'] }],
      lastDays: null,
      measure: { take: 'count' },
      test: { is: 'atLeast', value: 1 },
      none: [],
    });
    const { text, params } = compileRule(rule, catalogue, now);
    expect(text).toMatch(/opt_out::jsonb ->> \$\d+::text/);
    expect(params).toContain('reason');
  });
});
