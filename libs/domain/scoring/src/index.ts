export { capPoints, mostPoints } from './cap-points';
export {
  answersToAsk,
  around,
  changedSpan,
  coreOf,
  engagementsIn,
  engagementsNamed,
  neighboursOf,
  reachOf,
  replaceReadings,
  type EngagementExtent,
} from './change-scope';
export { customerFact, customerTotals, isDeparture, type CustomerTotals } from './customer-fact';
export { decideIntent, shownIntents, type DecidedIntent, type ShownIntent } from './decide-intent';
export { movedPlaces, sharesInOrder, type ContactPlace, type EngagementShare } from './engagement-share';
export { fcrVerdict, type FcrFact, type FcrVerdict } from './fcr-verdict';
export { inputOfJourney } from './input-of-journey';
export { isFalseSuccess, looksLikeSuccess } from './is-false-success';
export { learnNorms, normsMoved, usual, type MeasuredNorm } from './norms';
export { rateFrustration, type Frustration, type Ordeal } from './rate-frustration';
export { optOutEvidence, type OptOutSign } from './opt-out-evidence';
export { readJourney } from './read-journey';
export type { AnswersReading, ClosingReading, ContactReading, ItemReading, MissedVisitReading, OrderReading, Readings } from './readings';
export { scoreJourney, type JourneyFacts } from './score-journey';
export { everything, scoreReadings, type ScoredFacts, type Scope } from './score-readings';
export { dayMs } from './scoring-input';
export type { ScoredEngagement, ScoredInteraction, ScoredPart, ScoredTransaction, ScoringInput, Span } from './scoring-input';
export { whyOptedOut, type OptOut } from './why-opted-out';
