import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './committed-files';
import { buildFixtureHouse } from './fixture-house';

const door = 'export const word = 1;\n';
const sound = {
  'libs/contracts/src/index.ts': "export { shape } from './shape';\n",
  'libs/contracts/src/shape.ts': "import { z } from 'zod';\nexport const shape = z.object({});\n",
  'libs/domain/hierarchy/src/index.ts': "export { rule } from './rule';\n",
  'libs/domain/hierarchy/src/rule.ts': "import { shape } from '@throughline/contracts';\nexport const rule = () => shape;\n",
  'libs/domain/identity/src/index.ts': "export { inside } from './inside';\n",
  'libs/domain/identity/src/inside.ts': 'export const inside = 1;\n',
  'libs/database/src/index.ts': "export { pool } from './pool';\n",
  'libs/database/src/pool.ts': "import pg from 'pg';\nexport const pool = () => new pg.Pool();\n",
  'libs/messaging/src/index.ts': door,
  'libs/service/src/index.ts': "export { boot } from './boot';\n",
  'libs/service/src/boot.ts': "import { pool } from '@throughline/database';\nexport const boot = pool;\n",
  'apps/identity/src/main.ts':
    "import { rule } from '@throughline/domain-hierarchy';\nimport { boot } from '@throughline/service';\nexport const main = [rule, boot];\n",
  'apps/identity/src/owner-store.ts': door,
  'tools/oracle/src/index.ts': "import { shape } from '@throughline/contracts';\nexport const oracle = shape;\n",
  'tools/demo/src/index.ts': "import type { shape } from '@throughline/contracts';\nexport type Sent = typeof shape;\n",
  'apps/admin/src/app/ui/card.ts': "import { Component } from '@angular/core';\nexport const card = Component;\n",
  'apps/admin/src/app/customers/customer-store.ts':
    "import { card } from '../ui/card';\nimport { rule } from '@throughline/domain-hierarchy';\nexport const store = [card, rule];\n",
  'tools/bench/src/index.ts': "import { rule } from '@throughline/domain-hierarchy';\nexport const bench = rule;\n",
};

/** Each rule with a file that breaks it. */
const broken: readonly [rule: string, file: string, text: string][] = [
  [
    'contracts-import-their-schema-library-alone',
    'libs/contracts/src/bad-framework.ts',
    "import { Injectable } from '@nestjs/common';\nexport const bad = Injectable;\n",
  ],
  [
    'contracts-import-their-schema-library-alone',
    'libs/contracts/src/bad-rule.ts',
    "import { rule } from '@throughline/domain-hierarchy';\nexport const bad = rule;\n",
  ],
  [
    'domain-imports-contracts-and-pure-libraries',
    'libs/domain/hierarchy/src/bad-framework.ts',
    "import { Injectable } from '@nestjs/common';\nexport const bad = Injectable;\n",
  ],
  [
    'domain-imports-contracts-and-pure-libraries',
    'libs/domain/hierarchy/src/bad-database.ts',
    "import { pool } from '@throughline/database';\nexport const bad = pool;\n",
  ],
  [
    'domain-imports-contracts-and-pure-libraries',
    'libs/domain/hierarchy/src/bad-orm.ts',
    "import { DataSource } from 'typeorm';\nexport const bad = DataSource;\n",
  ],
  [
    'domain-imports-contracts-and-pure-libraries',
    'libs/domain/hierarchy/src/bad-file.ts',
    "import { readFileSync } from 'node:fs';\nexport const bad = readFileSync;\n",
  ],
  [
    'domain-imports-contracts-and-pure-libraries',
    'libs/domain/hierarchy/src/bad-stream.ts',
    "import type { Observable } from 'rxjs';\nexport type Bad = Observable<number>;\n",
  ],
  ['domain-tests-stay-without-io', 'libs/domain/hierarchy/src/bad-test.spec.ts', "import pg from 'pg';\nexport const bad = pg;\n"],
  [
    'domain-libs-use-each-other-by-the-door',
    'libs/domain/hierarchy/src/bad-inside.ts',
    "import { inside } from '../../identity/src/inside';\nexport const bad = inside;\n",
  ],
  ['platform-knows-no-domain-and-no-app', 'libs/database/src/bad-rule.ts', "import { rule } from '@throughline/domain-hierarchy';\nexport const bad = rule;\n"],
  [
    'platform-knows-no-domain-and-no-app',
    'libs/service/src/bad-app.ts',
    "import { word } from '../../../apps/identity/src/owner-store';\nexport const bad = word;\n",
  ],
  ['libs-are-entered-by-the-door', 'libs/service/src/bad-inside.ts', "import { pool } from '../../database/src/pool';\nexport const bad = pool;\n"],
  ['programs-enter-libs-by-the-door', 'apps/identity/src/bad-inside.ts', "import { pool } from '../../../libs/database/src/pool';\nexport const bad = pool;\n"],
  ['no-app-imports-another', 'apps/sessionization/src/bad-app.ts', "import { word } from '../../identity/src/owner-store';\nexport const bad = word;\n"],
  ['apps-import-no-tools', 'apps/identity/src/bad-tool.ts', "import { bench } from '../../../tools/bench/src/index';\nexport const bad = bench;\n"],
  [
    'the-browser-runs-nothing-of-the-server',
    'apps/admin/src/app/customers/bad-database.ts',
    "import { pool } from '@throughline/database';\nexport const bad = pool;\n",
  ],
  [
    'the-browser-runs-nothing-of-the-server',
    'apps/admin/src/app/customers/bad-service.ts',
    "import { word } from '../../../../identity/src/owner-store';\nexport const bad = word;\n",
  ],
  [
    'no-feature-of-the-admin-app-imports-another',
    'apps/admin/src/app/kpis/bad-feature.ts',
    "import { store } from '../customers/customer-store';\nexport const bad = store;\n",
  ],
  ['ui-looks-without-knowledge', 'apps/admin/src/app/ui/bad-knowledge.ts', "import { store } from '../customers/customer-store';\nexport const bad = store;\n"],
  [
    'charts-stand-behind-our-own-name',
    'apps/admin/src/app/kpis/bad-chart.ts',
    "import { LineChartModule } from '@swimlane/ngx-charts';\nexport const bad = LineChartModule;\n",
  ],
  [
    'the-oracle-shares-no-code-with-the-rules',
    'tools/oracle/src/bad-rule.ts',
    "import { rule } from '@throughline/domain-hierarchy';\nexport const bad = rule;\n",
  ],
  [
    'the-demo-is-a-client-like-any-other',
    'tools/demo/src/bad-rule.ts',
    "import type { rule } from '@throughline/domain-hierarchy';\nexport type Bad = typeof rule;\n",
  ],
  ['the-demo-is-a-client-like-any-other', 'tools/demo/src/bad-broker.ts', "import { connect } from '@nats-io/transport-node';\nexport const bad = connect;\n"],
  ['no-cycles', 'libs/messaging/src/bad-knot.ts', "import { b } from './bad-loop';\nexport const a = () => b;\n"],
  ['everything-resolves', 'apps/identity/src/bad-name.ts', "import { nothing } from './nowhere';\nexport const bad = nothing;\n"],
];

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
}

function cruise(files: Readonly<Record<string, string>>): { rule: string; file: string }[] {
  const house = buildFixtureHouse(files);
  try {
    const args = [path.join(root, 'node_modules/.bin/depcruise'), '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'apps', 'libs', 'tools'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: house.folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (!stdout) throw new Error(stderr);
    const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
    return summary.violations.map(({ rule, from }) => ({ rule: rule.name, file: from }));
  } finally {
    house.remove();
  }
}

describe('the boundaries between projects', () => {
  let found: { rule: string; file: string }[];
  beforeAll(() => {
    found = cruise({
      ...sound,
      'libs/messaging/src/bad-loop.ts': "import { a } from './bad-knot';\nexport const b = () => a;\n",
      ...Object.fromEntries(broken.map(([, file, text]) => [file, text])),
    });
  });

  it.each(broken)('%s refuses %s', (rule, file) => {
    expect(found).toContainEqual({ rule, file });
  });

  it('leave every file alone that keeps them', () => {
    expect(found.filter(({ file }) => file in sound)).toEqual([]);
  });

  it('have a test for every rule', () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the configuration is CommonJS
    const { forbidden } = require(path.join(root, '.dependency-cruiser.cjs')) as { forbidden: { name: string }[] };
    expect([...new Set(broken.map(([rule]) => rule))].sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });
});
