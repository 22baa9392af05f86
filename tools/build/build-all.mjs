// Bundles every program of the house in one process, and the admin app: what `nx run-many -t build` does, in a second instead of many. The `build` targets of the project.json files are the one list of programs.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAdmin } from './build-admin.mjs';
import { bundle } from './bundle.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Every program as `{ entry, outfile }`, relative to the root. */
export function programs() {
  const files = globSync('{apps,libs,tools}/**/project.json', { cwd: root, exclude: (name) => String(name).includes('node_modules') });
  return files.flatMap((file) => {
    const target = JSON.parse(readFileSync(path.join(root, file), 'utf8')).targets?.build;
    const commands = target ? [target.command, ...(target.options?.commands ?? []), target.options?.command].filter(Boolean).join('\n') : '';
    return [...commands.matchAll(/bundle\.mjs (\S+) (\S+)/g)].map(([, entry, outfile]) => ({ entry, outfile }));
  });
}

/** Builds all programs and the admin app, or the programs whose outfile is named; returns how many. */
export async function buildAll(only) {
  const wanted = programs().filter(({ outfile }) => !only || only.includes(outfile));
  await Promise.all(wanted.map(({ entry, outfile }) => bundle(entry, outfile)));
  if (only) return wanted.length;
  await buildAdmin();
  return wanted.length + 1;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const startedAt = performance.now();
  const only = process.argv.slice(2);
  const count = await buildAll(only.length > 0 ? only : undefined);
  console.log(`${count} programs built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}
