import { addressOf, proxiesHere, trustedProxies } from './client-address';

const from = (remoteAddress: string, forwarded?: string) => ({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } });

it('believes a trusted proxy about the address before it, and nobody else', () => {
  const here = addressOf(trustedProxies.parse(proxiesHere));
  for (const proxy of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(here(from(proxy, '1.1.1.1, 2.2.2.2'))).toBe('2.2.2.2');
  expect(here(from('172.18.0.5', '1.1.1.1'))).toBe('172.18.0.5');
  expect(here(from('127.0.0.1'))).toBe('127.0.0.1');
});

it('takes networks, and says which entry is none', () => {
  const network = addressOf(trustedProxies.parse('10.1.0.0/16, fd00::/8'));
  expect([network(from('10.1.2.3', '2.2.2.2')), network(from('::ffff:10.1.2.3', '2.2.2.2')), network(from('fd12::1', '2.2.2.2'))]).toEqual(
    Array(3).fill('2.2.2.2'),
  );
  expect(network(from('10.2.2.3', '2.2.2.2'))).toBe('10.2.2.3');
  for (const wrong of ['proxy', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/8/8', ''])
    expect(trustedProxies.safeParse(wrong).error?.issues[0]?.message).toBe(`"${wrong}" is no address and no network`);
});
