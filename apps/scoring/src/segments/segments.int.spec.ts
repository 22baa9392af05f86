import { askThreeTimes, auditedIn } from '@throughline/database/testing';
import { factsArbitrary, ruleArbitrary } from '@throughline/domain-segments/testing';
import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { about, ana, ben, contactsInDays, customerWith, idOf, memberOf, ruleOf, SegmentWorld } from './test-segments';
import { tell } from './test-facts';
import { updateMembership } from './update-membership';

const dayMs = 86_400_000;
let world: SegmentWorld;

beforeEach(async () => {
  world = await SegmentWorld.open();
}, 60_000);
afterEach(() => world?.close());

const update = (...ids: string[]): Promise<{ joined: number; left: number }> => world.database.inTransaction((tx) => updateMembership(tx, ids));

describe('a draft', () => {
  const draft = { id: idOf('draft'), name: 'Loyal', description: '', rule: ruleOf(about('orders', 'atLeast', 3)), by: ana };

  it('is kept once however often it is sent, and nobody is in it before it is published', async () => {
    await world.tell('dana', customerWith(3));
    expect(await world.save.answer({ ...draft, basedOn: null })).toEqual({ kind: 'saved', revision: 1 });
    expect(await world.save.answer({ ...draft, basedOn: null })).toEqual({ kind: 'saved', revision: 1 });
    await world.workOut();
    expect(await world.membersOf(draft.id)).toEqual([]);
  });

  it('is not overwritten by somebody who had not seen it: they are shown it', async () => {
    await world.save.answer({ ...draft, basedOn: null });
    expect(await world.save.answer({ ...draft, description: 'by Ana', basedOn: 1 })).toEqual({ kind: 'saved', revision: 2 });
    expect(await world.save.answer({ ...draft, description: 'by Ben', basedOn: 1, by: ben })).toMatchObject({
      kind: 'conflict',
      theirs: { description: 'by Ana', revision: 2, by: 'ana' },
    });
    expect(await world.publish.answer({ id: draft.id, revision: 1, note: 'too late', by: ben })).toMatchObject({ kind: 'conflict', theirs: { revision: 2 } });
  });

  it('may be incomplete, has a name of its own, and has the form of a rule', async () => {
    expect(await world.save.answer({ ...draft, basedOn: null, rule: ruleOf(about('lastIntent', 'isOneOf', [])) })).toMatchObject({ kind: 'saved' });
    expect(await world.save.answer({ ...draft, id: idOf('other'), name: 'LOYAL', basedOn: null })).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('already'),
    });
    expect(await world.save.answer({ ...draft, id: idOf('third'), name: 'Third', basedOn: null, rule: { version: 1, root: 'select 1' } })).toMatchObject({
      kind: 'refused',
      problems: [expect.anything()],
    });
  });
});

describe('a publication', () => {
  it('puts in whoever the rule holds, with the reason, and takes out whoever the next version does not hold', async () => {
    const [many, few] = [await world.tell('many', customerWith(9)), await world.tell('few', customerWith(3))];
    const id = await world.inForce('Loyal', ruleOf(about('orders', 'atLeast', 3), contactsInDays(0, 30)));
    expect(await world.membersOf(id)).toEqual([many, few].sort());
    const [run] = await world.database.query(
      'select version, cause, done = total as whole, finished_at is not null as finished, failure from scoring.read_segment_run',
    );
    expect(run).toEqual({ version: 1, cause: 'published', whole: true, finished: true, failure: null });

    await world.save.answer({ id, basedOn: 1, name: 'Loyal', description: '', rule: ruleOf(about('orders', 'atLeast', 4)), by: ana });
    expect(await world.publish.answer({ id, revision: 2, note: 'four orders', by: ana })).toMatchObject({ kind: 'waits', sizeBefore: 2, sizeAfter: 1 });
    expect(await world.publish.answer({ id, revision: 2, note: 'agreed', by: ben })).toEqual({ kind: 'published', version: 2, size: 1 });
    await world.workOut();
    expect(await world.membersOf(id)).toEqual([many]);
    const history = await world.database.query(
      'select customer_id, version, reason, until is null as present from scoring.read_segment_member where segment_id = $1 order by customer_id',
      [id],
    );
    // `many` came with version 1 and stayed.
    const stay = (customer_id: string, present: boolean): object => ({
      customer_id,
      version: 1,
      reason: [
        [true, null],
        [true, 0],
      ],
      present,
    });
    expect(history).toEqual(
      [stay(many, true), stay(few, false)].sort((a, b) => ((a as { customer_id: string }).customer_id < (b as { customer_id: string }).customer_id ? -1 : 1)),
    );
    expect(await world.database.query('select version, note, published_by, approved_by from scoring.read_segment_version order by version')).toEqual([
      { version: 1, note: 'for the test', published_by: ana, approved_by: null },
      { version: 2, note: 'four orders', published_by: ana, approved_by: ben },
    ]);
  });

  it('of a large change is not agreed to by whoever asked for it, by a token, or after the draft has changed', async () => {
    for (let n = 0; n < 4; n += 1) await world.tell(`customer ${n}`, customerWith(n));
    const id = await world.inForce('All', ruleOf(about('orders', 'atLeast', 0)));
    await world.save.answer({ id, basedOn: 1, name: 'All', description: '', rule: ruleOf(about('orders', 'atLeast', 2)), by: ana });
    const publish = (by: typeof ana, revision = 2) => world.publish.answer({ id, revision, note: 'narrower', by });
    expect(await publish(ana)).toMatchObject({ kind: 'waits', reason: expect.stringContaining('20 %') });
    expect(await publish(ana)).toMatchObject({ kind: 'waits' });
    expect(await publish({ ...ben, isPerson: false })).toMatchObject({ kind: 'waits' });
    await world.save.answer({ id, basedOn: 2, name: 'All', description: '', rule: ruleOf(about('orders', 'atLeast', 3)), by: ana });
    expect(await publish(ben)).toMatchObject({ kind: 'conflict' });
    expect(await publish(ben, 3)).toMatchObject({ kind: 'waits' });
    expect(await publish(ana, 3)).toMatchObject({ kind: 'published' });
  });

  it('is refused when nothing counts, nothing changed, a rule is incomplete or segments would ask in a circle', async () => {
    const a = await world.inForce('A', ruleOf(about('orders', 'atLeast', 1)));
    const b = await world.inForce('B', ruleOf(memberOf(a)));
    const tryA = async (...of: Parameters<typeof ruleOf>): Promise<unknown> => {
      const [{ revision } = { revision: 0 }] = await world.database.query<{ revision: number }>(
        'select draft_revision as revision from scoring.segment where segment_id = $1',
        [a],
      );
      const saved = await world.save.answer({ id: a, basedOn: revision, name: 'A', description: '', rule: ruleOf(...of), by: ana });
      return world.publish.answer({ id: a, revision: saved.kind === 'saved' ? saved.revision : 0, note: 'trying', by: ana });
    };
    expect(await world.publish.answer({ id: a, revision: 1, note: 'again', by: ana })).toMatchObject({
      kind: 'refused',
      reason: 'Nothing has changed since version 1.',
    });
    expect(await tryA()).toMatchObject({ kind: 'refused', reason: expect.stringContaining('everybody') });
    expect(await tryA(about('lastIntent', 'isOneOf', []))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('nothing is chosen') });
    expect(await tryA(memberOf(b))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('this segment → "B" → this segment') });
  });

  it('stands with its entry in the audit, or neither does; so do a draft, a former version and the end of a segment', async () => {
    for (let n = 0; n < 4; n += 1) await world.tell(`customer ${n}`, customerWith(n));
    const id = idOf('audited');
    const rows = (table: string): Promise<object[]> => world.database.query(`select * from scoring.${table} where segment_id = $1`, [id]);
    const state = (): Promise<object[][]> => Promise.all(['segment', 'segment_version', 'segment_member'].map(rows));
    const draft = { id, basedOn: null, name: 'Audited', description: '', by: ana };
    const askFor = (change: Parameters<typeof askThreeTimes>[2]) => askThreeTimes(world.server, state, change);
    const once = (outcome: string): object => ({ first: 'failed, nothing changed', second: [outcome], third: [outcome] });
    expect(await askFor((note) => world.save.answer({ ...draft, rule: ruleOf(about('orders', 'atLeast', 0)) }, note))).toEqual(once('saved'));
    const publish = (revision: number, by: typeof ana) => askFor((note) => world.publish.answer({ id, revision, note: 'for the audit', by }, note));
    expect(await publish(1, ana)).toEqual(once('published'));
    await world.workOut();
    const changed = { ...draft, basedOn: 1, rule: ruleOf(about('orders', 'atLeast', 2)) };
    expect(await askFor((note) => world.save.answer(changed, note))).toEqual(once('saved'));
    expect(await publish(2, ana)).toEqual(once('waits'));
    expect(await publish(2, ben)).toEqual(once('published'));
    expect((await auditedIn(world.server)).at(-1)!.details).toMatchObject({
      before: { version: 1, size: 4 },
      after: { version: 2, size: 2 },
      askedFor: ana.id,
    });
    expect(await askFor((note) => world.restore.answer({ id, version: 1, basedOn: 2, by: ben }, note))).toEqual(once('saved'));
    for (const retired of [true, false]) expect(await askFor((note) => world.retire.answer({ id, retired, by: ana }, note))).toEqual(once('done'));
  });

  it('brings a former version back as the draft', async () => {
    await world.tell('dana', customerWith(3));
    const first = ruleOf(about('orders', 'atLeast', 3));
    const id = await world.inForce('Loyal', first);
    await world.save.answer({ id, basedOn: 1, name: 'Loyal', description: '', rule: ruleOf(about('orders', 'atLeast', 1)), by: ana });
    expect(await world.restore.answer({ id, version: 1, basedOn: 1, by: ben })).toMatchObject({ kind: 'conflict' });
    expect(await world.restore.answer({ id, version: 7, basedOn: 2, by: ben })).toEqual({ kind: 'notFound' });
    expect(await world.restore.answer({ id, version: 1, basedOn: 2, by: ben })).toEqual({ kind: 'saved', revision: 3 });
    expect(await world.database.query('select draft, draft_revision from scoring.read_segment')).toEqual([{ draft: first, draft_revision: 3 }]);
  });
});

describe('membership', () => {
  it('follows a customer’s facts in the transaction that writes them, over segments that ask for each other', async () => {
    const dana = await world.tell('dana', customerWith(1));
    const loyal = await world.inForce('Loyal', ruleOf(about('orders', 'atLeast', 3)));
    const quiet = await world.inForce('Loyal and quiet', ruleOf(memberOf(loyal), { id: 'q', kind: 'group', join: 'none', of: [contactsInDays(1, 30)] }));
    expect(await update(dana)).toEqual({ joined: 0, left: 0 });
    await tell(world.owner, dana, customerWith(3));
    expect(await update(dana)).toEqual({ joined: 2, left: 0 });
    expect([await world.membersOf(loyal), await world.membersOf(quiet)]).toEqual([[dana], [dana]]);
    await tell(world.owner, dana, customerWith(3, [Date.now() - dayMs]));
    expect(await update(dana)).toEqual({ joined: 0, left: 1 });
    await tell(world.owner, dana, customerWith(0));
    expect(await update(dana)).toEqual({ joined: 0, left: 1 });
    expect(await update(dana)).toEqual({ joined: 0, left: 0 });
  });

  it('ends for a customer who is no more, be it found at once or by the sweep', async () => {
    const [a, b] = [await world.tell('a', customerWith(3)), await world.tell('b', customerWith(3))];
    const id = await world.inForce('Loyal', ruleOf(about('orders', 'atLeast', 3)));
    await world.owner.query('delete from scoring.customer');
    expect(await update(a)).toEqual({ joined: 0, left: 1 });
    expect(await world.membersOf(id)).toEqual([b]);
    await world.workOut();
    expect(await world.membersOf(id)).toEqual([]);
  });

  it('stands still while a rule speaks of a field that this version does not know, and nothing else stops', async () => {
    const dana = await world.tell('dana', customerWith(3));
    const [old, other] = [
      await world.inForce('Old', ruleOf(about('orders', 'atLeast', 3))),
      await world.inForce('Other', ruleOf(about('orders', 'atLeast', 3))),
    ];
    await world.owner.query(`update scoring.segment_version set rule = replace(rule::text, '"orders"', '"gone"')::json where segment_id = $1`, [old]);
    await tell(world.owner, dana, customerWith(0));
    expect(await update(dana)).toEqual({ joined: 0, left: 1 });
    await world.workOut();
    expect([await world.membersOf(old), await world.membersOf(other)]).toEqual([[dana], []]);
  });

  it('ends when time passes, without any event', async () => {
    await world.tell('dana', customerWith(0, [Date.now() - 14 * dayMs + 1_500]));
    const id = await world.inForce('Lately here', ruleOf(contactsInDays(1, 14)));
    expect(await world.membersOf(id)).toHaveLength(1);
    await sleep(1_600);
    await world.workOut();
    expect(await world.membersOf(id)).toEqual([]);
  });

  it('is the same whether it was kept up customer by customer or worked out for everybody', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => idOf(`customer ${n}`));
    const first = fc.sample(factsArbitrary, { numRuns: ids.length, seed: 7 });
    for (const [n, facts] of first.entries()) await tell(world.owner, ids[n]!, facts);
    const rules = fc
      .sample(ruleArbitrary, { numRuns: 60, seed: 11 })
      .filter(({ root }) => root.of.length > 0 && !JSON.stringify(root).includes('"membership"'))
      .slice(0, 8);
    const segments: string[] = [];
    for (const [n, rule] of rules.entries()) {
      const id = idOf(`segment ${n}`);
      await world.save.answer({ id, basedOn: null, name: `Segment ${n}`, description: '', rule: JSON.parse(JSON.stringify(rule)) as unknown, by: ana });
      const reply = await world.publish.answer({ id, revision: 1, note: 'drawn', by: ana });
      if (reply.kind === 'published') segments.push(id);
    }
    expect(segments.length).toBeGreaterThan(3);
    await world.workOut();
    for (const [round, seed] of [21, 22, 23].entries()) {
      const changed = fc.sample(factsArbitrary, { numRuns: ids.length, seed }).slice(0, 4 + round);
      for (const [n, facts] of changed.entries()) await tell(world.owner, ids[n]!, facts);
      await update(...ids.slice(0, changed.length));
      const kept = await Promise.all(segments.map((id) => world.membersOf(id)));
      await world.workOut();
      expect(await Promise.all(segments.map((id) => world.membersOf(id)))).toEqual(kept);
    }
  }, 60_000);

  it('ends for all when the segment is retired, which is refused while another asks for it, and comes back with it', async () => {
    const dana = await world.tell('dana', customerWith(3));
    const a = await world.inForce('A', ruleOf(about('orders', 'atLeast', 1)));
    const b = await world.inForce('B', ruleOf(memberOf(a)));
    expect(await world.retire.answer({ id: a, retired: true, by: ana })).toMatchObject({ kind: 'refused', reason: 'It is asked for by "B".' });
    expect(await world.retire.answer({ id: b, retired: true, by: ana })).toEqual({ kind: 'done' });
    expect(await world.membersOf(b)).toEqual([]);
    expect(await world.retire.answer({ id: b, retired: false, by: ana })).toEqual({ kind: 'done' });
    await world.workOut();
    expect(await world.membersOf(b)).toEqual([dana]);
  });
});

describe('a count', () => {
  it('is exact where everybody is asked, and says of each rule how many it holds for', async () => {
    for (let n = 0; n < 5; n += 1) await world.tell(`customer ${n}`, customerWith(n));
    const [some, nobody] = [about('orders', 'atLeast', 2), about('orders', 'atLeast', 100)];
    await world.sample.draw();
    for (const exact of [true, false])
      expect(await world.preview.answer({ id: null, rule: ruleOf(some, nobody), exact })).toMatchObject({
        kind: 'counted',
        size: 0,
        low: 0,
        high: 0,
        sample: 5,
        of: 5,
        leaves: [
          { id: some.id, held: 3 },
          { id: nobody.id, held: 0 },
        ],
      });
  });

  it('of a sample has an interval', async () => {
    for (let n = 0; n < 20; n += 1) await world.tell(`customer ${n}`, customerWith(n));
    await world.sample.draw();
    await world.owner.query(
      'delete from scoring.customer_sample where customer_id not in (select customer_id from scoring.customer_sample order by customer_id limit 10)',
    );
    await world.owner.query('update scoring.sample_draw set sample = 10, drawn_at = now()');
    const counted = await world.preview.answer({ id: null, rule: ruleOf(about('orders', 'atLeast', 10)), exact: false });
    expect(counted).toMatchObject({ kind: 'counted', sample: 10, of: 20 });
    if (counted.kind !== 'counted') return;
    expect(counted.low).toBeLessThanOrEqual(10);
    expect(counted.high).toBeGreaterThanOrEqual(10);
    expect(counted.high).toBeGreaterThan(counted.low);
  });

  it('is not begun while four run', async () => {
    const ask = () => world.preview.answer({ id: null, rule: ruleOf(about('orders', 'isKnown')), exact: true });
    const kinds = (await Promise.all([ask(), ask(), ask(), ask(), ask()])).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'busy')).toHaveLength(1);
    expect((await ask()).kind).toBe('counted');
  });
});
