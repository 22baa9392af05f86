import { instantText, type Transaction } from '@throughline/database';
import { catalogue, customerFactsText, evaluateRule, reasonOf, toCustomerFacts, type CustomerFacts, type CustomerFactsRow } from '@throughline/domain-segments';
import { shareMemberships } from './membership-lock';
import { publishedSegments, type PublishedSegment } from './published-segments';

interface Stay {
  readonly customerId: string;
  readonly segmentId: string;
}

interface Joining extends Stay {
  readonly version: number;
  readonly reason: string;
}

/**
 * Brings the memberships of customers up to their facts as this transaction sees them: call it after the facts are written, in the same transaction. What changes because
 * time passes is the sweep's. Gives how many came and went.
 */
export async function updateMembership(tx: Transaction, customerIds: readonly string[], asOf = Date.now()): Promise<{ joined: number; left: number }> {
  if (customerIds.length === 0) return { joined: 0, left: 0 };
  await shareMemberships(tx);
  const segments = await publishedSegments(tx);
  if (segments.length === 0) return { joined: 0, left: 0 };
  const open = await tx.query<Stay>(
    `select customer_id as "customerId", segment_id as "segmentId" from scoring.segment_member
     where until is null and customer_id = any($1::uuid[]) and segment_id = any($2::uuid[])`,
    [customerIds, segments.map(({ id }) => id)],
  );
  const rows = await tx.query<CustomerFactsRow>(customerFactsText, [customerIds]);
  const should = rows.flatMap((row) => membershipsOf(toCustomerFacts(row), segments, asOf));
  const before = new Set(open.map(nameOf));
  const after = new Set(should.map(nameOf));
  const joining = should.filter((stay) => !before.has(nameOf(stay)));
  const leaving = open.filter((stay) => !after.has(nameOf(stay)));
  await leave(tx, leaving, asOf);
  await join(tx, joining, asOf);
  return { joined: joining.length, left: leaving.length };
}

/** The segments a customer should be in, each asked in the light of those before it. */
function membershipsOf(facts: CustomerFacts, segments: readonly PublishedSegment[], asOf: number): Joining[] {
  const { customerId } = facts.customer;
  const stays = facts.segments.filter(({ until }) => until !== null);
  const present: Joining[] = [];
  for (const { id, version, rule } of segments) {
    const known = { ...facts, segments: [...stays, ...present.map(({ segmentId }) => ({ segmentId, since: asOf, until: null }))] };
    if (!evaluateRule(rule, known, asOf, catalogue)) continue;
    present.push({ customerId, segmentId: id, version, reason: JSON.stringify(reasonOf(rule, known, asOf, catalogue)) });
  }
  return present;
}

async function leave(tx: Transaction, leaving: readonly Stay[], asOf: number): Promise<void> {
  if (leaving.length === 0) return;
  await tx.execute(
    `update scoring.segment_member m set until = $3 from unnest($1::uuid[], $2::uuid[]) as gone (customer_id, segment_id)
     where m.customer_id = gone.customer_id and m.segment_id = gone.segment_id and m.until is null`,
    [leaving.map(({ customerId }) => customerId), leaving.map(({ segmentId }) => segmentId), instantText(asOf)],
  );
}

async function join(tx: Transaction, joining: readonly Joining[], asOf: number): Promise<void> {
  const sorted = [...joining].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  await tx.insertMany(
    'scoring.segment_member',
    {
      customer_id: { type: 'uuid', values: sorted.map(({ customerId }) => customerId) },
      segment_id: { type: 'uuid', values: sorted.map(({ segmentId }) => segmentId) },
      since: { type: 'timestamptz', values: sorted.map(() => instantText(asOf)) },
      version: { type: 'integer', values: sorted.map(({ version }) => version) },
      reason: { type: 'json', values: sorted.map(({ reason }) => reason) },
    },
    'on conflict do nothing',
  );
}

const nameOf = ({ customerId, segmentId }: Stay): string => `${customerId} ${segmentId}`;
