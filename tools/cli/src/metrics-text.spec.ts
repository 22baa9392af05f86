import { parseMetrics, sumOf } from './metrics-text';

it('a metrics page is read sample by sample', () => {
  const page =
    '# HELP tl_unaccounted_events waiting\n# TYPE tl_unaccounted_events gauge\ntl_unaccounted_events 3\ntl_accepted_total{source="pbx",note="a \\"b\\""} 2e3\ntl_accepted_total{source="web"} 5\n';
  const samples = parseMetrics(page);
  expect(samples[1]).toEqual({ name: 'tl_accepted_total', labels: { source: 'pbx', note: 'a \\"b\\"' }, value: 2000 });
  expect(sumOf(samples, 'tl_accepted_total')).toBe(2005);
  expect(sumOf(samples, 'tl_unaccounted_events')).toBe(3);
  expect(sumOf(samples, 'tl_missing')).toBeUndefined();
});
