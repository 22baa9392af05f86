// A whole installation for tests and pictures of the admin app: a rig with the smallest demo, built to rest, and one user of each role.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { demoRoles, makePeople } from '../start/people.mjs';
import { Rig } from '../start/rig.mjs';
import { roleOf, services } from '../start/services.mjs';
import { secretsOf } from '../start/state-folder.mjs';

export const dana = { phone: '+12025550142', email: 'dana@example.com' };

async function untilAtRest(rig, patienceMs = 120_000) {
  for (const deadline = Date.now() + patienceMs; ; await new Promise((resolve) => setTimeout(resolve, 150))) {
    const [{ n }] = await rig.query(`
      select ((select count(*) from ingestion.read_event e where not exists (select from identity.read_customer_event o where o.event_id = e.event_id and o.revision >= e.revision))
        + (select count(*) from identity.read_customer_revision r left join sessionization.read_journey_head h using (customer_id) where h.built_revision is distinct from r.revision))::int as n`);
    if (n === 0) return;
    if (Date.now() > deadline) throw new Error(`not at rest: ${n} events or customers wait`);
  }
}

/** Fills an empty rig with the demo of a size (none: null) and waits until all of it stands in the hierarchy; makes one user of each role and resolves with them, by role. */
export async function furnish(rig, root, size) {
  if (size) {
    const load = ['load', '--api', rig.api, '--write-key', rig.secrets.writeKey, '--source-name', 'default', '--size', size];
    await promisify(execFile)(process.execPath, [path.join(root, 'dist/tools/demo.mjs'), ...load], { cwd: root });
    await untilAtRest(rig);
  }
  const secrets = secretsOf(rig.folder, services.map(roleOf), [], demoRoles);
  const logins = await makePeople({ root, app: rig.adminApi, secrets });
  return Object.fromEntries(logins.map((login) => [login.role, login]));
}

/** `{ rig, address, people }`, people by role; the caller destroys the rig. `size` of the demo, or null for an empty installation. */
export async function startAppRig(root, { size = 'XS', build = true } = {}) {
  const rig = await Rig.build(root, { settings: { 'admin-api': { PASSWORD_MEMORY_KIB: '1024' } }, build });
  try {
    return { rig, address: rig.adminApi, people: await furnish(rig, root, size) };
  } catch (error) {
    await rig.destroy();
    throw error;
  }
}
