import pg from 'pg';
import { percentile } from './poster.mjs';
import { seedFacts } from './seed-facts.mjs';
import { bar, tell } from './workload.mjs';

const group = (join, ...of) => ({ id: `g${Math.random().toString(36).slice(2, 8)}`, kind: 'group', join, of });
const behaviour = (id, more) => ({
  id,
  kind: 'behaviour',
  thing: 'contact',
  where: [],
  lastDays: 14,
  measure: { take: 'count' },
  test: { is: 'atLeast', value: 1 },
  none: [],
  ...more,
});
const family = (...value) => ({ field: 'family', is: 'isOneOf', value });
const channel = (value) => ({ field: 'channel', is: 'isOneOf', value: [value] });

/** From one condition to a nested rule over everything. */
const rules = {
  'one score': [{ id: 'a', kind: 'customer', field: 'orders', is: 'atLeast', value: 3 }],
  'at least 2 contacts about billing in 14 days, none resolved': [
    behaviour('a', { where: [family('billing')], test: { is: 'atLeast', value: 2 }, none: [{ field: 'outcome', is: 'isOneOf', value: ['resolved'] }] }),
  ],
  'chat, then call within 2 h': [{ id: 'a', kind: 'sequence', first: [channel('chat')], then: [channel('voice')], withinMinutes: 120, lastDays: 90 }],
  'nested, over everything': [
    { id: 'a', kind: 'customer', field: 'identifiers', is: 'hasAnyOf', value: ['email'] },
    group(
      'any',
      behaviour('b', { where: [family('billing', 'fault')], lastDays: 30, test: { is: 'atLeast', value: 2 } }),
      behaviour('c', { thing: 'answer', lastDays: 90, where: [{ field: 'value', is: 'atMost', value: 2 }] }),
      behaviour('d', { lastDays: 90, measure: { take: 'latest', field: 'frustration' }, test: { is: 'atLeast', value: 60 } }),
    ),
    group(
      'none',
      behaviour('e', {
        thing: 'engagement',
        lastDays: 60,
        where: [{ field: 'firstContact', is: 'isOneOf', value: ['resolved'] }],
        test: { is: 'atLeast', value: 3 },
      }),
    ),
  ],
};

/** How long segments are counted at 200,000 customers: about, from a sample, and exactly; beside plain counts of the same views in the same run. */
export async function measureSegments({ rig, say, customers = 200_000 }) {
  const rows = await seedFacts(rig.databaseUrl, customers);
  say(
    `  seeded by COPY: ${Object.entries(rows)
      .map(([table, count]) => `${count} ${table}s`)
      .join(', ')}`,
  );
  await untilDrawn(rig, customers);
  const plain = await plainCounts(rig);
  say(
    `  plain counts of the views: ${Object.entries(plain)
      .map(([view, ms]) => `${view} ${ms.toFixed(0)} ms`)
      .join(', ')}`,
  );
  const ask = asker(rig);
  const [estimates, exacts] = [[], []];
  for (const [name, of] of Object.entries(rules)) {
    const rule = { version: 1, root: { id: 'root', kind: 'group', join: 'all', of } };
    const [about, exact] = [[], []];
    let last;
    for (let n = 0; n < 8; n += 1) about.push(await ask(rule, false));
    for (let n = 0; n < 3; n += 1) exact.push((last = await ask(rule, true)));
    estimates.push(...about.map(({ ms }) => ms));
    exacts.push(...exact.map(({ ms }) => ms));
    const { size, low, high, sample } = about.at(-1).counted;
    const covered = low <= last.counted.size && last.counted.size <= high;
    const slowest = Math.max(...exact.map(({ ms }) => ms));
    say(
      `  ${name}: ≈ ${size} (${low} to ${high}, from ${sample}) in ${percentile(
        about.map(({ ms }) => ms),
        0.5,
      ).toFixed(
        0,
      )} ms; exactly ${last.counted.size}${covered ? '' : ', outside the interval'} in ${slowest.toFixed(0)} ms = ${(slowest / plain.contact).toFixed(1)} × a plain count of the contacts`,
    );
  }
  const bars = [
    bar(
      'segment estimate p95 ms',
      percentile(estimates, 0.95),
      300,
      'less',
      `p50 ${percentile(estimates, 0.5).toFixed(0)} ms, p95 ${percentile(estimates, 0.95).toFixed(0)} ms, n ${estimates.length}, over HTTP`,
    ),
    bar('segment exact max ms', Math.max(...exacts), 5_000, 'less', `slowest ${Math.max(...exacts).toFixed(0)} ms, n ${exacts.length}, over HTTP`),
  ];
  for (const one of bars) say(tell(one));
  return { customers, rows, plain, estimates, exacts, bars };
}

/** The sweep that draws the sample looks every half minute. */
async function untilDrawn(rig, customers, patienceMs = 120_000) {
  for (const deadline = Date.now() + patienceMs; ; await new Promise((resolve) => setTimeout(resolve, 500))) {
    const [draw] = await rig.query('select total from scoring.read_sample_draw');
    if (draw?.total === customers) return;
    if (Date.now() > deadline) throw new Error(`the sample was not drawn: ${draw?.total ?? 0} of ${customers} customers`);
  }
}

async function plainCounts(rig) {
  const client = new pg.Client({ connectionString: rig.databaseUrl });
  await client.connect();
  const found = {};
  for (const view of ['customer', 'contact', 'engagement', 'answer']) {
    const times = [];
    for (let n = 0; n < 3; n += 1) {
      const startedAt = performance.now();
      await client.query(`select count(*) from scoring.read_${view}`);
      times.push(performance.now() - startedAt);
    }
    found[view] = Math.min(...times);
  }
  await client.end();
  return found;
}

/** Asks over HTTP with the two tokens in turn: each user may count thirty times a minute. Waits outside the clock where it must. */
function asker(rig) {
  const tokens = [rig.secrets.readToken, rig.secrets.adminToken];
  let turn = 0;
  return async (rule, exact) => {
    for (;;) {
      const startedAt = performance.now();
      const response = await fetch(`${rig.adminApi}/v1/segments/preview`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens[turn++ % 2]}`, 'content-type': 'application/json' },
        body: JSON.stringify({ rule, exact }),
      });
      const counted = await response.json();
      const ms = performance.now() - startedAt;
      if (response.ok) return { ms, counted };
      if (response.status !== 429) throw new Error(`${response.status} ${JSON.stringify(counted)}`);
      await new Promise((resolve) => setTimeout(resolve, 1_000 * Number(response.headers.get('retry-after') ?? 1)));
    }
  };
}
