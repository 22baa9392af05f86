import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './committed-files';
import { buildFixtureHouse } from './fixture-house';

const rule = (name: string, text: string): [name: string, file: string, text: string] => [
  name,
  `libs/domain/hierarchy/src/${name.replaceAll(' ', '-')}.ts`,
  text,
];
const store = (name: string, text: string): [name: string, file: string, text: string] => [name, `apps/identity/src/${name.replaceAll(' ', '-')}.ts`, text];
const part = (name: string, text: string): [name: string, file: string, text: string] => [
  name,
  `apps/admin/src/app/ui/${name.replaceAll(' ', '-')}.ts`,
  `import { ChangeDetectionStrategy, Component } from '@angular/core';\n${text}`,
];

const broken = [
  rule('a rule that reads the clock', 'export const bad = () => Date.now();\n'),
  rule('a rule that asks what day it is', 'export const bad = () => new Date();\n'),
  rule('a rule that rolls dice', 'export const bad = () => Math.random();\n'),
  rule('a rule that makes ids', 'export const bad = () => crypto.randomUUID();\n'),
  rule('a rule that reads the environment', 'export const bad = () => process.env.GAP;\n'),
  rule('a rule that measures time', 'export const bad = () => performance.now();\n'),
  rule('a door without names', "export * from './inside';\n"),
  store('a value of any kind', 'export const bad = (value: any) => value;\n'),
  store('a value in a query text', 'export const bad = (db: { query(text: string): void }, id: string) => db.query(`select ${id}`);\n'),
  store('a value in an order', 'export const bad = (db: { orderBy(text: string): void }, column: string) => db.orderBy(`a.${column}`);\n'),
  store('a value in a condition', 'export const bad = (db: { where(text: string): void }, id: string) => db.where(`id = ${id}`);\n'),
  store(
    'a value behind a name',
    'export const bad = (db: { query(text: string): void }, id: string) => {\n  const name = id.trim();\n  db.query(`select ${name}`);\n};\n',
  ),
  store('a value in a list', "export const bad = (db: { query(text: string): void }, ids: string[]) => db.query(`select 1 where id in (${ids.join(',')})`);\n"),
  store('an environment read twice', 'export const bad = () => process.env.GAP;\n'),
  part(
    'a part that is told of every change',
    "@Component({ selector: 'tl-bad', changeDetection: ChangeDetectionStrategy.Eager, template: `<p></p>` })\nexport class Bad {}\n",
  ),
  part(
    'a picture without words',
    "@Component({ selector: 'tl-bad', changeDetection: ChangeDetectionStrategy.OnPush, template: `<img src='a.png' />` })\nexport class Bad {}\n",
  ),
  part(
    'a thing that only a mouse can press',
    "@Component({ selector: 'tl-bad', changeDetection: ChangeDetectionStrategy.OnPush, template: `<div (click)='press()'></div>` })\nexport class Bad {\n  press = () => undefined;\n}\n",
  ),
  store('a door without names in an app', "export * from './inside';\n"),
];
const sound: Readonly<Record<string, string>> = {
  'libs/domain/hierarchy/src/day-of.ts': 'export const dayOf = (instant: number) => new Date(instant).getUTCDay();\n',
  'libs/domain/hierarchy/src/day-of.spec.ts': 'export const started = () => Date.now();\n',
  'apps/identity/src/settings.ts': 'export const url = process.env.DATABASE_URL;\n',
  'apps/identity/src/typed-store.ts':
    "const tables = ['a', 'b'];\nexport const read = (db: { query(text: string): void }, order: 'asc' | 'desc') => {\n  for (const table of tables) db.query(`select 1 from ${table} order by 1 ${order}`);\n};\n",
  'apps/identity/src/limited-store.ts':
    "import { escapeIdentifier } from 'pg';\nconst most = 20;\nconst columns = (table: string) => `${table}.a, ${table}.b`;\nexport const read = (db: { schema: string; query(text: string): void }, table: string) => {\n  const name = escapeIdentifier(table);\n  db.query(`select ${columns('t')} from ${db.schema}.t, ${name} limit ${most + 1}`);\n};\n",
  'apps/identity/src/owner-store.ts':
    "export const owners = (db: { query(text: string, values: string[]): void }, id: string) => db.query('select $1', [id]);\n",
};

describe('lint', () => {
  let complaints: Map<string, number>;
  beforeAll(() => {
    const house = buildFixtureHouse({ ...sound, ...Object.fromEntries(broken.map(([, file, text]) => [file, text])) });
    try {
      const { stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'node_modules/eslint/bin/eslint.js'), '--format', 'json', '.'], {
        cwd: house.folder,
        encoding: 'utf8',
      });
      if (!stdout) throw new Error(stderr);
      const report = JSON.parse(stdout) as { filePath: string; errorCount: number }[];
      complaints = new Map(report.map(({ filePath, errorCount }) => [filePath.slice(filePath.search(/(libs|apps)\//)), errorCount]));
    } finally {
      house.remove();
    }
  });

  it.each(broken)('refuses %s', (_name, file) => {
    expect(complaints.get(file)).toBeGreaterThan(0);
  });

  it.each(Object.keys(sound))('leaves %s alone', (file) => {
    expect(complaints.get(file)).toBe(0);
  });
});
