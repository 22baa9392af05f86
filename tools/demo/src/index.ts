export { sourceSettings, sources, type DemoEvent, type EventTruth, type SourceName } from './demo-event';
export { generateWorld, type World, type WorldOptions } from './generate-world';
export { disorderShares, malformedKinds, type Delivery, type MalformedKind } from './disorder';
export { danaExpected, danaStartsAt } from './dana';
export { demoMix } from './demo-mix';
export { eventIdOf } from './event-id';
export {
  empathyOf,
  isSettledAtFirst,
  optOutReasons,
  plantedEmpathy,
  type IssueFact,
  type OptOutFact,
  type OptOutReason,
  type PlantedFact,
} from './planted-fact';
export { postedForm } from './posted-form';
export { missedBars, recoveryBars, reportRecovery } from './report-recovery';
export { scoreRecovery, recoveryLevels, type DerivedRow, type Miss, type PairScore, type Recovery, type RecoveryLevel } from './score-recovery';
export { readDerivedFromDatabase, readDerivedFromFile } from './read-derived';
export { periodOf, sizes, townOf, type Size } from './sizes';
export { readTruth } from './truth-file';
export type { PlantedFacts, Truth, TruthPerson, TruthRow } from './truth';
