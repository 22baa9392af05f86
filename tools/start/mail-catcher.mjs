// A mail server that delivers nothing: what the embedded stack sends is kept as files, for looking at.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const kept = 500;
const limitBytes = 1_000_000;

/**
 * Catches mail on loopback and writes each message to `folder`, the newest five hundred, readable by the owner alone. Undefined where the package for it is not installed
 * (it is no part of production).
 * @param {{ folder: string, port: number }} options
 */
export async function startMailCatcher({ folder, port }) {
  let SMTPServer;
  try {
    ({ SMTPServer } = await import('smtp-server'));
  } catch {
    return undefined;
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: limitBytes,
    onData(stream, _session, done) {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.once('error', done);
      stream.once('end', () => {
        if (stream.sizeExceeded) return done(Object.assign(new Error('The message is too large'), { responseCode: 552 }));
        const name = `${new Date().toISOString().replaceAll(':', '-')}-${String((count += 1)).padStart(4, '0')}.eml`;
        writeFileSync(path.join(folder, name), Buffer.concat(chunks), { mode: 0o600 });
        for (const old of readdirSync(folder).sort().slice(0, -kept)) rmSync(path.join(folder, old), { force: true });
        done();
      });
    },
  });
  server.on('error', () => {}); // of single connections; that of listening is caught below
  await new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  return { url: `smtp://127.0.0.1:${server.server.address().port}`, stop: () => new Promise((resolve) => server.close(() => resolve(undefined))) };
}
