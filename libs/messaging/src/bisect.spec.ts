import { bisect } from './index';

const items = Array.from({ length: 1_000 }, (_, n) => n);

it('saves everything but the poison, and tells which it is', async () => {
  const saved: number[] = [];
  let saves = 0;
  const poison = await bisect(items, async (some) => {
    await Promise.resolve();
    saves += 1;
    if (some.some((item) => item === 3 || item === 700)) throw new Error('cannot be stored');
    saved.push(...some);
  });
  expect(poison.map(({ item }) => item)).toEqual([3, 700]);
  expect(saved.sort((a, b) => a - b)).toEqual(items.filter((item) => item !== 3 && item !== 700));
  expect(saves).toBeLessThan(50);
});

it('throws on what says nothing about an item, and calls nothing poison', async () => {
  const away = Object.assign(new Error('the database system is shutting down'), { code: '57P03' });
  await expect(
    bisect(items, async (some) => {
      await Promise.resolve();
      if (some.length < 300) throw away;
      throw new Error('cannot be stored');
    }),
  ).rejects.toBe(away);
});
