import fc from 'fast-check';
import { criteria } from './criteria';
import {
  dimensions,
  evidenceNames,
  maturityLevels,
  type Attestation,
  type Evidence,
  type EvidenceName,
  type EvidenceRecord,
  type MaturityLevel,
} from './maturity';
import { scoreMaturity } from './score-maturity';

const at = Date.UTC(2026, 5, 1);
const year = 365 * 86_400_000;
const share = (numerator: number, denominator: number): Evidence => ({ kind: 'share', numerator, denominator, asOf: at });
const count = (n: number): Evidence => ({ kind: 'count', count: n, asOf: at });
const said = (criterion: string, holds = true, by = 'Mia'): Attestation => ({ criterion, holds, by, at: at - 1000, expiresAt: at + year, comment: '' });

/** Four installations, each a step further on. The last column is what people had to attest for it. */
const installations: Readonly<Record<MaturityLevel, { evidence: EvidenceRecord; attestations: readonly Attestation[] }>> = {
  basic: {
    evidence: {
      systemsAlive: count(2),
      contactsKnown: share(380, 1000),
      worstChannelKnown: share(40, 400),
      contactsLinked: share(700, 1000),
      recordsClean: share(9500, 10_000),
      intentsKnown: share(510, 1000),
      engagementsWithOutcome: share(300, 1000),
      engagementsAnswered: share(0, 1000),
      segmentsPublished: count(0),
      rolesActive: count(2),
    },
    attestations: [],
  },
  foundational: {
    evidence: {
      systemsAlive: count(4),
      contactsKnown: share(640, 1000),
      worstChannelKnown: share(180, 400),
      contactsLinked: share(760, 1000),
      recordsClean: share(9900, 10_000),
      intentsKnown: share(800, 1000),
      engagementsWithOutcome: share(620, 1000),
      engagementsAnswered: share(70, 1000),
      segmentsPublished: count(1),
      agentsRated: share(3, 20),
      rolesActive: count(3),
      lowRatingsAnswered: share(31, 40),
      plansStarted: count(1),
    },
    attestations: [],
  },
  advanced: {
    evidence: {
      systemsAlive: count(7),
      contactsKnown: share(830, 1000),
      worstChannelKnown: share(260, 400),
      contactsLinked: share(910, 1000),
      recordsClean: share(9960, 10_000),
      answersOnStep: share(20, 100),
      intentsKnown: share(880, 1000),
      engagementsWithOutcome: share(700, 1000),
      engagementsAnswered: share(110, 1000),
      segmentsPublished: count(5),
      agentsRated: share(14, 20),
      judgedByPeople: count(4),
      rolesActive: count(5),
      lowRatingsAnswered: share(35, 40),
      plansStarted: count(6),
      plansMeasured: share(1, 4),
      plansWorked: count(0),
    },
    attestations: [said('treatments')],
  },
  distinctive: {
    evidence: {
      systemsAlive: count(9),
      contactsKnown: share(972, 1000),
      worstChannelKnown: share(350, 400),
      contactsLinked: share(980, 1000),
      recordsClean: share(9990, 10_000),
      answersOnStep: share(88, 100),
      intentsKnown: share(950, 1000),
      engagementsWithOutcome: share(860, 1000),
      engagementsAnswered: share(220, 1000),
      segmentsPublished: count(14),
      agentsRated: share(19, 20),
      judgedByPeople: count(60),
      rolesActive: count(7),
      managersActive: count(3),
      lowRatingsAnswered: share(39, 40),
      plansStarted: count(12),
      plansMeasured: share(8, 9),
      plansWorked: count(4),
    },
    attestations: [said('treatments'), said('view-shared'), said('skills'), said('management-use')],
  },
};

it.each(maturityLevels.map((level) => [level]))('the %s installation scores to its level in all three dimensions', (level) => {
  const { reached, overall } = scoreMaturity(installations[level], at);
  expect(reached).toEqual({ integration: level, insights: level, operations: level });
  expect(overall).toBe(level);
});

it('an installation that says nothing has reached nothing, and nothing of it is called failed', () => {
  const score = scoreMaturity({ evidence: {}, attestations: [] }, at);
  expect(score.reached).toEqual({ integration: null, insights: null, operations: null });
  expect(score.overall).toBeNull();
  for (const { criteria: judged } of score.cells) for (const one of judged) expect(one.standing).toBe('unknown');
});

it('a cell is not reached while a lower one is open, though all its own criteria are met', () => {
  const { evidence, attestations } = installations.distinctive;
  const score = scoreMaturity({ evidence: { ...evidence, engagementsAnswered: share(1, 1000) }, attestations }, at);
  const cell = score.cells.find(({ dimension, level }) => dimension === 'insights' && level === 'advanced')!;
  expect(cell).toMatchObject({ complete: true, reached: false });
  expect(score.reached.insights).toBe('basic');
});

it.each([
  ['59.9 % are not 60', share(599, 1000), 'notMet'],
  ['60 % are', share(600, 1000), 'met'],
  ['29 contacts say nothing', share(29, 29), 'unknown'],
  ['nor do none', share(0, 0), 'unknown'],
] as const)('at the limit of a share, %s', (_, contactsKnown, standing) => {
  const judged = scoreMaturity({ evidence: { contactsKnown }, attestations: [] }, at).cells.flatMap((cell) => cell.criteria);
  expect(judged.find(({ criterion }) => criterion.id === 'contacts-known')!.standing).toBe(standing);
});

it('says what proves it in words, with both parts of a share', () => {
  const judged = scoreMaturity(installations.basic, at).cells.flatMap((cell) => cell.criteria);
  expect(judged.find(({ criterion }) => criterion.id === 'contacts-known')!.words).toBe(
    '38 % of 1000 contacts of the last 28 days belong to a customer with a number; 60 % needed.',
  );
});

it('an attestation holds until it expires, the newest counts, and a word against it is not met', () => {
  const standing = (...attestations: Attestation[]) =>
    scoreMaturity({ evidence: {}, attestations }, at)
      .cells.flatMap((cell) => cell.criteria)
      .find(({ criterion }) => criterion.id === 'skills')!.standing;
  expect(standing(said('skills'))).toBe('met');
  expect(standing({ ...said('skills'), expiresAt: at })).toBe('unknown');
  expect(standing(said('skills'), { ...said('skills', false), at: at - 1 })).toBe('notMet');
  expect(standing({ ...said('skills', false), at: at - 9000 }, said('skills'))).toBe('met');
});

it('flags who claims the whole view while 38 % of contacts stand nowhere', () => {
  const evidence: EvidenceRecord = { ...installations.distinctive.evidence, contactsLinked: share(620, 1000) };
  const { contradictions } = scoreMaturity({ evidence, attestations: [said('view-shared')], claims: { integration: 'distinctive' } }, at);
  expect(contradictions).toContainEqual({
    dimension: 'integration',
    claim: 'Mia attested: Every department works from the one view of the customer',
    evidence: '38 % of contacts stand in no engagement',
  });
  expect(contradictions.some(({ claim }) => claim === 'Claimed: distinctive')).toBe(true);
});

it('flags no claim that the evidence bears, and none of what is merely unknown', () => {
  const { evidence, attestations } = installations.distinctive;
  expect(scoreMaturity({ evidence, attestations, claims: { integration: 'distinctive', insights: 'advanced' } }, at).contradictions).toEqual([]);
  expect(scoreMaturity({ evidence: {}, attestations }, at).contradictions).toEqual([]);
});

it('names five next steps, those of the next level first, then most effect for least effort', () => {
  const { nextSteps } = scoreMaturity(installations.basic, at);
  expect(nextSteps.map(({ criterion }) => criterion.id)).toEqual([
    'customers-answer',
    'contacts-known',
    'low-ratings-answered',
    'outcomes-known',
    'plans-started',
  ]);
});

it('has fourteen criteria or more, every cell has one, and the system answers seven of ten by itself', () => {
  expect(criteria.length).toBeGreaterThanOrEqual(14);
  expect(criteria.filter(({ check }) => check.kind !== 'attested').length / criteria.length).toBeGreaterThanOrEqual(0.7);
  expect(new Set(criteria.map(({ id }) => id)).size).toBe(criteria.length);
  for (const dimension of dimensions)
    for (const level of maturityLevels) expect(criteria.some((one) => one.dimension === dimension && one.level === level)).toBe(true);
  const used = new Set(criteria.flatMap(({ check }) => (check.kind === 'attested' ? (check.contradictedBy?.evidence ?? []) : check.evidence)));
  expect([...used].sort()).toEqual([...evidenceNames].sort());
});

it('more evidence of anything never lowers a level', () => {
  const names = fc.constantFrom<EvidenceName>(...evidenceNames);
  const half = fc.dictionary(names, fc.integer({ min: 0, max: 1000 }));
  const shares = new Set(criteria.flatMap(({ check }) => (check.kind === 'share' ? [check.evidence] : [])));
  const recordOf = (values: Readonly<Record<string, number>>): EvidenceRecord =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shares.has(name as EvidenceName) ? share(value, 1000) : count(value)]));
  const rank = (level: MaturityLevel | null) => (level === null ? -1 : maturityLevels.indexOf(level));
  const attestations = installations.distinctive.attestations;
  fc.assert(
    fc.property(half, names, fc.integer({ min: 1, max: 500 }), (values, name, more) => {
      const less = scoreMaturity({ evidence: recordOf({ [name]: 0, ...values }), attestations }, at);
      const better = scoreMaturity({ evidence: recordOf({ ...values, [name]: Math.min((values[name] ?? 0) + more, 1000) }), attestations }, at);
      for (const dimension of dimensions) expect(rank(better.reached[dimension])).toBeGreaterThanOrEqual(rank(less.reached[dimension]));
    }),
    { numRuns: 500 },
  );
});
