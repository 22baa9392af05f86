import js from '@eslint/js';
import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';
import { valuesAreParameters } from './tools/house/values-are-parameters.mjs';

const exportStar = { selector: 'ExportAllDeclaration[exported=null]', message: 'A door names what it exports: `export *` ties knots.' };
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
  { ignores: ['node_modules/**', 'dist/**', '.nx/**', '.throughline/**', 'coverage/**', 'apps/admin/src/api/schema.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.recommended],
    plugins: { house: { rules: { 'values-are-parameters': valuesAreParameters } } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'off',
      'no-undef': 'off', // TypeScript knows better
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', exportStar],
    },
  },
  {
    // Where what comes in could reach a statement. A migration is its own text; tests and oracles write statements for tables of their own making.
    files: ['apps/**/*.ts', 'libs/**/*.ts', 'tools/cli/**/*.ts'],
    ignores: ['**/migrations/*.ts', '**/*.spec.ts', '**/test-*.ts', 'apps/journeys/**'],
    rules: { 'house/values-are-parameters': 'error' },
  },
  {
    files: ['libs/domain/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/bench/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Rules take their settings as arguments.' },
        { name: 'setTimeout', message: 'Rules do not wait.' },
      ],
      'no-restricted-syntax': ['error', exportStar, ...clocks],
    },
  },
  {
    files: ['apps/admin/src/**/*.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'tl', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'tl', style: 'camelCase' }],
      '@angular-eslint/component-class-suffix': 'off', // a file is its main export, and a part is named for what it is
      '@angular-eslint/directive-class-suffix': 'off',
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
    },
  },
  { files: ['apps/admin/src/**/*.html'], extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility] },
  {
    // The environment is read once, in settings.ts. Tests may look; so may the failpoints, which are switched on for one process by the fault that wants them.
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: ['**/settings.ts', '**/failpoint.ts', '**/*.spec.ts', '**/testing.ts', '**/testing/**', '**/fixtures/**', '**/bench/**', 'apps/journeys/**'],
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
