import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One file of the built app, with its compressed forms where the build made them. */
export interface BuiltFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
};

/** Every file below `root` by its address. They are read once: a server that runs never mixes two builds. */
export function builtFiles(root: string): ReadonlyMap<string, BuiltFile> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(root, path.join(parentPath, name)));
  const bytes = new Map(names.map((name) => [name, readFileSync(path.join(root, name))]));
  const served = names.filter((name) => path.extname(name) in types);
  return new Map(
    served.map((name) => [
      `/${name.split(path.sep).join('/')}`,
      { type: types[path.extname(name)]!, plain: bytes.get(name)!, br: bytes.get(`${name}.br`), gzip: bytes.get(`${name}.gz`) },
    ]),
  );
}

/** The smallest form that the browser takes. */
export function formFor(file: BuiltFile, acceptEncoding: string | undefined): { readonly bytes: Buffer; readonly encoding: 'br' | 'gzip' | undefined } {
  const accepted = acceptEncoding?.split(',').map((one) => one.split(';')[0]?.trim()) ?? [];
  if (file.br && accepted.includes('br')) return { bytes: file.br, encoding: 'br' };
  if (file.gzip && accepted.includes('gzip')) return { bytes: file.gzip, encoding: 'gzip' };
  return { bytes: file.plain, encoding: undefined };
}
