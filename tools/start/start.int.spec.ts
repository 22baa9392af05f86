import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { firstAdminLink, makePeople } from './people.mjs';
import { end, processesNaming, sleep } from './processes.mjs';

const run = promisify(execFile);
const root = path.join(__dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-start-'));
// The servers it brings, whatever this machine has set.
const { DATABASE_URL: _database, NATS_URL: _nats, ...inherited } = process.env;
const environment = { ...inherited, THROUGHLINE_STATE: folder, NODE_OPTIONS: '' };
const runFile = path.join(folder, 'run.json');

interface Facts {
  readonly api: string;
  readonly writeKey: string;
  readonly readToken: string;
  readonly admin: string;
  readonly firstAdmin?: string;
  readonly pids: Record<string, number>;
}
const facts = () => JSON.parse(readFileSync(runFile, 'utf8')) as Facts;

async function until(holds: () => boolean | Promise<boolean>, what: string, patienceMs = 90_000): Promise<void> {
  for (const deadline = Date.now() + patienceMs; !(await holds()); await sleep(100)) if (Date.now() > deadline) throw new Error(`never came: ${what}`);
}

let said = '';
function startStack(): ChildProcess {
  const child = spawn(process.execPath, ['tools/start/start.mjs', '--empty'], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return child;
}
async function started(): Promise<ChildProcess> {
  said = '';
  const child = startStack();
  await until(() => existsSync(runFile) || child.exitCode !== null, 'run.json');
  if (child.exitCode !== null) throw new Error(said);
  return child;
}
const throughline = (...args: string[]) => run(process.execPath, ['tools/cli/throughline.mjs', ...args], { cwd: root, env: environment });
const get = (of: string, token?: string) => fetch(new URL(of, facts().api), { headers: token ? { authorization: `Bearer ${token}` } : {} });

let supervisor: ChildProcess;
jest.setTimeout(180_000);
beforeAll(async () => {
  supervisor = await started();
});
afterAll(async () => {
  for (const pid of processesNaming(folder)) await end(pid, 5_000);
  if (supervisor.exitCode === null) supervisor.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('the embedded stack', () => {
  it('says in a file for its owner alone where it is, and on the terminal what to try', () => {
    expect(statSync(runFile).mode & 0o777).toBe(0o600);
    expect(Object.keys(facts().pids).sort()).toEqual([
      'admin-api',
      'feedback',
      'identity',
      'ingestion',
      'nats',
      'postgres',
      'scoring',
      'sessionization',
      'supervisor',
    ]);
    for (const words of [facts().api, facts().writeKey, 'npx throughline customer', 'npx throughline verify', 'npx throughline status'])
      expect(said).toContain(words);
  });

  it('turns a first event into a tree on the terminal', async () => {
    const answer = await fetch(new URL('/v1/events', facts().api), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${facts().writeKey}` },
      body: JSON.stringify({
        sourceEventId: 'k1',
        occurredAt: '2026-03-04T09:12:00Z',
        system: 'ivr',
        type: 'entered',
        channel: 'voice',
        identifiers: [{ kind: 'phone', value: '+1 202 555 0100' }],
      }),
    });
    expect(await answer.json()).toMatchObject({ accepted: 1 });
    let tree = '';
    await until(async () => {
      tree = await throughline('customer', '+1 202 555 0100').then(
        ({ stdout }) => stdout,
        () => '',
      );
      return tree.includes('● ');
    }, 'the tree');
    for (const shape of ['━', '⟿', '▭', '▬', '●']) expect(tree).toContain(`${shape} `);
    expect(tree).toContain('theirs by identifier phone::+12025550100 100 %');
    expect((await throughline('verify')).stdout).toMatch(/equal/);
    expect((await throughline('doctor')).stdout).toContain('All is well.');
  });

  it('lets a write key read nothing, and nobody read without the token', async () => {
    expect((await get('/v1/status')).status).toBe(401);
    expect([401, 403]).toContain((await get('/v1/status', facts().writeKey)).status);
    expect((await get('/v1/status', facts().readToken)).status).toBe(200);
    expect((await get('/v1/segments', facts().readToken)).status).toBe(200);
  });

  it('has an app whose first admin is made by a link that is said once, and whose people the demo makes through the API', async () => {
    expect(facts().firstAdmin).toMatch(new RegExp(`^${facts().admin}/sign-in#first-admin=fa_[\\w-]{32}$`));
    expect(said).toContain(facts().firstAdmin);
    const secrets = JSON.parse(readFileSync(path.join(folder, 'secrets.json'), 'utf8')) as Parameters<typeof makePeople>[0]['secrets'];
    const logins = (await makePeople({ root, app: facts().admin, secrets }))!;
    expect(logins.map(({ role }) => role).sort()).toEqual(['admin', 'agent', 'analyst', 'developer', 'manager', 'qa', 'steward', 'supervisor']);
    expect(await makePeople({ root, app: facts().admin, secrets })).toEqual(logins);
    for (const { role, email, password } of logins) {
      const answer = await fetch(new URL('/v1/session', facts().admin), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      });
      expect(await answer.json()).toMatchObject({ user: { email, roles: [role] } });
    }
    expect(await firstAdminLink({ app: facts().admin, secrets })).toBeNull();
  });

  it('runs once in a folder', async () => {
    await expect(run(process.execPath, ['tools/start/start.mjs', '--empty'], { cwd: root, env: environment })).rejects.toMatchObject({
      stderr: expect.stringContaining(`runs here already (process ${supervisor.pid})`),
    });
  });

  it.each(['sessionization', 'nats', 'postgres'])('brings %s back when it is killed', async (part) => {
    const before = facts().pids[part] ?? 0;
    process.kill(before, 'SIGKILL');
    await until(() => facts().pids[part] !== before, `${part} again`);
    await until(async () => (await get('/v1/status', facts().readToken).catch(() => undefined))?.status === 200, 'a status again');
  });

  it('leaves nothing that the next start cannot repair when the supervisor itself is killed', async () => {
    const orphans = { ...facts().pids };
    supervisor.kill('SIGKILL');
    await until(() => supervisor.signalCode !== null, 'the end of the supervisor');
    supervisor = startStack();
    await until(() => existsSync(runFile) && facts().pids.supervisor === supervisor.pid, 'a new run.json');
    expect(Object.values(facts().pids).filter((pid) => Object.values(orphans).includes(pid))).toEqual([]);
    expect((await throughline('customer', '+1 202 555 0100')).stdout).toContain('● ');
  });

  it('stops all of it on Ctrl-C and takes its file away', async () => {
    supervisor.kill('SIGINT');
    await until(() => supervisor.exitCode !== null, 'the end', 60_000);
    expect(supervisor.exitCode).toBe(0);
    expect(existsSync(runFile)).toBe(false);
    expect(processesNaming(folder)).toEqual([]);
  });
});
