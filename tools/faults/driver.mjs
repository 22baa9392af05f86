// The client of the fault harness. Every request and answer goes into an append-only ledger that is on the disk before the next step; what got no answer may or may not be stored, and is sent again with the same ids until it is answered.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { sleep } from '../start/processes.mjs';

export class Ledger {
  /** sourceEventId → status of the last answer that accepted it. */
  answered = new Map();
  sent = new Set();
  malformed = new Set();
  statuses = {};
  unanswered = 0;

  constructor(file) {
    this.file = openSync(file, 'a');
  }

  write(entry) {
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
    fsyncSync(this.file);
  }

  close() {
    closeSync(this.file);
  }
}

/** Sends all batches, `lanes` at once, until each is answered with 2xx, or `giveUpMs` have passed. `onRefusal(status)` sees each answer that is not 2xx. */
export async function deliver({ api, writeKey, batches, ledger, lanes = 2, giveUpMs = 180_000, pauseMs = 0, onAnswer = () => {} }) {
  const queue = batches.map((items, index) => ({ items, index }));
  const deadline = Date.now() + giveUpMs;
  let next = 0;
  const lane = async () => {
    while (next < queue.length) {
      const { items, index } = queue[next++];
      const body = JSON.stringify(items.map(({ body }) => body));
      for (const { body, malformed } of items) {
        ledger.sent.add(body.sourceEventId);
        if (malformed) ledger.malformed.add(body.sourceEventId);
      }
      for (let attempt = 1; ; attempt += 1) {
        if (Date.now() > deadline) throw new Error(`batch ${index} got no 2xx within ${giveUpMs / 1000} s`);
        const answer = await post(`${api()}/v1/events`, writeKey, body);
        ledger.statuses[answer.status] = (ledger.statuses[answer.status] ?? 0) + 1;
        ledger.write({ at: Date.now(), batch: index, attempt, status: answer.status });
        onAnswer(answer);
        if (answer.status >= 200 && answer.status < 300) {
          record(ledger, items, answer.body);
          break;
        }
        if (answer.status === 0) ledger.unanswered += 1;
        else if (answer.status < 500 && answer.status !== 429) throw new Error(`batch ${index}: ${answer.status} ${answer.text.slice(0, 300)}`);
        await sleep(Math.min(1_000, 50 * 2 ** attempt));
      }
      if (pauseMs) await sleep(pauseMs);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function record(ledger, items, answer) {
  items.forEach(({ body }, position) => {
    const item = answer.items.find(({ index }) => index === position);
    if (!item) throw new Error(`the answer says nothing of item ${position}`);
    const before = ledger.answered.get(body.sourceEventId);
    if (!before || before.status === 'duplicate') ledger.answered.set(body.sourceEventId, item);
  });
}

/** One request; status 0 when there was no answer. */
export async function post(url, key, body, timeoutMs = 15_000) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : undefined, retryAfter: response.headers.get('retry-after') };
  } catch (error) {
    return { status: 0, text: String(error?.cause?.code ?? error) };
  }
}
