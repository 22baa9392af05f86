import type { Command } from 'commander';
import { verify, verifyText, type VerifyResult } from '@throughline/oracle';
import type { Context } from '../context';
import { UsageError } from '../usage-error';
import { count } from '../words';

const settleMs = 60_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A world that is still being built differs without anything being wrong: it is looked at again until nothing waits. */
async function verifySettled(databaseUrl: string, atMost: number, say: (words: string) => void): Promise<VerifyResult> {
  for (const deadline = Date.now() + settleMs; ; await sleep(1_000)) {
    const result = await verify({ databaseUrl, atMost, progress: say });
    if (result.waiting.events + result.waiting.customers === 0 || Date.now() > deadline) return result;
    say(`${count(result.waiting.events, 'event')} and ${count(result.waiting.customers, 'customer')} are still on their way: looking again`);
  }
}

export function verifyCommand(program: Command, context: Context): void {
  program
    .command('verify')
    .description('recompute the world from the stored events with an independent oracle: equal, or exactly what differs')
    .option('--at-most <n>', 'describe at most so many differences', '20')
    .option('--json')
    .action(async ({ atMost, json }: { atMost: string; json?: boolean }) => {
      const { databaseUrl } = context.stack;
      if (!databaseUrl)
        throw new UsageError('verify reads the stored events themselves: set THROUGHLINE_DATABASE_URL to the address of a role that may read them.');
      const result = await verifySettled(databaseUrl, Number(atMost), (words) => {
        if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${words}`);
      });
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
      if (json) context.sayJson(result);
      else context.say(verifyText(result));
      if (!result.equal) process.exitCode = 1;
    });
}
