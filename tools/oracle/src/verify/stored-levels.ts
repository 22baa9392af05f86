import {
  levels,
  type CanonicalHierarchy,
  type CanonicalNode,
  type CanonicalParent,
  type Family,
  type HierarchySettings,
  type MembershipRule,
} from '@throughline/contracts';
import type { Client } from 'pg';
import { milliseconds, rowsByCustomer } from './stored-world';

interface MembershipRow {
  readonly rule: MembershipRule;
  readonly other_event: string | null;
  readonly value: string | null;
  readonly gap_ms: string | null;
  readonly limit_ms: string | null;
  readonly confidence: number;
}
interface TransactionRow extends MembershipRow {
  readonly customer_id: string;
  readonly id: string;
  readonly anchor: string;
  readonly kind: 'contact' | 'item' | 'side';
  readonly system: string;
  readonly ended: boolean;
  readonly end_at: string;
  readonly parent_level: 'interaction' | 'engagement' | 'journey';
  readonly parent_id: string | null;
}
interface EventRow {
  readonly customer_id: string;
  readonly event_id: string;
  readonly occurred_at: string;
  readonly source_sequence: string;
}
interface InTransactionRow extends EventRow {
  readonly transaction_id: string;
}
interface InEngagementRow extends EventRow {
  readonly engagement_id: string;
}
interface InteractionRow {
  readonly customer_id: string;
  readonly id: string;
  readonly anchor: string;
  readonly kind: 'contact' | 'attempt';
}
interface PartRow extends MembershipRow {
  readonly customer_id: string;
  readonly interaction_id: string;
  /** Order of the interaction's parts; null of an attempt, which has one row. */
  readonly place: string | null;
  readonly start_at: string;
  readonly share: number;
  readonly family: Family | null;
  readonly engagement_id: string | null;
}
interface EngagementRow {
  readonly customer_id: string;
  readonly id: string;
  readonly anchor: string;
  readonly phases: readonly { readonly from: number; readonly closedAs: string | null; readonly keyOpen: boolean }[];
  readonly last_activity_at: string;
  readonly window_ms: string;
  readonly repeat_of: string | null;
  readonly follows: string | null;
}

export interface StoredLevels {
  customers(): Iterable<string>;
  hierarchy(customerId: string, settings: HierarchySettings, asOf: number): CanonicalHierarchy;
}

/** Reads sessionization's rows through its views; a customer's canonical form is put together when it is asked for. */
export async function readStoredLevels(client: Client): Promise<StoredLevels> {
  const rows = async <Row extends { readonly customer_id: string }>(statement: string): Promise<ReadonlyMap<string, Row[]>> =>
    rowsByCustomer((await client.query<Row>(statement)).rows);
  const membership = 'rule, other_event, value, gap_ms, limit_ms, confidence';
  const place = `event_id, ${milliseconds('occurred_at')} as occurred_at, source_sequence`;
  const transactions = await rows<TransactionRow>(
    `select customer_id, id, anchor, kind, system, ended, ${milliseconds('end_at')} as end_at, parent_level, parent_id, ${membership} from sessionization.read_transaction`,
  );
  const inTransaction = await rows<InTransactionRow>(`select customer_id, transaction_id, ${place} from sessionization.read_event_transaction`);
  const inEngagement = await rows<InEngagementRow>(`select customer_id, engagement_id, ${place} from sessionization.read_event_engagement`);
  const interactions = await rows<InteractionRow>('select customer_id, id, anchor, kind from sessionization.read_interaction');
  const parts = await rows<PartRow>(
    `select customer_id, interaction_id, place, ${milliseconds('start_at')} as start_at, share, family, engagement_id, ${membership} from sessionization.read_part`,
  );
  const engagements = await rows<EngagementRow>(
    `select customer_id, id, anchor, phases, ${milliseconds('last_activity_at')} as last_activity_at, window_ms, repeat_of, follows from sessionization.read_engagement`,
  );
  const heads = await rows<{ customer_id: string; settings_version: number }>('select customer_id, settings_version from sessionization.read_journey_head');

  return {
    customers: () => heads.keys(),
    hierarchy(customerId, settings, asOf) {
      const events = inOrder(inTransaction.get(customerId) ?? []);
      const engaged = inOrder(inEngagement.get(customerId) ?? []);
      const mine = transactions.get(customerId) ?? [];
      const partsHere = parts.get(customerId) ?? [];
      const eventsIn = (ids: readonly string[]): string[] => events.filter((row) => ids.includes(row.transaction_id)).map((row) => row.event_id);
      const nodes: CanonicalNode[] = [
        ...mine.map((row) =>
          node('transaction', row.id, row.anchor, row.kind, eventsIn([row.id]), [parent(row.parent_id ?? customerId, row)], {
            state: row.ended ? 'ended' : asOf - Number(row.end_at) <= settings.openForMs ? 'open' : 'endUnknown',
          }),
        ),
        ...(interactions.get(customerId) ?? []).map((row) => {
          const members = mine.filter((transaction) => transaction.parent_level === 'interaction' && transaction.parent_id === row.id);
          const parents = parentsOf(
            partsHere.filter((part) => part.interaction_id === row.id),
            customerId,
          );
          return node('interaction', row.id, row.anchor, row.kind, eventsIn(members.map(({ id }) => id)), parents, {});
        }),
        ...(engagements.get(customerId) ?? []).map((row) =>
          node(
            'engagement',
            row.id,
            row.anchor,
            'engagement',
            engaged.filter((event) => event.engagement_id === row.id).map((event) => event.event_id),
            [parent(customerId, { rule: 'alone', other_event: null, value: null, gap_ms: null, limit_ms: null, confidence: 1000 })],
            { state: stateOf(row, asOf), repeatOf: row.repeat_of, follows: row.follows },
          ),
        ),
        node(
          'journey',
          customerId,
          events[0]?.event_id ?? null,
          'journey',
          events.map((event) => event.event_id),
          [],
          {},
        ),
      ];
      nodes.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || (a.id < b.id ? -1 : 1));
      return { customerId, settingsVersion: heads.get(customerId)?.[0]?.settings_version ?? 0, nodes };
    },
  };
}

function inOrder<Row extends EventRow>(rows: readonly Row[]): Row[] {
  return [...rows].sort(
    (a, b) =>
      Number(a.occurred_at) - Number(b.occurred_at) ||
      Number(a.source_sequence) - Number(b.source_sequence) ||
      (a.event_id < b.event_id ? -1 : a.event_id > b.event_id ? 1 : 0),
  );
}

function node(
  level: CanonicalNode['level'],
  id: string,
  anchor: string | null,
  kind: CanonicalNode['kind'],
  events: readonly string[],
  parents: readonly CanonicalParent[],
  { state = null, repeatOf = null, follows = null }: Partial<Pick<CanonicalNode, 'state' | 'repeatOf' | 'follows'>>,
): CanonicalNode {
  return { level, id, anchor, kind, events, parents, state, repeatOf, follows };
}

const count = (value: string | null): number | null => (value === null ? null : Number(value));

function parent(id: string, row: MembershipRow, share = 1000, family: Family | null = null): CanonicalParent {
  return {
    id,
    rule: row.rule,
    otherEvent: row.other_event,
    value: row.value,
    gapMs: count(row.gap_ms),
    limitMs: count(row.limit_ms),
    confidence: Number(row.confidence),
    share,
    family,
  };
}

/** Parts of one interaction in one engagement are one membership: shares add, the family is the strongest part's, the evidence that of the strongest that has any. */
function parentsOf(parts: readonly PartRow[], customerId: string): CanonicalParent[] {
  return [...new Set(parts.map((part) => part.engagement_id))]
    .map((engagement) => {
      const strongest = parts
        .filter((part) => part.engagement_id === engagement)
        .sort((a, b) => b.share - a.share || Number(a.start_at) - Number(b.start_at) || Number(a.place) - Number(b.place));
      const share = strongest.reduce((sum, part) => sum + Number(part.share), 0);
      const telling = strongest.find((part) => part.rule !== 'alone') ?? strongest[0]!;
      return parent(engagement ?? customerId, telling, share, strongest[0]!.family);
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function stateOf(row: EngagementRow, asOf: number): string {
  const phase = row.phases.filter(({ from }) => from <= asOf).pop();
  if (phase?.closedAs) return phase.closedAs;
  return phase?.keyOpen || asOf - Number(row.last_activity_at) <= Number(row.window_ms) ? 'open' : 'abandoned';
}
