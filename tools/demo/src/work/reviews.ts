import { plantedEmpathy } from '../planted-fact';
import type { Visitor } from './visitor';

interface Review {
  readonly anchor: string;
  readonly version: number;
  readonly state: string;
  readonly at: number | null;
  readonly reasons: readonly { readonly kind: string }[];
  readonly agents: readonly { readonly id: string }[];
}
interface Judgement {
  readonly note: string;
  readonly finding: { readonly cause: 'people' | 'process' | 'technology'; readonly note: string } | null;
  readonly empathy: number | null;
}

/** Of the agent who only says the words: the script is followed, which a reviewer hears and a customer does not feel. */
const ofTheScripted: readonly Judgement[] = [4, 4, 3, 5, 4, 4].map((empathy) => ({
  note: 'Greeting, regret and summary as in the script.',
  finding: null,
  empathy,
}));
const ofOthers: readonly Judgement[] = [
  {
    note: 'The customer told it three times; the agent read out the tariff each time.',
    finding: { cause: 'people', note: 'Never said back what the customer had been through.' },
    empathy: 2,
  },
  {
    note: 'Nobody could have done better: the refund needs a form that only the web has.',
    finding: { cause: 'process', note: 'Refunds under 20 should not need a form.' },
    empathy: null,
  },
  {
    note: 'The desktop showed the wrong contract for half of the call.',
    finding: { cause: 'technology', note: 'The account opens with the oldest contract.' },
    empathy: null,
  },
  { note: 'A hard matter, handled well: the mark is about the bill, not about the person.', finding: null, empathy: 4 },
  {
    note: 'Sent onwards without a word about why.',
    finding: { cause: 'people', note: 'Tell the customer who will answer, and what they know already.' },
    empathy: 2,
  },
  {
    note: 'The technician’s day had been changed, and the desk did not know.',
    finding: { cause: 'process', note: 'Changes of appointments do not reach the desk.' },
    empathy: null,
  },
];

/** Reads some engagements of the queue as the reviewer, and takes one more. What was read before counts. Gives how many were read. */
export async function makeReviews(reviewer: Visitor): Promise<number> {
  const { reviews } = await reviewer.read<{ reviews: readonly Review[] }>('/v1/quality/queue?state=all');
  const waiting = reviews.filter(({ state, at, agents }) => state === 'waiting' && at !== null && agents.length > 0);
  const { agent: scripted } = plantedEmpathy.scripted;
  const took = (review: Review): boolean => review.agents.some(({ id }) => id === scripted);
  const already = reviews.filter(({ state }) => state === 'done').length;
  if (already > 0) return already;
  const [theirs, others] = [waiting.filter(took), varied(waiting.filter((review) => !took(review)))];
  for (const [place, review] of theirs.slice(0, ofTheScripted.length).entries()) await finish(reviewer, review, scripted, ofTheScripted[place]!);
  for (const [place, review] of others.slice(0, ofOthers.length).entries()) await finish(reviewer, review, review.agents[0]!.id, ofOthers[place]!);
  const next = others[ofOthers.length];
  if (next) await reviewer.do(`/v1/quality/reviews/${next.anchor}`, { version: next.version, deed: { kind: 'assign' } });
  return Math.min(theirs.length, ofTheScripted.length) + Math.min(others.length, ofOthers.length);
}

function finish(reviewer: Visitor, { anchor, version }: Review, agent: string, { note, finding, empathy }: Judgement): Promise<unknown> {
  const findings = finding === null ? [] : [{ ...finding, agent: finding.cause === 'people' ? agent : null, eventId: null }];
  return reviewer.do(`/v1/quality/reviews/${anchor}`, {
    version,
    deed: { kind: 'finish', note, findings, empathy: empathy === null ? [] : [{ agent, value: empathy }] },
  });
}

/** One of each reason in turn, so that what is read first is not all of one sort. */
function varied(reviews: readonly Review[]): Review[] {
  const kinds = [...new Set(reviews.map(({ reasons }) => reasons[0]?.kind))];
  const lanes = kinds.map((kind) => reviews.filter(({ reasons }) => reasons[0]?.kind === kind));
  return Array.from({ length: Math.max(0, ...lanes.map((lane) => lane.length)) }, (_, row) => lanes.flatMap((lane) => lane[row] ?? [])).flat();
}
