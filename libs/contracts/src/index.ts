export { auditNoteSchema, tokenIds, type Actor, type AuditFact, type AuditNote } from './access/audit-note';
export { grantsOf, grantsOfRoles, grantsOfToken, permissions, roles, scopes } from './access/permissions';
export type { Grants, Permission, Role, Scope } from './access/permissions';
export * as vocabulary from './event/vocabulary';
export type {
  Channel,
  ContactLinkKind,
  Ending,
  EventType,
  Family,
  IdentifierKind,
  IdentifierRole,
  Initiator,
  IntentSource,
  IssueKeyKind,
  IssueKeyState,
  Outcome,
  Presence,
  Purpose,
  System,
} from './event/vocabulary';
export { canonicalEventSchema, compareEvents } from './event/canonical-event';
export type { CanonicalEvent, ContactLink, Identifier, Instant, Intent, IssueKey } from './event/canonical-event';
export { defineMessage } from './messages/define-message';
export type { MessageDefinition } from './messages/define-message';
export { eventAccepted, type EventAccepted } from './messages/event-accepted';
export { customerChanged, type CustomerChanged } from './messages/customer-changed';
export { journeyChanged, type JourneyChanged } from './messages/journey-changed';
export { pathToHierarchy } from './messages/path-to-hierarchy';
export { scoreChanged, type ScoreChanged } from './messages/score-changed';
export { defaultHierarchySettings, type HierarchySettings } from './settings/hierarchy-settings';
export { hierarchySettingsSchema } from './settings/hierarchy-settings-schema';
export { defaultIdentitySettings, type IdentifierRule, type IdentitySettings } from './settings/identity-settings';
export { defaultSurveySettings, engagementEndings, surveySettingsSchema, type EngagementEnding, type SurveySettings } from './settings/survey-settings';
export { correctionSchema, type Correction } from './hierarchy/correction';
export { levels, membershipRules } from './hierarchy/canonical-hierarchy';
export type { CanonicalHierarchy, CanonicalNode, CanonicalParent, Level, Membership, MembershipRule } from './hierarchy/canonical-hierarchy';
export { decisionSchema, identifierRef, type Decision, type IdentifierRef } from './identity/decision';
export type { IdentifierLinkRule } from './identity/link-rule';
export type { AcceptResult, ItemResult, ItemStatus } from './http/accept-result';
export { customerTreeSchema } from './http/customer-tree-schema';
export type { ContactScore, CustomerTree, EngagementBranch, EventLeaf, IdentifierOfCustomer, InteractionBranch, TransactionBranch } from './http/customer-tree';
export { activateSettings } from './commands/activate-settings';
export { previewSegment, type SegmentCount } from './commands/preview-segment';
export { publishSegment } from './commands/publish-segment';
export { restoreSegmentVersion } from './commands/restore-segment-version';
export { retireSegment } from './commands/retire-segment';
export { saveSegment } from './commands/save-segment';
export type { SegmentAuthor, SegmentDraft } from './commands/segment-reply';
export { recordReply, withdrawReply, type RecordReply, type WithdrawReply } from './commands/command-reply';
export { correctHierarchy } from './commands/correct-hierarchy';
export { decideIdentity } from './commands/decide-identity';
export { defineCommand, type CommandDefinition } from './commands/define-command';
export { makeKey } from './commands/make-key';
export { makeSurveyLink } from './commands/make-survey-link';
export { findingSchema, reviewEngagement, type ReviewDeed } from './commands/review-engagement';
export { replayQuarantine } from './commands/replay-quarantine';
export { revokeKey } from './commands/revoke-key';
export { showQuarantined } from './commands/show-quarantined';
export { setSurvey } from './commands/set-survey';
export { takeCaseStep } from './commands/take-case-step';
export { takeCoachingStep } from './commands/take-coaching-step';
export { withdrawCorrection } from './commands/withdraw-correction';
export { withdrawDecision } from './commands/withdraw-decision';
export { postedEventSchema, type PostedEvent } from './http/posted-event';
export { bootstrapSourceSchema, sourceSettingsSchema, type SourceSettings } from './http/source-settings';
export {
  quarantineReasons,
  replayRequestSchema,
  type QuarantineEntry,
  type QuarantineItem,
  type QuarantineReason,
  type ReplayRequest,
  type ReplayResult,
} from './http/quarantine';
export { mappingDocumentSchema, type MappingDocument, type MappingValue } from './http/mapping-document';
export { defaultScoringSettings, frustrationCauses } from './settings/scoring-settings';
export type { FrustrationCause, IntentRule, Norm, Norms, ScoringSettings } from './settings/scoring-settings';
export { optOutReasons, questions } from './scoring/facts';
export type {
  AnswerFact,
  ContactFact,
  CustomerFact,
  Dimensions,
  EngagementFact,
  FrustrationPoint,
  MenuVisitFact,
  OptOutReason,
  Question,
  QueueStayFact,
  SurveyAnswer,
} from './scoring/facts';
export {
  coachingMetrics,
  comparisonSchema,
  planDeedSchema,
  planEffectSchema,
  planEvidenceSchema,
  planExerciseSchema,
  planGoalSchema,
  planResults,
  planStepSchema,
} from './coaching/coaching-plan';
export type { CoachingMetric, Comparison, PlanDeed, PlanEffect, PlanEvidence, PlanExercise, PlanGoal, PlanResult, PlanStep } from './coaching/coaching-plan';
