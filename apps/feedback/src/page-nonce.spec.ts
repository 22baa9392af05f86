import { makeNonce, readNonce } from './page-nonce';

const key = Buffer.alloc(32, 7);
const at = Date.UTC(2026, 2, 3, 11);

it('proves what the page showed, for a day', () => {
  const nonce = makeNonce(key, { at, revision: -1 });
  expect(readNonce(key, nonce, at + 1)).toEqual({ at, revision: -1 });
  expect(readNonce(key, nonce, at + 24 * 3_600_000)).not.toBeNull();
  expect(readNonce(key, nonce, at + 24 * 3_600_000 + 1)).toBeNull();
});

it('is not made by anybody else, for another invitation, or by changing one', () => {
  const nonce = makeNonce(key, { at, revision: 0 });
  expect(readNonce(Buffer.alloc(32, 8), nonce, at)).toBeNull();
  expect(readNonce(key, nonce.replace('.0.', '.1.'), at)).toBeNull();
  for (const wrong of [undefined, '', 'x', '1.0.', ['a'], `${at}.0.${'A'.repeat(43)}`]) expect(readNonce(key, wrong, at)).toBeNull();
});
