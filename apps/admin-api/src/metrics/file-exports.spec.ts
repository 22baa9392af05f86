import { text } from 'node:stream/consumers';
import { FileExports } from './file-exports';

/** A promise and the way to keep it. */
function gate(): { open: () => void; passed: Promise<void> } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
}

describe('files for people to take along', () => {
  it('hold all that was written, in its order, whenever it is read', async () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `${n};ü\r\n`);
    const file = await new FileExports().make('ana', async (write) => {
      for (const line of lines) await write(line);
    });
    expect(await text(file)).toBe(lines.join(''));
  });

  it('are made two at a time for one user, and for others meanwhile', async () => {
    const files = new FileExports();
    const { open, passed } = gate();
    const slow = [1, 2].map(() => files.make('ana', () => passed));
    await expect(files.make('ana', () => passed)).rejects.toMatchObject({ status: 429, more: { retryAfterSeconds: 5 } });
    expect(await text(await files.make('bob', (write) => write('b')))).toBe('b');
    open();
    for (const file of await Promise.all(slow)) expect(await text(file)).toBe('');
    expect(await text(await files.make('ana', (write) => write('a')))).toBe('a');
  });

  it('fail where they cannot be filled, and then make room for the next', async () => {
    const files = new FileExports();
    for (let turn = 0; turn < 3; turn += 1) await expect(files.make('ana', () => Promise.reject(new Error('the database is away')))).rejects.toThrow('away');
    expect(await text(await files.make('ana', (write) => write('a')))).toBe('a');
  });
});
