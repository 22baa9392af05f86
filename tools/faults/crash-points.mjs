// Which service comes by which named crash point, read from the code, so that a new one cannot be forgotten: every `failpoint('…')` of an app or of the plumbing its services share.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The services whose path runs through a point that stands in shared plumbing. */
const ofPlumbing = {
  'mid-transaction': ['ingestion', 'identity', 'sessionization', 'scoring'],
  'after-puback-before-mark': ['ingestion', 'identity'],
  'after-commit-before-ack': ['identity', 'sessionization', 'scoring'],
};

/** `{ service, name, hit }` of every crash point: first, third and a late hit; in the short set one point of each service. */
export function crashPoints({ short }) {
  const points = [];
  for (const file of globSync('{apps,libs}/**/*.ts', { cwd: root, exclude: (name) => String(name).includes('node_modules') })) {
    if (file.endsWith('.spec.ts') || file.endsWith('failpoint.ts')) continue;
    const service = file.startsWith('apps/') ? file.split('/')[1] : undefined;
    if (service === 'feedback') continue; // what it hears are answers of customers, not events: F60
    for (const [, name] of readFileSync(path.join(root, file), 'utf8').matchAll(/\bfailpoint\('([a-z0-9-]+)'\)/g))
      for (const one of service ? [service] : (ofPlumbing[name] ?? ['ingestion'])) points.push({ service: one, name });
  }
  const distinct = [...new Map(points.map((point) => [`${point.service} ${point.name}`, point])).values()].filter(({ name }) => name !== 'mid-migration');
  if (distinct.length === 0) throw new Error('no crash point was found in the code');
  // The short set: one point of each service, each another one.
  const shortSet = ['ingestion after-commit-before-2xx', 'identity mid-transaction', 'sessionization after-commit-before-ack'];
  if (short) return distinct.filter(({ service, name }) => shortSet.includes(`${service} ${name}`)).map((point) => ({ ...point, hit: 1 }));
  return distinct.flatMap((point) => [1, 3, 8].map((hit) => ({ ...point, hit })));
}
