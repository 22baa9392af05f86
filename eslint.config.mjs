import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const exportStar = { selector: 'ExportAllDeclaration[exported=null]', message: 'A door names what it exports: `export *` ties knots.' };
const statementInTemplate = {
  selector:
    'CallExpression[callee.property.name=/^(query|where|andWhere|orWhere|orderBy|addOrderBy|having)$/] > TemplateLiteral.arguments[expressions.length>0]',
  message: 'Values go into a statement as parameters ($1), never by a template string.',
};
const clocks = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Rules have no clock: take the instant as an argument.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Rules roll no dice: take what is random as an argument.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Rules have no clock: take the instant as an argument.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Rules have no clock: take the instant as an argument.' },
  { selector: "MemberExpression[object.name='performance'][property.name='now']", message: 'Rules have no clock: take the instant as an argument.' },
  {
    selector: "MemberExpression[object.name='crypto'][property.name=/^(randomUUID|getRandomValues)$/]",
    message: 'Rules make no ids: take them as an argument.',
  },
];

export default tseslint.config(
  { ignores: ['node_modules/**', 'dist/**', '.nx/**', '.throughline/**', 'coverage/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'off',
      'no-undef': 'off', // TypeScript knows better
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', exportStar, statementInTemplate],
    },
  },
  {
    files: ['libs/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Rules take their settings as arguments.' },
        { name: 'setTimeout', message: 'Rules do not wait.' },
      ],
      'no-restricted-syntax': ['error', exportStar, statementInTemplate, ...clocks],
    },
  },
  {
    // The environment is read once, in settings.ts; tests, tools and the entry of a program that reads settings may look.
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: ['**/settings.ts', '**/*.spec.ts', '**/testing/**'],
    rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'The environment is parsed once, in settings.ts.' }] },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'fetch',
          'URL',
          'Buffer',
          'setTimeout',
          'setInterval',
          'clearTimeout',
          'clearInterval',
          'performance',
          'AbortSignal',
          'AbortController',
          'structuredClone',
          'module',
          'require',
          '__dirname',
          'TextDecoder',
          'TextEncoder',
          'setImmediate',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-control-regex': 'off' },
  },
);
