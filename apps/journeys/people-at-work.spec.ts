import { letThemWork, startAppRig, type AppRig } from '../../tools/browser/app-rig.mjs';
import { root } from './stack-under-test';

const tables = ['feedback.coaching_step', 'feedback.case_step', 'feedback.finding', 'feedback.review_rating', 'scoring.segment_version'];
const countAll = `select ${tables.map((table) => `(select count(*)::int from ${table}) as "${table}"`).join(', ')},
  (select count(*)::int from feedback.invitation where state = 'answered') as answered`;

describe('what the people of the demo do with their logins', () => {
  let app: AppRig;
  // Nobody is coached in a town as small as this.
  const work = () => letThemWork(root, { ...app, planted: { loop: { coaching: null } } });

  beforeAll(async () => {
    app = await startAppRig(root, { size: 'XS' });
  }, 300_000);
  afterAll(async () => {
    await app?.rig.destroy();
  });

  it('is permitted to them, and is done once however often it is asked for', async () => {
    const first = await work();
    expect(first).toMatchObject({ segments: 3, answers: expect.any(Number), cases: expect.any(Number) });
    expect(first['answers']).toBeGreaterThan(0);
    const counted = () => app.rig.query(countAll);
    const before = await counted();
    expect(await work()).toMatchObject({ segments: 3, plans: first['plans'], answers: 0, cases: first['cases'], reviews: first['reviews'] });
    expect(await counted()).toEqual(before);
  }, 120_000);
});
