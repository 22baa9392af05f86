import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './committed-files';

/** A small house beside the real one, with its rules and the given files: the place where rules are broken on purpose. */
export function buildFixtureHouse(files: Readonly<Record<string, string>>): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-house-'));
  for (const config of ['eslint.config.mjs', '.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json', 'tools/house/values-are-parameters.mjs'])
    cpSync(path.join(root, config), path.join(folder, config), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
