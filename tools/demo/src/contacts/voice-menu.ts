import type { Instant } from '@throughline/contracts';
import type { Life } from '../life';
import { day, second } from '../local-time';
import type { OptOutReason } from '../planted-fact';

/** What every event of the menu's session carries. */
export type MenuSession = Pick<NonNullable<Parameters<Life['say']>[5]>, 'sessionKey' | 'contactLinks'>;

export interface MenuPlan {
  /** What is wanted has no place of its own. */
  readonly lacksIt: boolean;
  /** How long the caller listens, when nothing else decides it. */
  readonly dwellMs: number;
  readonly session: MenuSession;
  /** Time since the caller entered; who identified themselves in it is not in a hurry any more. */
  readonly inMenuMs: number;
}

/** The caller's way through the menu until they leave it for a person, and why they do. Returns when they leave. */
export function walkMenu(life: Life, at: Instant, plan: MenuPlan): { readonly left: Instant; readonly reason: OptOutReason } {
  const { random } = { random: life.side };
  const { session, dwellMs } = plan;
  const reason = reasonOf(life, at, plan);
  const own = { intents: life.intent('menu', random.between(560, 780)), attributes: { node: `main.${life.topic.family}` } };
  const enter = (more: typeof own | { attributes: { node: string } }): void =>
    void life.say('ivr-pbx', 'ivr', 'nodeEntered', 'voice', at, { ...session, ...more });
  const wait = (ms: number): void => void (at += Math.round(ms));
  const misunderstood = (): void => {
    life.hardship += 0.15;
    wait(random.between(2 * second, 4 * second));
    life.say('ivr-pbx', 'ivr', 'invalidInput', 'voice', at, session);
  };
  const zero = (): void => void life.say('ivr-pbx', 'ivr', 'keyPressed', 'voice', at, { ...session, attributes: { node: 'main', key: '0' } });
  switch (reason) {
    case 'speed':
      enter(own);
      wait(random.between(1 * second, 3 * second));
      zero();
      wait(second);
      break;
    case 'failedRecognition':
      enter(own);
      for (let tries = random.between(2, 3); tries > 0; tries--) misunderstood();
      wait(random.between(1 * second, 4 * second));
      break;
    case 'frustration':
      enter(own);
      wait(random.between(3 * second, 6 * second));
      enter({ attributes: { node: 'main' } });
      wait(random.between(2 * second, 4 * second));
      enter(own);
      wait(random.between(3 * second, 6 * second));
      zero();
      break;
    case 'menuLacksIt':
      enter({ attributes: { node: 'main.other' } });
      wait(Math.min(dwellMs, 12 * second));
      break;
    case 'question':
      enter(own);
      wait(16 * second + dwellMs);
      break;
    case 'unknown':
      enter(own);
      wait(9 * second + dwellMs / 5);
  }
  return { left: at, reason };
}

function reasonOf(life: Life, at: Instant, { lacksIt, inMenuMs }: MenuPlan): OptOutReason {
  const { side } = life;
  const tried = life.triesWithin(7 * day, at) > 0;
  const u = side.next();
  if (tried && u < 0.6) return 'frustration';
  if (lacksIt) return 'menuLacksIt';
  const reason = (['question', 'failedRecognition', 'speed', 'unknown'] as const)[side.weighted([0.32, 0.2, 0.18, 0.3])] as OptOutReason;
  return reason === 'speed' && inMenuMs > 7 * second ? 'unknown' : reason;
}
