import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findRunningStack } from './running-stack';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'throughline-cli-'));
  mkdirSync(path.join(root, '.throughline'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const write = (facts: object) => writeFileSync(path.join(root, '.throughline/run.json'), JSON.stringify(facts));

it('a stack that runs here is found by its file', () => {
  write({ api: 'http://127.0.0.1:24310', readToken: 'rt_1', writeKey: 'wk_1', adminToken: 'at_1', sources: { pbx: 'wk_2' } });
  expect(findRunningStack(root, {})).toMatchObject({ api: 'http://127.0.0.1:24310', readToken: 'rt_1', sources: { pbx: 'wk_2' } });
});

it('the tokens of the local stack are never sent to another address', () => {
  write({ api: 'http://127.0.0.1:24310', readToken: 'rt_1', adminToken: 'at_1' });
  const elsewhere = findRunningStack(root, { THROUGHLINE_API: 'https://throughline.example.com', THROUGHLINE_READ_TOKEN: 'rt_2' });
  expect(elsewhere).toMatchObject({ api: 'https://throughline.example.com', readToken: 'rt_2' });
  expect(elsewhere.adminToken).toBeUndefined();
});

it('no stack is a sentence with the way to start one', () => {
  expect(() => findRunningStack(root, {})).toThrow('start it with `npm start`');
  writeFileSync(path.join(root, '.throughline/supervisor.json'), '{}');
  expect(() => findRunningStack(root, {})).toThrow('still starting');
});
