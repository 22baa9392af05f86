import { Problem } from '@throughline/service';
import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';

const atOnce = 2;

/**
 * Files for people to take along. Each is made whole, as fast as it can be made, before its first byte is sent: how fast its reader is holds up no transaction and no
 * connection. It has no name from the beginning, so nothing of it stays behind.
 */
export class FileExports {
  private readonly making = new Map<string, number>();

  /** @param fill writes the file. Throws a 429 where this user has two in the making. */
  async make(userId: string, fill: (write: (text: string) => Promise<void>) => Promise<void>): Promise<Readable> {
    const others = this.making.get(userId) ?? 0;
    if (others >= atOnce) throw new Problem(429, 'Two files are being made for you already', 'Ask again when one of them has come.', { retryAfterSeconds: 5 });
    this.making.set(userId, others + 1);
    try {
      return await spooled(fill);
    } finally {
      const left = this.making.get(userId)! - 1;
      if (left === 0) this.making.delete(userId);
      else this.making.set(userId, left);
    }
  }
}

async function spooled(fill: (write: (text: string) => Promise<void>) => Promise<void>): Promise<Readable> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'throughline-'));
  const file = await open(path.join(folder, 'export'), 'wx+', 0o600).finally(() => rm(folder, { recursive: true }));
  try {
    await fill((text) => file.appendFile(text));
    return file.createReadStream({ start: 0 });
  } catch (error) {
    await file.close();
    throw error;
  }
}
