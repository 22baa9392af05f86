import { createServer, type AddressInfo } from 'node:net';
import { choosePorts, freePort, onFreePort, usualPorts } from './ports.mjs';

it('a port that is taken gives way to a free one', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const other = await freePort(port);
  expect(other).toBeGreaterThan(0);
  expect(other).not.toBe(port);
  await new Promise((resolve) => server.close(resolve));
});

it('no two parts of the stack get the same port', async () => {
  const ports = await choosePorts();
  expect(Object.keys(ports).sort()).toEqual(Object.keys(usualPorts).sort());
  expect(new Set(Object.values(ports)).size).toBe(Object.keys(usualPorts).length);
});

it('a port that was asked for is taken as it is', async () => {
  expect((await choosePorts({ api: 45_123 })).api).toBe(45_123);
});

it('somebody who was faster is given way to', async () => {
  const tried: number[] = [];
  const port = await onFreePort(45_124, async (free: number) => {
    tried.push(free);
    if (tried.length < 3) throw new Error('could not bind IPv4 address "127.0.0.1": Address already in use');
    return Promise.resolve(free);
  });
  expect(tried).toHaveLength(3);
  expect(port).toBe(tried[2]);
  await expect(onFreePort(45_124, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
});
