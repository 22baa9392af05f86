import { releaseMemoryWhenCalm } from './release-memory';

describe('memory at rest', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is given back once after each time of hard work, and not while it lasts', () => {
    let used = 0;
    const collect = jest.fn(async () => undefined);
    const stop = releaseMemoryWhenCalm(collect, () => used, 100);
    const pass = (cpuMs: number): void => {
      used += cpuMs;
      jest.advanceTimersByTime(100);
    };
    pass(90);
    pass(15);
    expect(collect).toHaveBeenCalledTimes(0);
    pass(5);
    pass(5);
    expect(collect).toHaveBeenCalledTimes(1);
    pass(60);
    pass(2);
    expect(collect).toHaveBeenCalledTimes(2);
    stop();
    pass(90);
    pass(0);
    expect(collect).toHaveBeenCalledTimes(2);
  });

  it('does nothing without a collector', () => {
    expect(() => releaseMemoryWhenCalm(undefined)()).not.toThrow();
  });
});
