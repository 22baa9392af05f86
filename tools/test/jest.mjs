// Runs one jest project: jest.mjs <project> [jest arguments]. The flag lets CommonJS tests require packages that are ES modules only.
import { spawnSync } from 'node:child_process';

const [project, ...rest] = process.argv.slice(2);
const result = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '--selectProjects', project, ...rest],
  { stdio: 'inherit' },
);
process.exit(result.status ?? 1);
