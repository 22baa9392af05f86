export { touchRoles } from './feedback';
export type { ClosedEngagement, Step, SurveyAnswers, SurveyForm, TouchAnswer, TouchPoint, TouchRole, WholeQuestion } from './feedback';
export { shareOf } from './share-of';
export { afterQuietHours } from './quiet-hours';
export { inviteFor, type Invitation, type Refusal, type SurveyHistory } from './invite-for';
export { engagementSteps, type EventOfTransaction } from './engagement-steps';
export { touchPointsOf } from './touch-points';
export { composeSurvey } from './compose-survey';
export { causeOf, causes, failures, failuresOf, type Cause, type Failure } from './failures';
export { longItems, mayBeMissing, scoreEmpathyScale, type ScaleScore } from './empathy-scale';
export { checkAnswers, commentLimit, fieldsOf, type AnswerProblem, type CheckedAnswers, type PostedForm } from './check-answers';
export { answersToEvents, type AnsweredSurvey } from './answers-to-events';
export { recoveryNeed, recoveryReasons, type RecoveryReason } from './recovery-need';
export {
  advanceCase,
  caseClock,
  caseSteps,
  foldCase,
  openCase,
  recoveryRate,
  type CaseAdvance,
  type CaseClock,
  type CaseState,
  type CaseStep,
  type CaseStepKind,
  type RecoveryCase,
} from './recovery-case';
export { fewestGroups, poolRatings, shrinkMeans, type Measured, type PooledMean, type RatingSums, type Shrunken } from './partial-pooling';
export { empathyReport, ratingsOfTeams, type EmpathyLine, type EmpathyRatings, type EmpathyState } from './empathy-report';
export { empathyGaps, type EmpathyGap } from './empathy-gap';
export { disagreement, reviewReasons, unhappiness, type ReviewCandidate, type ReviewReason } from './review-reasons';
export { findingFault, reviewedScore, type Finding, type ReviewedEngagement } from './findings';
export { surveyTexts, type SurveyTexts } from './texts/survey-texts';
