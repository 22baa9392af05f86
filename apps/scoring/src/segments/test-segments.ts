import type { SegmentAuthor } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { auditMigrations, testDatabase, type TestDatabase } from '@throughline/database/testing';
import type { Condition, CustomerFacts, RuleNode, SegmentRule } from '@throughline/domain-segments';
import { Client } from 'pg';
import { v5 } from 'uuid';
import { CreateSegments1763796000000 } from '../../migrations/1763796000000-create-segments';
import { CountSegment } from './count-segment';
import { DrawCustomerSample } from './draw-customer-sample';
import { KeepSegmentsCurrent } from './keep-segments-current';
import { OnPreviewSegment } from './on-preview-segment';
import { OnPublishSegment } from './on-publish-segment';
import { OnRestoreSegmentVersion } from './on-restore-segment-version';
import { OnRetireSegment } from './on-retire-segment';
import { OnSaveSegment } from './on-save-segment';
import { RuleRunner } from './rule-runner';
import { factMigrations, tell, testRoles } from './test-facts';
import { WorkOutSegment } from './work-out-segment';

export const idOf = (name: string): string => v5(name, '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a11');
const person = (name: string): SegmentAuthor => ({ id: idOf(name), name, isPerson: true });
export const [ana, ben] = [person('ana'), person('ben')];
const dayMs = 86_400_000;

/** A database with facts and segments, and everything that works on them, wired as the module does. */
export class SegmentWorld {
  readonly counts: CountSegment;
  readonly save: OnSaveSegment;
  readonly publish: OnPublishSegment;
  readonly restore: OnRestoreSegmentVersion;
  readonly retire: OnRetireSegment;
  readonly preview: OnPreviewSegment;
  readonly sweep: KeepSegmentsCurrent;
  readonly sample: DrawCustomerSample;

  private constructor(
    readonly server: TestDatabase,
    readonly owner: Client,
    readonly database: Database,
    readonly rules: RuleRunner,
  ) {
    this.counts = new CountSegment(database, rules);
    this.save = new OnSaveSegment(database);
    this.publish = new OnPublishSegment(database, this.counts);
    this.restore = new OnRestoreSegmentVersion(database);
    this.retire = new OnRetireSegment(database);
    this.preview = new OnPreviewSegment(database, this.counts);
    this.sweep = new KeepSegmentsCurrent(database, new WorkOutSegment(database, rules));
    this.sample = new DrawCustomerSample(database);
  }

  static async open(): Promise<SegmentWorld> {
    const server = await testDatabase({ migrations: [...auditMigrations, ...factMigrations, CreateSegments1763796000000], roles: testRoles });
    const owner = new Client({ connectionString: server.url });
    await owner.connect();
    const rules = new RuleRunner({ url: server.urlFor('tl_rules'), statementTimeoutMs: 5_000, costLimit: 5_000_000, poolSize: 5 });
    return new SegmentWorld(server, owner, await server.open('scoring'), rules);
  }

  async close(): Promise<void> {
    await this.rules.onModuleDestroy();
    await this.owner.end();
    await this.server.drop();
  }

  async tell(name: string, facts: CustomerFacts): Promise<string> {
    await tell(this.owner, idOf(name), facts);
    return idOf(name);
  }

  /** A draft saved and put in force by whoever must, and worked out. */
  async inForce(name: string, rule: SegmentRule): Promise<string> {
    const id = idOf(`segment ${name}`);
    await this.save.answer({ id, basedOn: null, name, description: '', rule, by: ana });
    const first = await this.publish.answer({ id, revision: 1, note: 'for the test', by: ana });
    const reply = first.kind === 'waits' ? await this.publish.answer({ id, revision: 1, note: 'for the test', by: ben }) : first;
    if (reply.kind !== 'published') throw new Error(JSON.stringify(reply));
    await this.workOut();
    return id;
  }

  /** Every segment, for everybody, now. */
  async workOut(): Promise<void> {
    await this.sweep.bringUp(undefined, Date.now() + 1_000);
  }

  async membersOf(segmentId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'select customer_id as id from scoring.read_segment_member where segment_id = $1 and until is null order by customer_id',
      [segmentId],
    );
    return rows.map(({ id }) => id);
  }
}

let nodes = 0;
const named = (): string => `n${(nodes += 1)}`;
export const ruleOf = (...of: RuleNode[]): SegmentRule => ({ version: 1, root: { id: named(), kind: 'group', join: 'all', of } });
export const about = (field: string, is: Condition['is'], value?: Condition['value']): RuleNode => ({
  id: named(),
  kind: 'customer',
  field,
  is,
  ...(value === undefined ? {} : { value }),
});
export const memberOf = (segmentId: string): RuleNode => ({ id: named(), kind: 'membership', segmentId, member: true });
export const contactsInDays = (atLeast: number, lastDays: number | null): RuleNode => ({
  id: named(),
  kind: 'behaviour',
  thing: 'contact',
  where: [],
  lastDays,
  measure: { take: 'count' },
  test: { is: 'atLeast', value: atLeast },
  none: [],
});

/** A known customer with so many orders, and contacts at these times. */
export function customerWith(orders: number, contactsAt: readonly number[] = []): CustomerFacts {
  const at = Date.now() - 100 * dayMs;
  return {
    customer: {
      customerId: '',
      known: true,
      firstAt: at,
      lastAt: at,
      engagements: 0,
      openEngagementsHint: 0,
      contacts: contactsAt.length,
      lastIntent: 'unknown',
      lastChannel: null,
      spent: orders * 1000,
      orders,
      leftAt: null,
      lastFrustration: 0,
    },
    identifiers: ['email'],
    segments: [],
    things: {
      contact: contactsAt.map((contactAt) => ({
        customerId: '',
        anchor: idOf(`contact ${contactAt}`),
        at: contactAt,
        endedAt: contactAt,
        engagement: null,
        place: 1,
        intentConfidence: 900,
        startedBy: 'customer',
        agents: [],
        transactions: 1,
        events: 1,
        liveMs: 1,
        outcome: null,
        failed: null,
        looksResolved: false,
        repeatAt: null,
        channelRepeatAt: null,
        frustration: 10,
        ledger: [],
        unjudged: [],
        channel: 'voice',
        queue: null,
        agent: null,
        site: null,
        intent: 'unknown',
        family: 'unknown',
      })),
      engagement: [],
      queueStay: [],
      menuVisit: [],
      answer: [],
    },
  };
}
