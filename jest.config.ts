import type { Config } from 'jest';
import ngPresets from 'jest-preset-angular/presets/index.js';
import { readFileSync } from 'node:fs';

const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
  },
] as [string, Record<string, unknown>];

const { compilerOptions } = JSON.parse(readFileSync('tsconfig.base.json', 'utf8')) as { compilerOptions: { paths: Record<string, string[]> } };
const moduleNameMapper = Object.fromEntries(Object.entries(compilerOptions.paths).map(([name, [file]]) => [`^${name}$`, file!.replace('./', '<rootDir>/')]));

const node = (displayName: string, directory: string) => ({
  displayName,
  rootDir: '.',
  testEnvironment: 'node',
  testMatch: [`<rootDir>/${directory}/**/*.spec.ts`],
  transform: { '^.+\\.ts$': swc },
  moduleNameMapper,
});

/** Components of the admin app: compiled as Angular compiles them, in jsdom. The preset's own names for modules stay. */
const preset = ngPresets.createEsmPreset({ tsconfig: '<rootDir>/apps/admin/tsconfig.spec.json' });
const browser = (displayName: string, directory: string) => ({
  ...preset,
  displayName,
  rootDir: '.',
  testMatch: [`<rootDir>/${directory}/**/*.spec.ts`],
  moduleNameMapper: { ...preset.moduleNameMapper, ...moduleNameMapper },
  setupFilesAfterEnv: [`<rootDir>/${directory}/src/test-setup.ts`],
});

const config: Config = {
  testTimeout: 30_000,
  projects: [
    node('contracts', 'libs/contracts'),
    node('domain-events', 'libs/domain/events'),
    node('domain-identity', 'libs/domain/identity'),
    node('domain-hierarchy', 'libs/domain/hierarchy'),
    node('domain-scoring', 'libs/domain/scoring'),
    node('domain-metrics', 'libs/domain/metrics'),
    node('domain-segments', 'libs/domain/segments'),
    node('domain-feedback', 'libs/domain/feedback'),
    node('domain-coaching', 'libs/domain/coaching'),
    node('domain-maturity', 'libs/domain/maturity'),
    node('database', 'libs/database'),
    node('messaging', 'libs/messaging'),
    node('service', 'libs/service'),
    node('ingestion', 'apps/ingestion'),
    node('identity', 'apps/identity'),
    node('sessionization', 'apps/sessionization'),
    node('scoring', 'apps/scoring'),
    node('feedback', 'apps/feedback'),
    node('admin-api', 'apps/admin-api'),
    browser('admin', 'apps/admin'),
    { ...node('admin-e2e', 'apps/admin/e2e'), testMatch: ['<rootDir>/apps/admin/e2e/**/*.e2e.ts'] },
    node('journeys', 'apps/journeys'),
    node('oracle', 'tools/oracle'),
    node('demo', 'tools/demo'),
    node('bench', 'tools/bench'),
    node('faults', 'tools/faults'),
    node('house', 'tools/house'),
    node('start', 'tools/start'),
    node('cli', 'tools/cli'),
  ],
};
export default config;
