import type { Instant } from '@throughline/contracts';
import { activeLeaves } from './active-nodes';
import type { Catalogue } from './catalogue';
import type { CustomerFacts } from './customer-facts';
import { evaluateLeaf } from './evaluate-rule';
import type { SegmentRule } from './rule';

/** For each leaf that counts, in the order of the document: whether it held, and the measured number of a behaviour. */
export type Reason = readonly (readonly [held: boolean, measured: number | null])[];

/** Why a customer is in, in the short form that is kept with the membership; `compileRule` gives the same. */
export function reasonOf(rule: SegmentRule, facts: CustomerFacts, asOf: Instant, catalogue: Catalogue): Reason {
  return activeLeaves(rule.root).map((leaf) => {
    const { held, finding } = evaluateLeaf(leaf, facts, asOf, catalogue);
    return [held, finding.kind === 'behaviour' ? finding.measured : null];
  });
}
