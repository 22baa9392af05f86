import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { committedFiles, committedTexts, root } from './committed-files';

const files = committedFiles();
const texts = committedTexts();
const projects = files
  .filter((file) => path.basename(file) === 'project.json')
  .map((file) => ({ file, ...JSON.parse(readFileSync(path.join(root, file), 'utf8')) }));

/** Lines that match, as `file:line text`. */
function linesWith(pattern: RegExp, of = texts): string[] {
  return of.flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 120)}`] : [])),
  );
}

describe('the tree', () => {
  it('holds no file above 1 MB', () => {
    expect(files.filter((file) => statSync(path.join(root, file)).size > 1_000_000)).toEqual([]);
  });

  it('names no path of a machine', () => {
    const homes = ['home', 'Users', 'root', 'mnt', 'tmp'].join('|');
    const paths = new RegExp(`(^|[\\s"'\`(=])/(${homes})/[a-z]`);
    expect(
      linesWith(
        paths,
        texts.filter(({ file }) => !file.startsWith('docker/')),
      ),
    ).toEqual([]);
    expect(texts.filter(({ text }) => text.includes(`${path.resolve(root)}/`)).map(({ file }) => file)).toEqual([]);
  });

  it('has no dumping grounds: a file and a folder have a subject', () => {
    const grounds = /^(common|shared|core|utils?|helpers?|misc|base|managers?)(\.|$)/;
    const endings = /-(utils?|helpers?|manager|base)\.(ts|mjs)$/;
    expect(files.filter((file) => file.split('/').some((part) => grounds.test(part)) || endings.test(file))).toEqual([]);
  });

  it('names files in kebab-case', () => {
    const sources = files.filter((file) => /^(apps|libs|tools)\/.*\.(ts|mjs)$/.test(file));
    expect(
      sources.filter((file) => !/^(\d+-)?[a-z0-9]+(-[a-z0-9]+)*(\.(spec|int\.spec|e2e|routes|config|d))?\.(ts|mjs|mts)$/.test(path.basename(file))),
    ).toEqual([]);
  });

  it('has index.ts only as the door of a lib', () => {
    const doors =
      /^(apps\/[a-z-]+\/migrations\/index\.ts|apps\/admin\/src\/texts\/index\.ts|(libs\/([a-z-]+|domain\/[a-z-]+)|tools\/[a-z-]+)\/src\/index\.ts)$/;
    expect(files.filter((file) => path.basename(file) === 'index.ts' && !doors.test(file))).toEqual([]);
  });

  it('leaves no loose ends and no test alone', () => {
    const marks = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].map((mark) => `\\b${mark}\\b`).join('|'));
    expect(linesWith(marks)).toEqual([]);
    expect(
      linesWith(
        /\b(it|test|describe)\.only\(|@ts-(ignore|nocheck)/,
        texts.filter(({ file }) => file.endsWith('.ts') && !file.startsWith('tools/house/')),
      ),
    ).toEqual([]);
  });

  it('says in CHANGELOG.md what is not released yet', () => {
    expect(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8')).toMatch(/^## Unreleased$/m);
  });

  it('keeps every decision record within 40 lines', () => {
    const records = texts.filter(({ file }) => file.startsWith('docs/adr/'));
    expect(records.length).toBeGreaterThan(0);
    expect(records.filter(({ text }) => text.trimEnd().split('\n').length > 40).map(({ file }) => file)).toEqual([]);
  });

  it('links from page to page without a dead end', () => {
    const pages = texts.filter(({ file }) => file.endsWith('.md'));
    const dead = pages.flatMap(({ file, text }) =>
      [...text.replace(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s#]+)(#[^)]*)?\)/g)]
        .map(([, target]) => target ?? '')
        .filter((target) => !/^(https?:|mailto:)/.test(target) && !existsSync(path.join(root, path.dirname(file), target)))
        .map((target) => `${file} → ${target}`),
    );
    expect(dead).toEqual([]);
  });
});

describe('every project', () => {
  const kindOf = (file: string) =>
    file.startsWith('libs/contracts/')
      ? 'kind:contracts'
      : file.startsWith('libs/domain/')
        ? 'kind:domain'
        : file.startsWith('libs/')
          ? 'kind:platform'
          : file.startsWith('apps/') && !file.startsWith('apps/journeys/')
            ? 'kind:app'
            : 'kind:tool';

  it.each(projects.map(({ file }) => file))('%s bears the tags of its place', (file) => {
    const { tags } = projects.find((project) => project.file === file) as unknown as { tags: string[] };
    const anywhere = ['kind:contracts', 'kind:domain'].includes(kindOf(file));
    const runs = anywhere ? 'runs:anywhere' : file.startsWith('apps/admin/') ? 'runs:browser' : 'runs:server';
    expect([...tags].sort()).toEqual([kindOf(file), runs]);
  });

  it('has a name of its own, a typecheck, and its tests in jest.config.ts', () => {
    const names = projects.map(({ name }: { name?: string }) => name);
    expect(new Set(names).size).toBe(names.length);
    const jest = readFileSync(path.join(root, 'jest.config.ts'), 'utf8');
    for (const { file, name, targets } of projects as unknown as { file: string; name: string; targets: Record<string, unknown> }[]) {
      const typed = files.some((other) => other.startsWith(`${path.dirname(file)}/`) && other.endsWith('.ts'));
      if (typed) expect({ file, typecheck: 'typecheck' in targets }).toEqual({ file, typecheck: true });
      const tested = files.some((other) => other.startsWith(`${path.dirname(file)}/`) && other.endsWith('.spec.ts'));
      if (tested) expect(jest).toContain(`${name === 'admin' ? 'browser' : 'node'}('${name}', '${path.dirname(file)}')`);
    }
  });

  it('stands in every folder of apps and libs', () => {
    const folders = new Set(files.flatMap((file) => /^(apps\/[^/]+|libs\/domain\/[^/]+|libs\/(?!domain\/)[^/]+)\//.exec(file)?.[1] ?? []));
    expect([...folders].filter((folder) => !projects.some(({ file }) => file === `${folder}/project.json`))).toEqual([]);
  });
});
