import { readFileSync } from 'node:fs';
import path from 'node:path';
import { completeLock, missingFromLock } from '../start/complete-lock.mjs';
import { root } from './committed-files';

const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

describe('the lock', () => {
  it('holds every optional package that it names, so that npm ci accepts it on any platform', () => {
    expect(missingFromLock(lock)).toEqual([]);
  });

  it('agrees with package.json', () => {
    for (const part of ['dependencies', 'devDependencies', 'optionalDependencies']) expect(lock.packages[''][part] ?? {}).toEqual(manifest[part] ?? {});
  });

  it('pins exact versions', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies });
    expect(versions.filter(([, version]) => !/^\d/.test(String(version)))).toEqual([]);
  });

  it('names no host', () => {
    const hosts = Object.values(lock.packages as Record<string, { resolved?: string }>).flatMap(({ resolved }) => (resolved ? [new URL(resolved).host] : []));
    expect(hosts).toEqual([]);
  });

  it('is completed with the platform that a name tells', () => {
    const gap = {
      packages: {
        '': {},
        'node_modules/a': {
          version: '1.0.0',
          optionalDependencies: { 'a-darwin-arm64': '1.0.0', 'a-linux-x64-musl': '1.0.0', 'a-wasm32-wasi': '1.0.0', 'a-odd': '1.0.0' },
        },
      },
    };
    const { lock: completed, unknown } = completeLock(gap);
    expect(completed.packages).toMatchObject({
      'node_modules/a-darwin-arm64': { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
      'node_modules/a-linux-x64-musl': { os: ['linux'], cpu: ['x64'], libc: ['musl'] },
      'node_modules/a-wasm32-wasi': { cpu: ['wasm32'] },
    });
    expect(unknown.map(({ name }: { name: string }) => name)).toEqual(['a-odd']);
  });
});
