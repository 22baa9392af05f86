// What a browser loads before the first page of the admin app shows: the scripts that index.html names, and all that they import statically.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** `{ files, bytes }`: names below `folder`, and the sum of their gzipped sizes. */
export function initialScripts(folder) {
  const index = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const waiting = [...index.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, file]) => file);
  const sizes = new Map();
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (sizes.has(file)) continue;
    const text = readFileSync(path.join(folder, file), 'utf8');
    sizes.set(file, gzipSync(text, { level: 9 }).length);
    for (const [, other] of text.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g)) waiting.push(other);
  }
  return { files: [...sizes.keys()].sort(), bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}
