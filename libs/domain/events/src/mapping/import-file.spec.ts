import { mappingDocumentSchema, sourceSettingsSchema, type MappingDocument } from '@throughline/contracts';
import { toCanonicalEvent } from '../to-canonical-event';
import { importFile } from './import-file';
import { queueLogMapping } from './queue-log-mapping';
import { parseByPattern } from './time-pattern';

const source = sourceSettingsSchema.parse({ name: 'pbx' });
const receivedAt = Date.UTC(2026, 2, 3);

async function imported(text: string, mapping: MappingDocument, size = text.length): Promise<object[]> {
  const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));
  const found: object[] = [];
  for await (const record of importFile(chunks, mapping)) found.push(...('unreadable' in record ? [record] : record.events));
  return found;
}
const document = (more: object): MappingDocument =>
  mappingDocumentSchema.parse({ name: 'test', format: { kind: 'csv' }, events: [{ fields: { id: '{id}' } }], ...more });

describe('a file and its mapping document', () => {
  const rows = 'id,when,who,note\r\n1,02.03.2026 15:05,pat,"a, ""quoted"" note\nof two lines"\r\n2,02.03.2026 15:06,,\r\n';
  const mapping = document({
    zone: '+01:00',
    maps: { family: { pat: 'billing' } },
    events: [
      {
        fields: {
          sourceEventId: 'r-{id}',
          occurredAt: { time: '{when}', format: 'dd.MM.yyyy HH:mm' },
          identifiers: [{ kind: 'login', value: '{who}' }],
          attributes: { note: '{note}', family: { of: '{who}', map: 'family', default: 'unknown' }, line: '{@line}' },
        },
      },
      { when: [{ of: '{who}', isNot: [''] }], fields: { sourceEventId: '{id}/b' } },
    ],
  });

  it('gives as many events for a record as the document says, whatever the size of the chunks', async () => {
    const whole = await imported(rows, mapping);
    expect(whole).toEqual([
      {
        sourceEventId: 'r-1',
        occurredAt: Date.UTC(2026, 2, 2, 14, 5),
        identifiers: [{ kind: 'login', value: 'pat' }],
        attributes: { note: 'a, "quoted" note\nof two lines', family: 'billing', line: 1 },
      },
      { sourceEventId: '1/b' },
      { sourceEventId: 'r-2', occurredAt: Date.UTC(2026, 2, 2, 14, 6), identifiers: [], attributes: { family: 'unknown', line: 2 } },
    ]);
    for (const size of [1, 2, 7]) expect(await imported(rows, mapping, size)).toEqual(whole);
  });

  it('reads NDJSON with paths, and says which line it cannot read', async () => {
    const ndjson = document({ format: { kind: 'ndjson' }, events: [{ fields: { id: '{a.b}', list: '{c}', first: '{c.0}' } }] });
    expect(await imported('{"a":{"b":5},"c":[1,2]}\nnonsense\n{"a":{}}', ndjson)).toEqual([
      { id: 5, list: [1, 2], first: 1 },
      { line: 2, unreadable: expect.any(String) },
      {},
    ]);
  });

  it('takes the next day where a time of day passes midnight, and repairs what ends before it starts', async () => {
    const day = (end: object): MappingDocument =>
      document({ negativeSpan: 'repair', events: [{ fields: { occurredAt: { time: '{d} {s}', format: 'yyMMdd H:mm:ss' }, endedAt: end } }] });
    const end = { time: '{d} {e}', format: 'yyMMdd H:mm:ss', rollover: true, after: { time: '{d} {s}', format: 'yyMMdd H:mm:ss' } };
    expect(await imported('d,s,e\n990206,23:57:15,0:01:10\n', day(end))).toEqual([
      { occurredAt: Date.UTC(1999, 1, 6, 23, 57, 15), endedAt: Date.UTC(1999, 1, 7, 0, 1, 10) },
    ]);
    expect(await imported('d,s,e\n990207,9:48:14,9:47:17\n', day(end))).toEqual([
      { occurredAt: Date.UTC(1999, 1, 7, 9, 48, 14), attributes: { repaired: [expect.stringContaining('57000 ms')] } },
    ]);
  });

  it('posts a time that it cannot read as it stands, so that it is quarantined and not lost', async () => {
    expect(await imported('id,when\n1,yesterday\n', document({ events: [{ fields: { occurredAt: { time: '{when}' } } }] }))).toEqual([
      { occurredAt: 'yesterday' },
    ]);
  });

  it.each([
    ['990201 7:02:47', 'yyMMdd H:mm:ss', Date.UTC(1999, 1, 1, 7, 2, 47)],
    ['2/3/2026 07:02', 'd/M/yyyy HH:mm', Date.UTC(2026, 2, 2, 7, 2)],
    ['20260302T070247.5', 'yyyyMMddTHHmmss.SSS', Date.UTC(2026, 2, 2, 7, 2, 47, 500)],
    ['31.02.2026', 'dd.MM.yyyy', null],
    ['x', 'dd.MM.yyyy', null],
  ])('reads %s by %s', (text, pattern, instant) => {
    expect(parseByPattern(text, pattern)).toBe(instant);
  });
});

describe("Asterisk's queue_log", () => {
  const log = [
    '1772464321|1772463900.301|billing|NONE|ENTERQUEUE||+15550100123|2',
    '1772464376|1772463900.301|billing|PJSIP/8007|RINGNOANSWER|15000',
    '1772464391|1772463900.301|billing|PJSIP/8011|CONNECT|70|1772464388.305|3',
    '1772464801|1772463900.301|billing|PJSIP/8011|BLINDTRANSFER|8100|internal|70|410|2',
    '1772464801|NONE|NONE|NONE|QUEUESTART|',
    '1772464900|1772463999.1|billing|NONE|ENTERQUEUE||anonymous|1',
    '1772464960|1772463999.1|billing|NONE|ABANDON|1|1|60',
  ].join('\n');

  it('gives queue and agent events of one call, in order within a second, each a valid event', async () => {
    const events = (await imported(log, queueLogMapping))
      .map((posted) => toCanonicalEvent(posted, source, receivedAt))
      .map((result) => {
        if (result.kind !== 'event') throw new Error(JSON.stringify(result));
        return result.event;
      });
    expect(events.map((event) => `${event.system}.${event.type} ${event.presence} ${event.agent ?? ''} ${event.ending ?? ''}`)).toEqual([
      'acd.enqueued live  ',
      'acd.offered away  ',
      'agent.connected live PJSIP/8011 ',
      'agent.transferred live PJSIP/8011 transferred',
      'acd.enqueued live  ',
      'acd.abandoned live  abandoned',
    ]);
    expect(events[0]!.identifiers).toEqual([{ kind: 'phone', namespace: '', value: '+15550100123', verified: false, role: 'subject' }]);
    expect(events[4]!.identifiers).toEqual([]);
    expect(events[2]!.contactLinks.map((link) => link.value)).toEqual(['1772463900.301', '1772464388.305']);
  });

  it('gives the same ids when it is read again from another line on', async () => {
    const [whole, tail] = [await imported(log, queueLogMapping), await imported(log.split('\n').slice(2).join('\n'), queueLogMapping)];
    expect(tail).toEqual(whole.slice(2));
  });
});
