import { spawnSync } from 'node:child_process';

describe('mutations', () => {
  it('are all seen: every wrong edit of mutations.json makes a numbered world or a case differ', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/oracle/mutate.mjs'], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).toMatch(/^[1-9]\d* mutations, 0 wrong$/m);
    expect(stdout).not.toMatch(/^(UNNOTICED|DOES NOT FIT|NOT EQUAL)/m);
    expect(status).toBe(0);
  }, 180_000);
});
