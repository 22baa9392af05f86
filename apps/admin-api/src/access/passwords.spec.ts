import * as argon2 from 'argon2';
import { Passwords } from './passwords';

jest.mock('argon2', () => {
  const real = jest.requireActual<typeof import('argon2')>('argon2');
  return { ...real, hash: jest.fn(real.hash), verify: jest.fn(real.verify) };
});

const passwords = new Passwords({ PASSWORD_MEMORY_KIB: 64 });

describe('a password', () => {
  it('is kept as argon2id with a salt of its own', async () => {
    const [one, two] = await Promise.all([passwords.hash('correct horse battery'), passwords.hash('correct horse battery')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=64,p=1,t=2\$/);
    expect(one).not.toBe(two);
    expect(await passwords.matches(one, 'correct horse battery')).toBe(true);
    expect(await passwords.matches(one, 'correct horse batterx')).toBe(false);
  });

  it('is the same however the keyboard composes its letters', async () => {
    expect(await passwords.matches(await passwords.hash('cafe\u0301 au lait, s’il vous plaît'), 'caf\u00e9 au lait, s’il vous plaît')).toBe(true);
  });

  it('of nobody is compared all the same: an unknown user costs what a known one does', async () => {
    const known = await passwords.hash('correct horse battery');
    await passwords.matches(null, 'first call makes the dummy');
    const costOf = async (stored: string | null): Promise<unknown[]> => {
      jest.mocked(argon2.verify).mockClear();
      jest.mocked(argon2.hash).mockClear();
      expect(await passwords.matches(stored, 'some password')).toBe(false);
      const [against] = jest.mocked(argon2.verify).mock.calls[0]!;
      return [jest.mocked(argon2.verify).mock.calls.length, jest.mocked(argon2.hash).mock.calls.length, String(against).split('$').slice(0, 4)];
    };
    expect(await costOf(null)).toEqual(await costOf(known));
  });
});
