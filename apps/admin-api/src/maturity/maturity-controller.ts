import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Database } from '@throughline/database';
import { dimensions, scoreMaturity, type Dimension, type JudgedCriterion, type MaturityLevel, type MaturityScore } from '@throughline/domain-maturity';
import { AuditTrail } from '../access/audit-trail';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { Who } from '../access/who';
import { readRequest } from '../read-request';
import { EvidenceReader } from './evidence-reader';
import type { MaturityAnswer, SnapshotsAnswer } from './maturity-answers';
import { aimBody, attestationBody } from './maturity-requests';
import { MaturityStore, type Aim } from './maturity-store';

const dayMs = 86_400_000;

/** Where the organisation stands, what proves it, what next. */
@Controller('v1/maturity')
export class MaturityController {
  constructor(
    private readonly database: Database,
    private readonly store: MaturityStore,
    private readonly evidence: EvidenceReader,
    private readonly audit: AuditTrail,
  ) {}

  @Get()
  @Needs('maturity.read')
  async show(): Promise<MaturityAnswer> {
    const now = Date.now();
    const { score, aims } = await this.score(now);
    return {
      asOf: now,
      ...score,
      cells: score.cells.map((cell) => ({ ...cell, criteria: cell.criteria.map(criterionOf) })),
      contradictions: [...score.contradictions],
      nextSteps: score.nextSteps.map(criterionOf),
      claimed: perDimension(aims, 'claimed'),
      target: perDimension(aims, 'target'),
    };
  }

  @Get('snapshots')
  @Needs('maturity.read')
  async snapshots(): Promise<SnapshotsAnswer> {
    return { snapshots: await this.store.snapshots() };
  }

  /** A person's word on what no system can know. */
  @Post('attestations')
  @HttpCode(200)
  @Needs('maturity.attest')
  async attest(@Body() body: unknown, @Who() who: Principal): Promise<{ kind: 'attested'; expiresAt: number }> {
    const { criterion, holds, comment, validDays } = readRequest(attestationBody, body);
    const at = Date.now();
    const expiresAt = at + validDays * dayMs;
    await this.database.inTransaction(async (tx) => {
      await this.store.attest(tx, { criterion, holds, comment, by: who.name, at, expiresAt });
      await this.audit.record(tx, who, { action: 'maturity.attested', target: `criterion:${criterion}`, details: { holds, validDays } });
    });
    return { kind: 'attested', expiresAt };
  }

  @Post('aims')
  @HttpCode(200)
  @Needs('maturity.attest')
  async aim(@Body() body: unknown, @Who() who: Principal): Promise<{ kind: 'set' }> {
    const aim = readRequest(aimBody, body);
    await this.database.inTransaction(async (tx) => {
      await this.store.aim(tx, aim, who.name, Date.now());
      await this.audit.record(tx, who, {
        action: 'maturity.aimed',
        target: `dimension:${aim.dimension}`,
        details: { claimed: aim.claimed, target: aim.target },
      });
    });
    return { kind: 'set' };
  }

  /** Keeps how it stands now, to compare with later. */
  @Post('snapshots')
  @HttpCode(200)
  @Needs('maturity.attest')
  async keep(@Who() who: Principal): Promise<{ kind: 'kept'; id: string }> {
    const now = Date.now();
    const { score } = await this.score(now);
    const id = await this.database.inTransaction(async (tx) => {
      const kept = await this.store.keep(tx, score, who.name, now);
      await this.audit.record(tx, who, { action: 'maturity.kept', target: `snapshot:${kept}` });
      return kept;
    });
    return { kind: 'kept', id };
  }

  private async score(now: number): Promise<{ score: MaturityScore; aims: readonly Aim[] }> {
    const [evidence, attestations, aims] = await Promise.all([this.evidence.read(now), this.store.attestations(), this.store.aims()]);
    const claims = Object.fromEntries(aims.flatMap(({ dimension, claimed }) => (claimed === null ? [] : [[dimension, claimed]]))) as Partial<
      Record<Dimension, MaturityLevel>
    >;
    return { score: scoreMaturity({ evidence, attestations, claims }, now), aims };
  }
}

const perDimension = (aims: readonly Aim[], of: 'claimed' | 'target'): Record<Dimension, MaturityLevel | null> =>
  Object.fromEntries(dimensions.map((dimension) => [dimension, aims.find((aim) => aim.dimension === dimension)?.[of] ?? null])) as Record<
    Dimension,
    MaturityLevel | null
  >;

function criterionOf({ criterion, standing, words, asOf, attestation }: JudgedCriterion): MaturityAnswer['nextSteps'][number] {
  const { id, dimension, level, title, check, next, effort, effect } = criterion;
  return {
    ...{ id, dimension, level, title, standing, words, asOf, next, effort, effect },
    kind: check.kind,
    attestation: attestation && {
      holds: attestation.holds,
      by: attestation.by,
      at: attestation.at,
      expiresAt: attestation.expiresAt,
      comment: attestation.comment,
    },
  };
}
