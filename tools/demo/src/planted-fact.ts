import type { Instant } from '@throughline/contracts';
import type { SourceName } from './demo-event';

/** Why a caller left the menu; `unknown`: nothing they did tells. */
export const optOutReasons = ['failedRecognition', 'frustration', 'speed', 'menuLacksIt', 'question', 'unknown'] as const;
export type OptOutReason = (typeof optOutReasons)[number];

/** What was planted behind one call: why its caller left the menu. Named by the event with which the menu began. */
export interface OptOutFact {
  readonly kind: 'optOut';
  readonly source: SourceName;
  readonly sourceEventId: string;
  readonly reason: OptOutReason;
}

/** What became of one issue that has ended. A promised callback is no block of its own. */
export interface IssueFact {
  readonly kind: 'issue';
  readonly person: string;
  /** As the truth of its events names it. */
  readonly issue: string;
  /** Blocks of time that the customer gave to it. */
  readonly blocks: number;
  readonly firstEndAt: Instant;
  /** Start of the second block. */
  readonly secondAt: Instant | null;
  /** Somebody settled it, whether or not it was written down. */
  readonly solved: boolean;
}

export type PlantedFact = OptOutFact | IssueFact;

/** Two agents of one desk: one hears, one only says the words. Everybody else is in between. Means of the empathy that customers give, 1 to 5. */
export const plantedEmpathy = { empathic: { agent: 'ag-technical-22', mean: 4.6 }, scripted: { agent: 'ag-technical-07', mean: 2 }, others: 3.6 } as const;

export const empathyOf = (agent: string): number =>
  agent === plantedEmpathy.empathic.agent
    ? plantedEmpathy.empathic.mean
    : agent === plantedEmpathy.scripted.agent
      ? plantedEmpathy.scripted.mean
      : plantedEmpathy.others;

const weekMs = 7 * 86_400_000;

/** True first-contact resolution, as it was planted: settled in the first block of time, and no second one within seven days. */
export const isSettledAtFirst = ({ solved, firstEndAt, secondAt }: IssueFact): boolean => solved && (secondAt === null || secondAt - firstEndAt > weekMs);
