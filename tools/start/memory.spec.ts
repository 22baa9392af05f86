import { spawn } from 'node:child_process';
import { memoryOf, memoryOfParts } from './memory.mjs';

it('a part is counted with its children, and a process that has gone is nothing', async () => {
  const child = spawn(process.execPath, ['-e', 'const held = Buffer.alloc(200e6, 1); console.log(held.length); setInterval(() => {}, 1000)'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const own = memoryOf(child.pid!);
  expect(own).toBeGreaterThan(200e6);
  const together = memoryOfParts({ test: process.pid });
  const apart = memoryOfParts({ test: process.pid, child: child.pid! });
  expect(together.test).toBeGreaterThan(200e6);
  expect(apart.child).toBeGreaterThan(200e6);
  expect((together.test ?? 0) - (apart.test ?? 0)).toBeGreaterThan(150e6);
  await new Promise((resolve) => child.once('exit', resolve).kill('SIGKILL'));
  expect(memoryOf(child.pid!)).toBe(0);
});
