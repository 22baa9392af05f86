import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { end, isAlive, keepRunning, launch, processesNaming, sleep } from './processes.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-processes-'));
const logFile = path.join(folder, 'program.log');
const program = (script: string) => ({ command: process.execPath, args: ['-e', script, folder], env: process.env, cwd: folder, logFile });

async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !holds(); await sleep(20)) if (Date.now() > deadline) throw new Error('waited in vain');
}

afterAll(async () => {
  for (const pid of processesNaming(folder)) await end(pid, 100);
  rmSync(folder, { recursive: true, force: true });
});

describe('a program under the supervisor', () => {
  it('starts again by itself after it was killed, and not after it was stopped', async () => {
    const ends: { waitMs: number }[] = [];
    const keeper = keepRunning(program('console.log("here"); setInterval(() => {}, 1000)'), { onEnd: (how: { waitMs: number }) => ends.push(how) });
    const first = keeper.pid();
    await until(() => readFileSync(logFile, 'utf8').includes('here'));
    process.kill(first, 'SIGKILL');
    await until(() => keeper.pid() !== first && isAlive(keeper.pid()));
    expect(ends).toEqual([{ how: 'ended by SIGKILL', failures: 1, waitMs: 500 }]);
    await keeper.stop();
    expect(isAlive(keeper.pid())).toBe(false);
    await sleep(700);
    expect(processesNaming(folder)).toEqual([]);
  });

  it('waits longer each time it fails at once', async () => {
    const waits: number[] = [];
    const keeper = keepRunning(program('process.exit(3)'), { onEnd: ({ waitMs }: { waitMs: number }) => waits.push(waitMs) });
    await until(() => waits.length === 3);
    await keeper.stop();
    expect(waits).toEqual([500, 1000, 2000]);
  });

  it('is killed when it does not end in time', async () => {
    const child = launch(program('process.on("SIGTERM", () => {}); console.log("deaf"); setInterval(() => {}, 1000)'));
    await until(() => readFileSync(logFile, 'utf8').includes('deaf'));
    expect(await end(child.pid!, 300)).toBe(true);
    expect(isAlive(child.pid!)).toBe(false);
  });

  it('has a process group of its own, so that Ctrl-C reaches the supervisor alone', async () => {
    const child = launch(program('setInterval(() => {}, 1000)'));
    expect(processGroupOf(child.pid!)).toBe(child.pid);
    await end(child.pid!, 1_000);
  });
});

function processGroupOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}
