import { mappingDocumentSchema, type CanonicalEvent } from '@throughline/contracts';
import { importFile } from '@throughline/domain-events';
import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { runIngestion, writeKey, type RunningIngestion } from './running-ingestion';

const folder = process.env['TL_DATA_DIR'];
const given = folder === undefined ? describe.skip : describe;
const where = (file: string): string => path.resolve(folder ?? '', file);

given('given data sets (left out where TL_DATA_DIR is not set)', () => {
  let ingestion: RunningIngestion;
  beforeAll(async () => {
    ingestion = await runIngestion();
  }, 60_000);
  afterAll(() => ingestion.stop());

  async function importInto(file: string, mapping: string): Promise<Record<string, number>> {
    const document = mappingDocumentSchema.parse(JSON.parse(readFileSync(path.resolve('apps/ingestion/mappings', mapping), 'utf8')));
    const counts: Record<string, number> = { accepted: 0, duplicate: 0, quarantined: 0, rejected: 0, unreadable: 0 };
    let batch: object[] = [];
    const send = async (): Promise<void> => {
      if (batch.length === 0) return;
      const { body } = await ingestion.post('/v1/events', batch);
      for (const name of ['accepted', 'duplicate', 'quarantined', 'rejected'] as const) counts[name]! += body[name];
      batch = [];
    };
    for await (const record of importFile(createReadStream(where(file), 'utf8') as AsyncIterable<string>, document)) {
      if ('unreadable' in record) counts['unreadable']! += 1;
      else
        for (const event of record.events) {
          batch.push(event);
          if (batch.length === 500) await send();
        }
    }
    await send();
    return counts;
  }

  it('k1: the recorded requests of the protocols we take are each answered 2xx and stored with user, type and the time of the sender', async () => {
    const { requests } = JSON.parse(readFileSync(where('k1-sdk-requests/requests.json'), 'utf8')) as {
      requests: { sdk: string; method: string; path: string; headers: Record<string, string>; body: unknown }[];
    };
    const taken = requests.filter(({ method }) => method === 'POST');
    expect(taken).toHaveLength(10);
    for (const { path: route, headers, body } of taken) {
      const text = JSON.stringify(body).replaceAll('WRITE_KEY', writeKey).replaceAll('phc_key', writeKey).replaceAll('w:***', writeKey);
      const { 'content-length': _length, 'transfer-encoding': _encoding, authorization: _basic, 'x-write-key': _key, ...others } = headers;
      const { status } = await ingestion.post(route, others['content-encoding'] === 'gzip' ? gzipSync(text) : text, {
        ...others,
        authorization: `Basic ${btoa(`${writeKey}:`)}`,
      });
      expect([route, status]).toEqual([route, 200]);
    }
    const rows = await ingestion.rows<{ body: CanonicalEvent; adapter: string; record: string }>(
      'select event.body, adapter, record from ingestion.event join ingestion.original_body using (event_id)',
    );
    expect(rows).toHaveLength(23);
    const stated = rows.filter(({ record }) => /"(timestamp|time)":"2024-03-01T10:00:00.000Z"|"ttm":"1709287200000"/.test(record));
    expect(stated.length).toBeGreaterThanOrEqual(14);
    expect(stated.every(({ body }) => body.occurredAt === Date.UTC(2024, 2, 1, 10))).toBe(true);
    for (const { body, record } of rows)
      for (const id of ['cust-1', 'anon-1'])
        if (record.includes(`"userId":"${id}"`) || record.includes(`"anonymousId":"${id}"`))
          expect(body.identifiers.some((identifier) => identifier.value === id)).toBe(true);
  });

  it('j0: every call of the bank week comes in, none is merged by its repeated id, negative durations are repaired with a reason', async () => {
    expect(await importInto('j0-callcentre-bank-week/calls_1999-02-01_to_07.tsv', 'bank-calls.json')).toMatchObject({
      accepted: 21_026,
      duplicate: 0,
      quarantined: 0,
      rejected: 0,
      unreadable: 0,
    });
    const [figures] = await ingestion.rows(
      `select count(*) filter (where body->>'system' = 'ivr')::int as calls,
              count(*) filter (where body->'attributes'->'repaired' is not null)::int as repaired,
              count(*) filter (where (body->>'endedAt')::bigint < (body->>'occurredAt')::bigint)::int as negative,
              count(*) filter (where body->>'system' = 'ivr' and body->>'presence' = 'none')::int as phantoms,
              count(distinct body->'contactLinks'->0->>'value')::int as links,
              avg(coalesce((body->>'endedAt')::bigint, (body->>'occurredAt')::bigint) - (body->>'occurredAt')::bigint) filter (where body->>'system' = 'agent') / 1000 as service
       from ingestion.event where body->'attributes'->>'outcome' is not null`,
    );
    expect(figures).toMatchObject({ calls: 9_007, repaired: 8, negative: 0, phantoms: 59, links: 9_007 });
    expect(Number((figures as { service: string }).service)).toBeCloseTo(167.94481, 4);
    expect(await importInto('j0-callcentre-bank-week/calls_1999-02-01_to_07.tsv', 'bank-calls.json')).toMatchObject({ accepted: 0, duplicate: 21_026 });
  }, 120_000);

  it('i1: the web events come in once each, a repeated id with other content is kept aside, and a second import changes nothing', async () => {
    expect(await importInto('i1-web-snowplow/snowplow_web_events.csv', 'snowplow-web.json')).toMatchObject({
      accepted: 157,
      duplicate: 0,
      quarantined: 3,
      rejected: 0,
    });
    const sessions = await ingestion.rows<{ session: string; views: number; events: number; from: string; to: string }>(
      `select body->>'sessionKey' as session, count(*)::int as events, count(distinct body->'attributes'->>'pageViewId') filter (where body->>'type' = 'pageViewed')::int as views,
              min((body->>'occurredAt')::bigint) as from, max((body->>'occurredAt')::bigint) as to
       from ingestion.event where body->'attributes'->>'vendor' is not null group by 1`,
    );
    const { sessions_with_simple_rule: expected } = JSON.parse(readFileSync(where('i1-web-snowplow/expected.json'), 'utf8')) as {
      sessions_with_simple_rule: Record<string, string | number>[];
    };
    for (const session of expected) {
      const found = sessions.find((row) => row.session === session['domain_sessionid'])!;
      const time = (instant: string): string => new Date(Number(instant)).toISOString().replace('T', ' ').replace('Z', '');
      expect({ ...found, from: time(found.from), to: time(found.to) }).toMatchObject({
        events: session['total_events_after_dedupe'],
        views: session['page_views'],
        from: session['start'],
        to: session['end'],
      });
    }
    expect(await importInto('i1-web-snowplow/snowplow_web_events.csv', 'snowplow-web.json')).toMatchObject({ accepted: 0, duplicate: 157, quarantined: 3 });
  });
});
