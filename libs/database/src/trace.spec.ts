import { currentTraceparent, formatTraceparent, newTrace, parseTraceparent, withTrace } from './index';

const header = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

it('reads and writes the header of the W3C recommendation', () => {
  expect(parseTraceparent(header)).toEqual({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', sampled: true });
  expect(formatTraceparent(parseTraceparent(header)!)).toBe(header);
  expect(parseTraceparent(formatTraceparent(newTrace()))).toBeDefined();
});

it.each([
  undefined,
  '',
  'nonsense',
  '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
  '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
  'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  `${header}-more`,
  header.toUpperCase(),
])('refuses %s, and starts a trace of its own instead', (wrong) => {
  expect(parseTraceparent(wrong)).toBeUndefined();
  withTrace(wrong, () => expect(currentTraceparent()).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/));
});

it('goes on in the same trace with a span of its own, through awaited work', async () => {
  await withTrace(header, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(currentTraceparent()).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-/);
    expect(currentTraceparent()).not.toBe(header);
  });
  expect(currentTraceparent()).toBeUndefined();
});
