export { criteria } from './criteria';
export { dimensions, evidenceNames, maturityLevels } from './maturity';
export type {
  Attestation,
  Cell,
  Contradiction,
  Criterion,
  Dimension,
  Evidence,
  EvidenceName,
  EvidenceRecord,
  JudgedCriterion,
  MaturityLevel,
  MaturityScore,
  Standing,
} from './maturity';
export { scoreMaturity, type MaturityInput } from './score-maturity';
