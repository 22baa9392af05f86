// Makes apps/admin/src/api/schema.ts from the API's own description; with --check it only says whether the committed file is that. The browser's calls are typed by it.
import { createClient } from '@hey-api/openapi-ts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format } from 'prettier';
import { bundle } from './bundle.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const outfile = path.join(root, 'apps/admin/src/api/schema.ts');

/** `get /v1/things/{id}` → `GetV1ThingsId`. */
const nameOf = (method, route) => `-${method}${route}`.replace(/[^A-Za-z0-9]+([A-Za-z0-9]|$)/g, (_, letter) => letter.toUpperCase());

async function describedApi() {
  await bundle('apps/admin-api/src/openapi.ts', 'dist/tools/openapi.mjs');
  const { describeApi } = await import(pathToFileURL(path.join(root, 'dist/tools/openapi.mjs')).href);
  const { paths, ...rest } = describeApi();
  const named = Object.entries(paths).map(([route, methods]) => [
    route,
    Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, { ...operation, operationId: nameOf(method, route) }])),
  ]);
  return { ...rest, paths: Object.fromEntries(named) };
}

/** The text that schema.ts must have: the types of every request and answer, and which path takes and answers which. */
export async function apiTypes() {
  const input = await describedApi();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-api-types-'));
  try {
    await createClient({ input, output: { path: folder }, plugins: ['@hey-api/typescript'], logs: { level: 'silent' } });
    const types = readFileSync(path.join(folder, 'types.gen.ts'), 'utf8').replace(/^\/\/ This file is auto-generated.*\n/, '');
    const routes = Object.entries(input.paths).map(([route, methods]) => {
      const operations = Object.keys(methods).map(
        (method) => `${method}: { data: ${nameOf(method, route)}Data; responses: ${nameOf(method, route)}Responses };`,
      );
      return `'${route}': { ${operations.join(' ')} };`;
    });
    const text = `// Made by tools/build/api-types.mjs from the description of admin-api (/openapi.json). Do not edit.\n${types}\nexport interface Paths { ${routes.join('\n')} }\n`;
    return await format(text, { ...JSON.parse(readFileSync(path.join(root, '.prettierrc.json'), 'utf8')), parser: 'typescript' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const types = await apiTypes();
  if (!process.argv.includes('--check')) {
    writeFileSync(outfile, types);
    console.log(`${path.relative(root, outfile)}: ${types.split('\n').length} lines`);
  } else if (readFileSync(outfile, 'utf8') !== types) {
    console.error(`${path.relative(root, outfile)} is not what the API describes: run node tools/build/api-types.mjs`);
    process.exit(1);
  }
}
