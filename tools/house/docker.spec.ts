import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { makeSecrets } from '../../docker/make-secrets.mjs';
import { root } from './committed-files';

const text = readFileSync(path.join(root, 'docker/compose.yaml'), 'utf8');
const { services, networks } = parse(text, { merge: true }) as {
  networks: { default: { ipam: { config: { subnet: string }[] } } };
  services: Record<string, { ports?: string[]; environment?: Record<string, string>; command?: string[]; cap_drop?: string[] }>;
};

describe('the containers', () => {
  it('start without a secret of their own only to refuse', () => {
    const named = [...text.matchAll(/\$\{([A-Z_]+)([^}]*)\}/g)].map(([, name = '', rest = '']) => ({ name, rest }));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ name, rest }) => !name.endsWith('_IMAGE') && !rest.startsWith(':?'))).toEqual([]);
  });

  it('find every secret they ask for in what make-secrets writes, each of its own', () => {
    const asked = new Set([...text.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name));
    const given = new Map(
      makeSecrets()
        .text.trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    expect([...asked].filter((name) => !given.get(name ?? ''))).toEqual([]);
    expect(new Set(given.values()).size).toBe(given.size);
    expect(makeSecrets().text).not.toContain(makeSecrets().writeKey);
  });

  it('listen on loopback of the host alone', () => {
    const ports = Object.values(services).flatMap(({ ports: own }) => own ?? []);
    expect(ports.length).toBeGreaterThan(0);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('tell the limits of survey pages the customer’s own address: feedback believes ingestion, and ingestion the proxy in front', () => {
    const [{ subnet }] = networks.default.ipam.config as [{ subnet: string }];
    for (const service of ['ingestion', 'feedback']) expect(services[service]?.environment?.TRUSTED_PROXIES).toBe(subnet);
  });

  it('run each service with the role of its own schema', () => {
    for (const service of ['ingestion', 'identity', 'sessionization', 'scoring', 'feedback', 'admin-api']) {
      expect(services[service]?.environment?.DATABASE_URL).toContain(`//tl_${service.replace('-', '_')}:`);
      expect(services[service]?.command).toEqual([`dist/apps/${service}/main.mjs`]);
      expect(services[service]?.cap_drop).toEqual(['ALL']);
    }
  });
});
