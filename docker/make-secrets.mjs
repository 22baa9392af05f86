// Writes docker/.env (mode 0600) with a secret of its own for every part, once: what is there is never overwritten. The keys and tokens themselves are said on the terminal and kept nowhere; the services get hashes.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const secret = () => randomBytes(24).toString('base64url');
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** The lines of the file, and what a person must keep. */
export function makeSecrets() {
  const [writeKey, surveyKey, readToken, adminToken, firstAdminToken] = ['wk', 'wk', 'rt', 'at', 'fa'].map((kind) => `${kind}_${secret()}`);
  const names = [
    'POSTGRES_PASSWORD',
    'NATS_PASSWORD',
    'TL_INGESTION_PASSWORD',
    'TL_IDENTITY_PASSWORD',
    'TL_SESSIONIZATION_PASSWORD',
    'TL_SCORING_PASSWORD',
    'TL_RULES_PASSWORD',
    'TL_FEEDBACK_PASSWORD',
    'TL_ADMIN_API_PASSWORD',
  ];
  const withKey = (name, key) => ({ name, writeKeys: [{ prefix: key.slice(0, 8), sha256: sha256(key) }] });
  const sources = [withKey('default', writeKey), withKey('throughline-survey', surveyKey)];
  const lines = [
    ...names.map((name) => `${name}=${secret()}`),
    `SURVEY_WRITE_KEY=${surveyKey}`,
    `READ_TOKEN_HASH=${sha256(readToken)}`,
    `ADMIN_TOKEN_HASH=${sha256(adminToken)}`,
    `FIRST_ADMIN_TOKEN_HASH=${sha256(firstAdminToken)}`,
    `BOOTSTRAP_SOURCES='${JSON.stringify(sources)}'`,
  ];
  return { text: `${lines.join('\n')}\n`, writeKey, readToken, adminToken, firstAdminToken };
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const file = path.join(path.dirname(fileURLToPath(import.meta.url)), '.env');
  if (existsSync(file)) {
    console.error('docker/.env is there already. Remove it only together with the volumes: the passwords in them are these.');
    process.exit(1);
  }
  const { text, writeKey, readToken, adminToken, firstAdminToken } = makeSecrets();
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  console.log(
    `docker/.env is written. Keep these, they are said once:\n  write key    ${writeKey}\n  read token   ${readToken}\n  admin token  ${adminToken}\n  first admin  http://127.0.0.1:24313/sign-in#first-admin=${firstAdminToken}`,
  );
}
