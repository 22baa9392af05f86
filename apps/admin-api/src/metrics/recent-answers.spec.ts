import { RecentAnswers } from './recent-answers';

let clock: number;
let made: number;
let answers: RecentAnswers;
beforeEach(() => {
  [clock, made] = [0, 0];
  answers = new RecentAnswers(() => clock);
});

/** An answer that takes so long to make. */
const ask = (tookMs = 100, question = 'tiles') =>
  answers.get(question, async () => {
    made += 1;
    clock += tookMs;
    return made;
  });

describe('answers of a moment ago', () => {
  it('are given again while no fact changes, and shared by those who ask at once', async () => {
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    clock += 50_000;
    expect(await ask()).toBe(1);
    expect(await ask(100, 'another')).toBe(2);
  });

  it('are made anew after a change, soon where they are cheap and later where they are dear', async () => {
    await ask(20);
    answers.forget();
    clock += 150;
    expect(await ask(20)).toBe(1);
    clock += 60;
    expect(await ask(2_000)).toBe(2);
    answers.forget();
    clock += 7_000;
    expect(await ask()).toBe(2);
    clock += 3_000;
    expect(await ask()).toBe(3);
  });

  it('say, when one of before a change is given, when it will be made anew', async () => {
    const told: number[] = [];
    answers.onOld = (renewedInMs) => told.push(renewedInMs);
    await ask(300);
    await ask();
    expect(told).toEqual([]);
    answers.forget();
    clock += 1_000;
    await ask();
    await Promise.resolve();
    expect(told).toEqual([1_700]);
  });

  it('end by themselves, since waits end without a fact changing', async () => {
    await ask();
    clock += 60_000;
    expect(await ask()).toBe(2);
  });

  it('do not remember a failure', async () => {
    await expect(answers.get('tiles', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await ask()).toBe(1);
  });
});
