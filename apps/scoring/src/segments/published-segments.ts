import type { Transaction } from '@throughline/database';
import { catalogue, checkRule, segmentOrder, type KnownSegments, type SegmentRule } from '@throughline/domain-segments';

/** A segment in force. */
export interface PublishedSegment {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly rule: SegmentRule;
}

/**
 * All segments in force, each after those it asks for. One whose rule this version of the house cannot run any more (it speaks of a field that is gone) is left out: its
 * members stay as they are until somebody mends it.
 */
export async function publishedSegments(tx: Pick<Transaction, 'query'>): Promise<readonly PublishedSegment[]> {
  const rows = await tx.query<PublishedSegment>(
    `select s.segment_id as id, s.name, v.version, v.rule from scoring.segment s
     join scoring.segment_version v on v.segment_id = s.segment_id and v.version = s.version
     where s.retired_at is null order by s.segment_id`,
  );
  const known = asKnown(rows);
  return segmentOrder(rows.filter(({ id, rule }) => checkRule(rule, catalogue, known, id).length === 0));
}

export const asKnown = (segments: readonly PublishedSegment[]): KnownSegments => new Map(segments.map((segment) => [segment.id, segment]));
