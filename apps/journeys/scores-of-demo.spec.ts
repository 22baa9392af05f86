import { eventIdOf, optOutReasons, readTruth, type OptOutReason, type PlantedFact } from '@throughline/demo';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { root, StackUnderTest } from './stack-under-test';

const run = promisify(execFile);
/** What the API says of menus, as far as it is compared here. */
interface Menus {
  readonly calls: number;
  readonly nodes: readonly { readonly node: string; readonly isSuppressed: boolean; readonly optOut: { readonly numerator: number | null } }[];
}
interface OptOuts {
  readonly total: number;
  readonly optOuts: readonly { readonly transaction: string; readonly reason: OptOutReason; readonly evidence: readonly object[] }[];
}
const tables = [
  'reading',
  'engagement_share',
  'engagement_extent',
  'contact',
  'contact_ledger',
  'engagement',
  'queue_stay',
  'menu_visit',
  'answer',
  'customer',
];

describe('the scores of a simulated contact centre, through the services', () => {
  let stack: StackUnderTest;
  let facts: readonly PlantedFact[];

  /** Every customer's scores are as new as their hierarchy. */
  const scored = async (): Promise<void> => {
    const deadline = Date.now() + 120_000;
    for (;;) {
      const [left] = await stack.rows<{ n: number }>(`
        select count(*)::int as n from sessionization.read_journey_head h left join scoring.score_head s using (customer_id)
        where h.built_revision > 0 and (s.customer_id is null or s.scored_revision < h.built_revision or s.due)`);
      if (left?.n === 0) return;
      if (Date.now() > deadline) throw new Error(`${left?.n} customers wait to be scored`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const everything = async (): Promise<Record<string, { n: number; hash: string | null }>> => {
    const found: Record<string, { n: number; hash: string | null }> = {};
    for (const table of tables)
      found[table] = (
        await stack.rows<{ n: number; hash: string | null }>(
          `select count(*)::int as n, md5(string_agg(t::text, '|' order by t::text)) as hash from scoring.${table} t`,
        )
      )[0]!;
    return found;
  };

  const asked = async <Answer>(route: string): Promise<Answer> => {
    const answer = await stack.request('GET', route, stack.rig.secrets.readToken);
    if (!answer.ok) throw new Error(`${route} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };

  beforeAll(async () => {
    stack = await StackUnderTest.start();
    const truth = path.join(stack.rig.folder, 'truth.json');
    const key = stack.rig.secrets.writeKey;
    await run(
      process.execPath,
      [
        path.join(root, 'dist/tools/demo.mjs'),
        'load',
        '--size',
        'XS',
        '--api',
        stack.rig.api,
        '--write-key',
        key,
        '--source-name',
        'default',
        '--truth',
        truth,
      ],
      {
        maxBuffer: 64 * 2 ** 20,
      },
    );
    facts = [...(await readTruth(truth)).facts];
    await stack.rest();
    await scored();
  }, 300_000);
  afterAll(async () => {
    await stack?.stop();
  });

  it('fail for nobody', async () => {
    expect(await stack.rows('select * from scoring.read_failed_score')).toEqual([]);
  });

  it('sum to the score in every ledger', async () => {
    expect(
      await stack.rows(
        `select anchor from scoring.read_contact where frustration <> coalesce((select sum((p->>'points')::int) from json_array_elements(ledger) p), 0) or frustration not between 0 and 100`,
      ),
    ).toEqual([]);
    const [most] = await stack.rows<{ most: number }>('select max(frustration)::int as most from scoring.read_contact');
    expect(most!.most).toBeGreaterThan(30);
  });

  it('say why callers left the menu as it was planted', async () => {
    const rows = await stack.rows<{ anchor: string; reason: string }>(
      `select anchor, opt_out->>'reason' as reason from scoring.read_menu_visit where opt_out is not null`,
    );
    const said = new Map(rows.map(({ anchor, reason }) => [anchor, reason]));
    const compared = facts.flatMap((fact) =>
      fact.kind === 'optOut' && said.has(eventIdOf('default', fact.sourceEventId)) ? [[fact.reason, said.get(eventIdOf('default', fact.sourceEventId))]] : [],
    );
    expect(compared.length).toBeGreaterThan(0.9 * facts.filter(({ kind }) => kind === 'optOut').length);
    expect(compared.filter(([planted, found]) => planted === found).length).toBeGreaterThan(0.75 * compared.length);
  });

  it('are served with the reasons that were planted, node by node, as many as each node counts', async () => {
    const days = 'range=2025-09-01..2026-08-31&zone=UTC';
    const { calls, nodes } = await asked<Menus>(`/v1/menus?${days}`);
    const planted = new Map<string, OptOutReason>(
      facts.flatMap((fact) => (fact.kind === 'optOut' ? [[`tx_${eventIdOf('default', fact.sourceEventId)}`, fact.reason] as const] : [])),
    );
    expect(calls).toBeGreaterThanOrEqual(planted.size * 0.9);
    const served: { planted: OptOutReason; found: OptOutReason }[] = [];
    for (const { node, isSuppressed, optOut } of nodes) {
      const left: OptOuts['optOuts'][number][] = [];
      for (let page = 1, total = 1; left.length < total; page += 1) {
        const answer = await asked<OptOuts>(`/v1/menus/opt-outs?${days}&node=${encodeURIComponent(node)}&limit=200&page=${page}`);
        total = answer.total;
        left.push(...answer.optOuts);
      }
      expect(left).toHaveLength(isSuppressed ? 0 : optOut.numerator!);
      // Whatever a reason rests on can be shown.
      expect(left.filter(({ reason, evidence }) => reason !== 'unknown' && evidence.length === 0)).toEqual([]);
      served.push(...left.flatMap(({ transaction, reason }) => (planted.has(transaction) ? [{ planted: planted.get(transaction)!, found: reason }] : [])));
    }
    const count = (as: OptOutReason, found?: OptOutReason): number =>
      served.filter((one) => one.planted === as && (found === undefined || one.found === found)).length;
    const table = optOutReasons.map((as) => [as.padEnd(18), ...optOutReasons.map((found) => String(count(as, found)).padStart(18))].join(''));
    console.log(['planted ↓ served →'.padEnd(18) + optOutReasons.map((found) => found.padStart(18)).join(''), ...table].join('\n'));
    expect(served.length).toBeGreaterThan(0.9 * planted.size);
    expect(served.filter((one) => one.planted === one.found).length).toBeGreaterThan(0.75 * served.length);
    // Each reason that tells something is found more often than not.
    for (const reason of optOutReasons.filter((one) => one !== 'unknown'))
      expect([reason, count(reason, reason) >= 0.5 * count(reason)]).toEqual([reason, true]);
  }, 60_000);

  it('are the same when everybody is scored from the beginning', async () => {
    const before = await everything();
    await stack.rows('update scoring.score_head set due = true');
    await scored();
    expect(await everything()).toEqual(before);
    expect(before['contact']!.n).toBeGreaterThan(200);
  }, 180_000);
});
