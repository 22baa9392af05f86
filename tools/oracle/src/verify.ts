import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { verify, verifyText } from './verify/verify';

export { verify, verifyText, type Difference, type VerifyOptions, type VerifyResult } from './verify/verify';

async function main(): Promise<void> {
  const databaseUrl = process.env['DATABASE_URL'] ?? process.argv.slice(2).find((argument) => argument.startsWith('postgres'));
  if (!databaseUrl) throw new Error('Name the database: DATABASE_URL, or as the first argument.');
  const result = await verify({ databaseUrl, progress: (text) => process.stderr.write(`${text}\n`) });
  process.stdout.write(`${process.argv.includes('--json') ? JSON.stringify(result) : verifyText(result)}\n`);
  process.exitCode = result.equal ? 0 : 1;
}

if (process.argv[1] && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) await main();
