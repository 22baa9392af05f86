// THE CHECK of the fault matrix: T1 every accepted item is there exactly once, T2 nothing is there that was not sent, T3 the hierarchy equals the oracles, T4 the house comes to rest,
// T6 no personal data in any log, T8 the health endpoints told the truth. Each check returns { name, ok, words }; one that could not run throws, and the fault then reads "not shown".
import { sleep } from '../start/processes.mjs';
import { plantedCard } from './workload.mjs';

const passed = (name, words) => ({ name, ok: true, words });
const failed = (name, words) => ({ name, ok: false, words });

/** T4: no outbox row, no event without owner, no customer whose hierarchy is behind, no unacknowledged message. */
export async function comesToRest(rig, limitMs) {
  const startedAt = Date.now();
  let left = {};
  while (Date.now() - startedAt < limitMs) {
    left = await waitingWork(rig).catch((error) => ({ [`unreadable: ${error.message}`]: 1 }));
    if (Object.values(left).every((count) => count === 0)) return passed('T4', `at rest after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    await sleep(250);
  }
  return failed('T4', `not at rest after ${limitMs / 1000} s: ${JSON.stringify(left)}`);
}

async function waitingWork(rig) {
  const [row] = await rig.query(`
    select (select count(*) from ingestion.outbox) + (select count(*) from identity.outbox) + (select count(*) from sessionization.outbox) as outbox,
      (select count(*) from ingestion.read_event e where not exists (select from identity.read_customer_event o where o.event_id = e.event_id and o.revision >= e.revision)
         and not exists (select from identity.read_failed_event f where f.event_id = e.event_id)) as "events without owner",
      (select count(*) from identity.read_customer_revision r left join sessionization.read_journey_head h using (customer_id)
         where h.customer_id is null or h.built_revision < r.revision) as "customers not built"`);
  return Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)]));
}

/** T1 and T2 against the ledger. */
export async function keepsLedger(rig, ledger) {
  const accepted = [...ledger.answered].filter(([, item]) => item.status === 'accepted' || item.status === 'duplicate');
  const quarantined = [...ledger.answered].filter(([, item]) => item.status === 'quarantined');
  if (accepted.length === 0) throw new Error('no item was accepted: nothing was checked');
  const events = await rig.query(`select body ->> 'sourceEventId' as source_event_id, event_id from ingestion.event`);
  const places = new Map(
    (await rig.query('select event_id, count(*)::int as n from identity.read_customer_event group by event_id')).map((row) => [row.event_id, row.n]),
  );
  const failures = new Set((await rig.query('select event_id from identity.read_failed_event')).map((row) => row.event_id));
  const stored = new Map();
  for (const { source_event_id: id, event_id: event } of events) stored.set(id, [...(stored.get(id) ?? []), event]);
  const wrong = [];
  for (const [id] of accepted) {
    const keys = stored.get(id) ?? [];
    if (keys.length !== 1) wrong.push(`${id}: ${keys.length} keys`);
    else if ((places.get(keys[0]) ?? 0) + (failures.has(keys[0]) ? 1 : 0) !== 1) wrong.push(`${id}: ${places.get(keys[0]) ?? 0} owners`);
  }
  const kept = new Set((await rig.query('select source_event_id from ingestion.read_quarantine')).map((row) => row.source_event_id));
  for (const [id] of quarantined) if (!kept.has(id)) wrong.push(`${id}: answered as quarantined, not in quarantine`);
  const unsent = [...stored.keys()].filter((id) => !ledger.sent.has(id));
  const doubled = await rig.query('select event_id from sessionization.read_event_transaction group by event_id having count(*) > 1');
  for (const row of doubled) wrong.push(`${row.event_id}: in several transactions`);
  return [
    wrong.length === 0
      ? passed('T1', `${accepted.length} accepted and ${quarantined.length} quarantined items each there once`)
      : failed('T1', `${wrong.length} wrong: ${wrong.slice(0, 5).join('; ')}`),
    unsent.length === 0
      ? passed('T2', `${stored.size} stored ids, all of them sent`)
      : failed('T2', `${unsent.length} never sent: ${unsent.slice(0, 5).join(', ')}`),
  ];
}

/** T3: identity and all levels against the naive oracle; transactions, interactions, conservation and nesting against SQL. */
export async function equalsOracles(rig, { verify, checkWithSql }) {
  const naive = await verify({ databaseUrl: rig.databaseUrl });
  if (!(naive.events > 0)) throw new Error('the oracle saw no event: nothing was checked');
  const sql = await checkWithSql(rig.databaseUrl);
  if (!(sql.transactions > 0)) throw new Error('the oracle in SQL saw no transaction: nothing was checked');
  const wrong = [
    ...naive.differences.map((difference) => JSON.stringify(difference)),
    ...sql.differences,
    ...sql.broken.map(({ name, ids }) => `not so: ${name} (${ids.length})`),
  ];
  return naive.equal && wrong.length === 0
    ? passed('T3', `${naive.events} events of ${naive.customers} customers equal to the naive oracle, ${sql.transactions} transactions to SQL`)
    : failed('T3', `${wrong.length} differences: ${wrong.slice(0, 2).join('; ').slice(0, 600)}`);
}

/** T6: what the workload planted, and every secret of the stack, in no log line. */
export function keepsSecrets(rig) {
  const planted = [
    plantedCard,
    plantedCard.replaceAll(' ', ''),
    '@example.com',
    rig.secrets.writeKey,
    rig.secrets.readToken,
    rig.secrets.adminToken,
    ...Object.values(rig.secrets.passwords),
  ];
  const logs = rig.logs();
  if (logs.every(({ text }) => text.length === 0)) throw new Error('no log was written: nothing was checked');
  // Five digits of every phone number that is sent; an id of a trace or a row may have them by chance.
  const phone = '55501';
  const ids = /\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b/g;
  const found = logs.flatMap(({ name, text }) =>
    [...planted.filter((value) => text.includes(value)), ...(text.replaceAll(ids, '').includes(phone) ? [phone] : [])].map(
      (value) => `${name}: …${value.slice(-4)}`,
    ),
  );
  return found.length === 0 ? passed('T6', `${logs.length} logs without personal data or secrets`) : failed('T6', found.slice(0, 5).join('; '));
}

/** T8 is collected while the fault lasts: each look says what it saw and what it should have seen. */
export class HealthWatch {
  looks = [];

  async expect(rig, service, what, status, words, patienceMs = 15_000) {
    let seen;
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(100)) {
      seen = await rig.health(service, what);
      if (seen === status) break;
    }
    this.looks.push({ ok: seen === status, words: `${service} /${what} ${seen} (${words}: ${status})` });
  }

  result() {
    if (this.looks.length === 0) return passed('T8', 'no look was asked for');
    const wrong = this.looks.filter(({ ok }) => !ok);
    return wrong.length === 0 ? passed('T8', this.looks.map(({ words }) => words).join('; ')) : failed('T8', wrong.map(({ words }) => words).join('; '));
  }
}
