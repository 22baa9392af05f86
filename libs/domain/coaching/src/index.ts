export { changeTable, difference, type CellMean, type ChangeTable } from './change-table';
export { metricReadings, type MetricReading } from './coaching-metrics';
export { ownPlan, planStateAt, type CoachingPlan, type OwnPlan, type PlanStage, type PlanState } from './coaching-plan';
export { drawWaitingList } from './draw-waiting-list';
export { effectPeriods, type EffectPeriods, type Period } from './effect-periods';
export {
  estimateEffect,
  verdictOf,
  type AgentPeriods,
  type EffectEstimate,
  type EffectQuestion,
  type EffectWarning,
  type MeasuredEffect,
  type TooFew,
} from './estimate-effect';
export { matchControls, type BeforeCoaching, type Match } from './match-controls';
export { effectForPlan, hasStarted, measureCoaching, type AgentWindows, type CoachingMeasure, type StartedPlan } from './measure-coaching';
export { poolAgents, type PooledAgent } from './pool-agents';
export { rankOpportunities, type AgentTallies, type Opportunity } from './rank-opportunities';
export { leastContacts, remeasureAt, type ContactRate } from './remeasure-date';
export { mayOpenPlan, mostOpenPlans, planOf, takeStep, type StepTaken } from './take-step';
export { addTallies, meanOf, noTally, pooledVariance, tallyOf, type Tally } from './tally';
