// The people of the simulated contact centre in the admin app: its teams and agents, and one user for each role. All of it goes through the HTTP API, as an admin would do it by hand.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const agentsAtOnce = 200;

/** One user for each role; the agent's name is the one that the directory has. `team` picks, from the names of the teams, those that the user leads or is assigned to. */
const people = [
  { role: 'admin', name: 'Ada Admin' },
  { role: 'manager', name: 'Mara Manager' },
  { role: 'supervisor', name: 'Sol Supervisor', team: /^(Technical|Billing) Raleigh$/ },
  { role: 'agent', name: 'Cyril Pereira', agentId: 'ag-technical-07' },
  { role: 'qa', name: 'Quinn Reviewer', team: /^(Technical|Billing|Chat)/ },
  { role: 'analyst', name: 'Ana Analyst' },
  { role: 'developer', name: 'Dev Developer' },
  { role: 'steward', name: 'Stella Steward' },
];

export const demoRoles = people.map(({ role }) => role);

/**
 * What a person needs to sign in as each role.
 * @param {{ logins: Record<string, string> }} secrets
 * @returns {{ role: string, name: string, email: string, password: string }[]}
 */
export const loginsOf = (secrets) => people.map(({ role, name }) => ({ role, name, email: `${role}@example.com`, password: secrets.logins[role] }));

/** A browser without a screen: keeps the cookie and the token of one session. */
function visitorOf(app) {
  let cookie = '';
  let csrf = '';
  return {
    async ask(method, route, body) {
      const response = await fetch(new URL(route, app), {
        method,
        headers: {
          ...(cookie && { cookie, 'x-throughline-csrf': csrf }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const answer = text === '' ? null : JSON.parse(text);
      const given = response.headers.get('set-cookie');
      if (given && answer?.csrf) [cookie, csrf] = [given.split(';')[0], answer.csrf];
      return { status: response.status, body: answer };
    },
    async must(method, route, body) {
      const { status, body: answer } = await this.ask(method, route, body);
      if (status >= 400)
        throw new Error(`The people of the demo could not be made: ${method} ${route} answered ${status} (${answer?.detail ?? answer?.title ?? ''})`);
      return answer;
    },
  };
}

/**
 * Makes whoever is missing; what is there is left as it is, however it was changed since. Resolves with the logins, or with null where the installation has an admin of
 * its own, who alone may make users.
 * @param {{ root: string, app: string, secrets: { firstAdminToken: string, logins: Record<string, string> } }} options
 */
export async function makePeople({ root, app, secrets }) {
  const admin = visitorOf(app);
  const logins = loginsOf(secrets);
  const [first] = logins;
  const { wanted } = await admin.must('GET', '/v1/first-admin');
  if (wanted) await admin.must('POST', '/v1/first-admin', { token: secrets.firstAdminToken, email: first.email, name: first.name, password: first.password });
  else if ((await admin.ask('POST', '/v1/session', { email: first.email, password: first.password })).status !== 200) return null;

  let { teams } = await admin.must('GET', '/v1/teams');
  if (teams.length === 0) {
    const { stdout } = await run(process.execPath, [path.join(root, 'dist/tools/demo.mjs'), 'directory'], { maxBuffer: 16 * 1024 * 1024 });
    const directory = JSON.parse(stdout);
    ({ teams } = await admin.must('PUT', '/v1/teams', { teams: directory.teams }));
    for (let from = 0; from < directory.agents.length; from += agentsAtOnce)
      await admin.must('PUT', '/v1/agents', { agents: directory.agents.slice(from, from + agentsAtOnce) });
  }

  const { users } = await admin.must('GET', '/v1/users');
  for (const [index, { role, name, team, agentId }] of people.entries()) {
    const { email, password } = logins[index];
    if (users.some((user) => user.email === email)) continue;
    const led = teams.filter((one) => team?.test(one.name)).map(({ id }) => id);
    const { token } = await admin.must('POST', '/v1/invitations', { email, name, roles: [role], teams: led, agentId: agentId ?? null });
    const joining = visitorOf(app);
    await joining.must('POST', '/v1/invitations/accept', { token, password });
    await joining.must('DELETE', '/v1/session');
  }
  await admin.must('DELETE', '/v1/session');
  return logins;
}

/**
 * Where the first admin of an empty installation is made, or null when there is one.
 * @param {{ app: string, secrets: { firstAdminToken: string } }} options
 */
export async function firstAdminLink({ app, secrets }) {
  const { wanted } = await visitorOf(app).must('GET', '/v1/first-admin');
  return wanted ? `${app}/sign-in#first-admin=${secrets.firstAdminToken}` : null;
}
