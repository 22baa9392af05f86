import { readFileSync, writeFileSync } from 'node:fs';
import { metricsPage } from './metrics-page';

it('the page of metrics in the docs says what the registry says', () => {
  const file = 'docs/metrics.md';
  if (process.env['WRITE_DOCS']) writeFileSync(file, metricsPage());
  expect(readFileSync(file, 'utf8')).toBe(metricsPage());
});
