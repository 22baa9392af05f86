// A whole installation for tests and pictures of the admin app: a rig with the smallest demo, built to rest, and one user of each role.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { readBacklog } from '../start/backlog.mjs';
import { demoRoles, makePeople } from '../start/people.mjs';
import { sleep } from '../start/processes.mjs';
import { Rig } from '../start/rig.mjs';
import { roleOf, services } from '../start/services.mjs';
import { secretsOf } from '../start/state-folder.mjs';

const run = promisify(execFile);

export const dana = { phone: '+12025550142', email: 'dana@example.com', account: 'C99001' };

const betweenLooksMs = 150;

/** Until every event is linked and everybody is scored. Gives up when so many looks in a row have seen nothing move. */
async function untilAtRest(rig, patience = 800) {
  for (let [last, still] = [-1, 0]; ; await sleep(betweenLooksMs)) {
    const { unowned, unbuilt, unscored } = await readBacklog(rig.pool);
    const waiting = unowned + unbuilt + unscored;
    if (waiting === 0) return;
    still = waiting === last ? still + 1 : 0;
    if (still > patience) throw new Error(`not at rest: ${waiting} events or customers wait`);
    last = waiting;
  }
}

/**
 * Fills an empty rig with the demo of a size (none: null), whose history ends at `end` (an ISO instant; without it the usual one), and waits until all of it is linked and scored; makes
 * one user of each role. Resolves with them, by role, and with what was planted in the demo.
 */
export async function furnish(rig, root, size, end) {
  let planted = null;
  if (size) {
    const load = [
      'load',
      '--api',
      rig.api,
      '--write-key',
      rig.secrets.writeKey,
      '--source-name',
      'default',
      '--size',
      size,
      '--json',
      ...(end ? ['--end', end] : []),
    ];
    const { stdout } = await run(process.execPath, [path.join(root, 'dist/tools/demo.mjs'), ...load], { cwd: root });
    ({ planted } = JSON.parse(stdout));
    await untilAtRest(rig);
  }
  const secrets = secretsOf(rig.folder, services.map(roleOf), [], demoRoles);
  const logins = await makePeople({ root, app: rig.adminApi, secrets });
  return { people: Object.fromEntries(logins.map((login) => [login.role, login])), planted };
}

/** Lets the people of the demo do what they would have done by now. Resolves with how much of what. */
export async function letThemWork(root, { address, people, planted }) {
  const working = run(process.execPath, [path.join(root, 'dist/tools/demo.mjs'), 'work'], { cwd: root });
  working.child.stdin.end(JSON.stringify({ app: address, logins: Object.values(people), planted }));
  return JSON.parse((await working).stdout);
}

/** `{ rig, address, people, planted }`, people by role; the caller destroys the rig. `size` of the demo, or null for an empty installation; `end` of its history as for `furnish`. */
export async function startAppRig(root, { size = 'XS', end, build = true } = {}) {
  const rig = await Rig.build(root, { settings: { 'admin-api': { PASSWORD_MEMORY_KIB: '1024' } }, build });
  try {
    return { rig, address: rig.adminApi, ...(await furnish(rig, root, size, end)) };
  } catch (error) {
    await rig.destroy();
    throw error;
  }
}
