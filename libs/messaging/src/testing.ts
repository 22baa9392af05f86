import { stopAfterThisProcess } from '@throughline/database/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { start, type NatsServer } from '../../../tools/start/nats.mjs';
import { freePort } from '../../../tools/start/postgres.mjs';

export interface TestNats {
  readonly url: string;
  /** Starts it again on the same port after `kill` or `stop`; `wiped` removes its store first. */
  restart(options?: { wiped?: boolean }): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/** A real nats-server of one's own, on a free port and in a temporary folder. */
export async function testNats(): Promise<TestNats> {
  const dir = mkdtempSync(path.join(tmpdir(), 'throughline-test-nats-'));
  const port = await freePort();
  const run = async (): Promise<NatsServer> => {
    const server = await start({ dir, port, syncAlways: false });
    stopAfterThisProcess(server.pid, dir);
    return server;
  };
  let server = await run();
  return {
    url: server.url,
    restart: async ({ wiped = false } = {}) => {
      await server.stop();
      if (wiped) rmSync(path.join(dir, 'store'), { recursive: true, force: true });
      server = await run();
    },
    kill: async () => {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    stop: async () => {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
