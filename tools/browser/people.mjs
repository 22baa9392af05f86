// One user of each role on a running installation, made as anybody would: the first admin by the one-time token, the others by invitation.
import { randomBytes } from 'node:crypto';

export const roles = ['analyst', 'qa', 'supervisor', 'manager', 'agent', 'developer', 'steward', 'admin'];

async function call(address, method, route, { body, session } = {}) {
  const response = await fetch(`${address}${route}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(session && { cookie: session.cookie, 'x-throughline-csrf': session.csrf }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
  return {
    answer: response.status === 204 ? undefined : await response.json(),
    cookie: response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
  };
}

/** `{ [role]: { email, password, name } }`. `token`: of the first admin; `agentId`: who the agent is; `agents`: whom the supervisor and the reviewer have in their team. */
export async function makePeople(address, { token, agentId = null, agents = [] }) {
  const people = Object.fromEntries(
    roles.map((role) => [
      role,
      { email: `${role}@example.com`, password: randomBytes(12).toString('base64url'), name: `${role[0].toUpperCase()}${role.slice(1)} Example` },
    ]),
  );
  const { answer, cookie } = await call(address, 'POST', '/v1/first-admin', { body: { token, ...people.admin } });
  const session = { cookie, csrf: answer.csrf };
  const teamId = crypto.randomUUID();
  await call(address, 'PUT', '/v1/teams', { session, body: { teams: [{ id: teamId, name: 'Technical' }] } });
  if (agents.length > 0) await call(address, 'PUT', '/v1/agents', { session, body: { agents: agents.map((id) => ({ id, name: id, teamId })) } });
  for (const role of roles.filter((role) => role !== 'admin')) {
    const { email, password, name } = people[role];
    const teams = ['supervisor', 'qa'].includes(role) ? [teamId] : [];
    const { answer: invited } = await call(address, 'POST', '/v1/invitations', {
      session,
      body: { email, name, roles: [role], teams, agentId: role === 'agent' ? agentId : null },
    });
    await call(address, 'POST', '/v1/invitations/accept', { body: { token: invited.token, name, password } });
  }
  return people;
}
