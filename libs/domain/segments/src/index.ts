export { activeLeaves, activeNodes, allNodes, segmentsIn } from './active-nodes';
export { catalogue, fieldOf, operatorsOf, valueKindOf } from './catalogue';
export type { Catalogue, Field, FieldClass, FieldType, Subject } from './catalogue';
export { checkRule, readDraft, readRule, saysSomething } from './check-rule';
export type { KnownSegments, ReadRule, RuleProblem } from './check-rule';
export { compileRule, compileTally } from './compile-rule';
export type { CompiledRule, CompiledTally, Scope } from './compile-rule';
export type { CustomerFacts, SegmentStay } from './customer-facts';
export { customerFactsText, toCustomerFacts, type CustomerFactsRow } from './facts-statement';
export { diffRules, type RuleChange } from './diff-rules';
export { estimateSize, type SizeEstimate } from './estimate-size';
export { evaluateRule, type Finding, type Occurrence } from './evaluate-rule';
export { explainRule, type Explanation } from './explain-rule';
export { reasonOf, type Reason } from './reason-of';
export { limits, measures, operators, things } from './rule';
export type {
  Behaviour,
  Condition,
  ConditionValue,
  CustomerTest,
  Group,
  Leaf,
  Measure,
  Membership,
  NumberTest,
  Operator,
  RuleNode,
  SegmentRule,
  Sequence,
  Thing,
} from './rule';
export { segmentRuleSchema } from './rule-schema';
export { conditionWords, nodeWords, sentenceOf, type Wording } from './sentence-of';
export { dependentsOf, segmentOrder } from './segment-order';
export { needsSecondPerson } from './needs-second-person';
