import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.join(__dirname, '../..');

/** Every file that git holds or would hold, relative to the root. */
export function committedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split('\0').filter((file) => file && existsSync(path.join(root, file)));
}

const textual =
  /\.(ts|mts|cts|js|mjs|cjs|json|md|sql|yml|yaml|sh|html|css|conf|txt|csv|ndjson)$|(^|\/)(Dockerfile|\.npmrc|\.gitignore|\.prettierrc\.json|run)$/;

/** The text of every committed text file but the lock, which npm writes. */
export function committedTexts(): { file: string; text: string }[] {
  return committedFiles()
    .filter((file) => textual.test(file) && file !== 'package-lock.json')
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
}
