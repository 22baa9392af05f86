import type { Instant } from '@throughline/contracts';
import { criteria } from './criteria';
import {
  dimensions,
  maturityLevels,
  type Attestation,
  type Cell,
  type Contradiction,
  type Criterion,
  type Dimension,
  type Evidence,
  type EvidenceRecord,
  type JudgedCriterion,
  type MaturityLevel,
  type MaturityScore,
  type Standing,
} from './maturity';

export interface MaturityInput {
  readonly evidence: EvidenceRecord;
  /** In any order; the newest per criterion counts. */
  readonly attestations: readonly Attestation[];
  /** How people see themselves; left out: nobody said. */
  readonly claims?: Readonly<Partial<Record<Dimension, MaturityLevel>>>;
}

const stepsAtOnce = 5;

/**
 * Where an installation stands: a cell is complete when all its criteria are met, reached when every lower cell of its dimension is too. What is unknown is not met, and never
 * counted as failed: it says what is missing. Pure; `at` decides what has expired.
 */
export function scoreMaturity({ evidence, attestations, claims = {} }: MaturityInput, at: Instant): MaturityScore {
  const word = newest(attestations);
  const judged = criteria.map((criterion) => judge(criterion, evidence, word.get(criterion.id) ?? null, at));
  const cells = dimensions.flatMap((dimension) => cellsOf(dimension, judged));
  const reached = Object.fromEntries(
    dimensions.map((dimension) => [dimension, cells.filter((cell) => cell.dimension === dimension && cell.reached).at(-1)?.level ?? null]),
  ) as Record<Dimension, MaturityLevel | null>;
  return {
    cells,
    reached,
    overall: dimensions.map((dimension) => reached[dimension]).reduce((low, one) => (rankOf(one) < rankOf(low) ? one : low)),
    contradictions: [...contradictedWords(judged, evidence), ...contradictedClaims(claims, reached, judged)],
    nextSteps: nextSteps(judged, reached),
    computed: criteria.filter(({ check }) => check.kind !== 'attested').length,
    attested: criteria.filter(({ check }) => check.kind === 'attested').length,
  };
}

/** −1 below basic. */
const rankOf = (level: MaturityLevel | null): number => (level === null ? -1 : maturityLevels.indexOf(level));

function cellsOf(dimension: Dimension, judged: readonly JudgedCriterion[]): Cell[] {
  let below = true;
  return maturityLevels.map((level) => {
    const inCell = judged.filter(({ criterion }) => criterion.dimension === dimension && criterion.level === level);
    const complete = inCell.every(({ standing }) => standing === 'met');
    const reached = complete && below;
    below = reached;
    return { dimension, level, complete, reached, criteria: inCell };
  });
}

function judge(criterion: Criterion, evidence: EvidenceRecord, attestation: Attestation | null, at: Instant): JudgedCriterion {
  const { check } = criterion;
  const judged = (standing: Standing, words: string, asOf: Instant | null): JudgedCriterion => ({
    criterion,
    standing,
    words,
    asOf,
    attestation: check.kind === 'attested' ? attestation : null,
  });
  if (check.kind === 'attested') {
    if (!attestation) return judged('unknown', 'Nobody has said so yet.', null);
    if (attestation.expiresAt <= at) return judged('unknown', `Said by ${attestation.by}, and expired since: say it again or take it back.`, attestation.at);
    return judged(
      attestation.holds ? 'met' : 'notMet',
      attestation.holds ? `Attested by ${attestation.by}.` : `${attestation.by} says it does not hold.`,
      attestation.at,
    );
  }
  const found = evidence[check.evidence];
  if (!found) return judged('unknown', 'The system has nothing on this yet.', null);
  const detail = found.detail ? ` (${found.detail})` : '';
  if (check.kind === 'count') {
    const count = countOf(found);
    return judged(count >= check.atLeast ? 'met' : 'notMet', `${count} ${count === 1 ? check.one : check.of}${detail}; ${check.atLeast} needed.`, found.asOf);
  }
  if (found.kind !== 'share' || found.denominator < check.least)
    return judged('unknown', `Too few to say: ${found.kind === 'share' ? found.denominator : 0} of at least ${check.least}.`, found.asOf);
  const share = found.numerator / found.denominator;
  return judged(
    share >= check.atLeast ? 'met' : 'notMet',
    `${percent(share)} of ${found.denominator} ${check.of}${detail}; ${percent(check.atLeast)} needed.`,
    found.asOf,
  );
}

const countOf = (evidence: Evidence): number => (evidence.kind === 'count' ? evidence.count : evidence.numerator);

/** Rounded down, so that nothing is called reached that is not. */
const percent = (share: number): string => `${Math.floor(share * 1000 + 1e-9) / 10} %`;

function newest(attestations: readonly Attestation[]): ReadonlyMap<string, Attestation> {
  const word = new Map<string, Attestation>();
  for (const one of attestations) if (!word.has(one.criterion) || word.get(one.criterion)!.at < one.at) word.set(one.criterion, one);
  return word;
}

/** What somebody attests while the system shows the opposite. */
function contradictedWords(judged: readonly JudgedCriterion[], evidence: EvidenceRecord): Contradiction[] {
  return judged.flatMap(({ criterion, standing, attestation }) => {
    if (criterion.check.kind !== 'attested' || standing !== 'met' || !attestation) return [];
    const against = criterion.check.contradictedBy;
    const found = against && evidence[against.evidence];
    if (!against || !found) return [];
    const value = found.kind === 'share' ? (found.denominator === 0 ? Number.NaN : found.numerator / found.denominator) : found.count;
    if (Number.isNaN(value) || value >= against.below) return [];
    const claim = `${attestation.by} attested: ${criterion.title}`;
    return [{ dimension: criterion.dimension, claim, evidence: `${found.kind === 'share' ? percent(1 - value) : value} ${against.says}` }];
  });
}

/** Where people see themselves above what the system shows, with the first things that are missing. */
function contradictedClaims(
  claims: NonNullable<MaturityInput['claims']>,
  reached: Readonly<Record<Dimension, MaturityLevel | null>>,
  judged: readonly JudgedCriterion[],
): Contradiction[] {
  return dimensions.flatMap((dimension) => {
    const claim = claims[dimension];
    if (!claim || rankOf(claim) <= rankOf(reached[dimension])) return [];
    const missing = judged.find(
      ({ criterion, standing }) => criterion.dimension === dimension && rankOf(criterion.level) <= rankOf(claim) && standing === 'notMet',
    );
    return missing ? [{ dimension, claim: `Claimed: ${claim}`, evidence: missing.words }] : [];
  });
}

/** What to do next: what the next level of a dimension lacks comes first, then most effect for least effort. */
function nextSteps(judged: readonly JudgedCriterion[], reached: Readonly<Record<Dimension, MaturityLevel | null>>): JudgedCriterion[] {
  const ahead = ({ criterion }: JudgedCriterion): number => rankOf(criterion.level) - rankOf(reached[criterion.dimension]);
  const worth = ({ criterion }: JudgedCriterion): number => criterion.effect / criterion.effort;
  return judged
    .filter(({ standing }) => standing !== 'met')
    .sort((a, b) => ahead(a) - ahead(b) || worth(b) - worth(a) || (a.criterion.id < b.criterion.id ? -1 : 1))
    .slice(0, stepsAtOnce);
}
