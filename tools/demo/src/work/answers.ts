import type { Instant } from '@throughline/contracts';
import { Refusal, type Visitor } from './visitor';

/** A contact as the rows behind a number name it: `node` is the interaction, `value` its frustration, 0 to 100. */
interface ContactRow {
  readonly customerId: string;
  readonly node: string;
  readonly at: Instant;
  readonly value: number;
  readonly agent: string | null;
}
type Mood = 'let down' | 'so so' | 'content';

/** How many customers of each mood are handed a link. */
const asked: readonly (readonly [Mood, number])[] = [
  ['let down', 5],
  ['so so', 3],
  ['content', 8],
];
const inWords: Readonly<Record<Mood, readonly string[]>> = {
  'let down': [
    'Three people, and I told each of them the whole story from the beginning.',
    'Everybody was sorry. Nobody told me what happens next.',
    'I wrote first, then I called, and nobody knew about the other.',
    'It is the second time this month that I was promised a call.',
    'I do not want an apology, I want it to work.',
  ],
  'so so': ['It is solved, but I had to ask twice.', 'Friendly, and rather slow.', 'The menu had nothing that fitted.'],
  content: [
    'She knew what I had tried already. Five minutes.',
    'He called back when he said he would.',
    'Solved at once, and explained why the bill was higher.',
    'Quick and clear.',
    'I felt taken seriously.',
  ],
};
const marks: Readonly<
  Record<
    Mood,
    {
      readonly csat: readonly number[];
      readonly nps: readonly number[];
      readonly effort: readonly number[];
      readonly solved: 0 | 1;
      readonly empathy: readonly number[];
    }
  >
> = {
  'let down': { csat: [1, 2, 1, 2, 2], nps: [1, 3, 0, 4, 2], effort: [7, 6, 6, 5, 7], solved: 0, empathy: [2, 1, 3, 2, 1] },
  'so so': { csat: [3, 4, 3], nps: [6, 7, 7], effort: [4, 4, 5], solved: 1, empathy: [3, 4, 3] },
  content: { csat: [5, 4, 5, 5], nps: [9, 8, 10, 10], effort: [2, 1, 2, 1], solved: 1, empathy: [5, 4, 5, 4] },
};

/**
 * Customers of the last days are handed a link by the manager, open it and answer: who had a hard time says so. It is what a mail would do in the days to come. The events of the
 * answers come by the platform's own survey. Gives how many answered.
 */
export async function answerSurveys(manager: Visitor, now: Instant): Promise<number> {
  const contacts = (await recentContacts(manager)).filter(({ at, agent }) => at < now && agent !== null);
  const taken = new Set<string>();
  let answered = 0;
  for (const [mood, many] of asked) {
    const ofThem = ofMood(contacts, mood).filter(({ customerId }) => !taken.has(customerId) && taken.add(customerId));
    for (const [place, { node }] of ofThem.slice(0, many).entries()) {
      // Refused to those who have answered already, and to those who do not want to be asked.
      const link = await manager.do<{ url: string }>('/v1/surveys/links', { eventId: node.replace(/^int_/, '') }).catch(noLink);
      if (link === null) continue;
      await answer(link.url, mood, place);
      answered += 1;
    }
    for (const { customerId } of ofThem.slice(many)) taken.delete(customerId);
  }
  return answered;
}

function noLink(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

async function recentContacts(manager: Visitor): Promise<ContactRow[]> {
  const found: ContactRow[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < 10 && cursor !== null; page += 1) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { rows, cursor: next }: { rows: readonly ContactRow[]; cursor: string | null } = await manager.read(
      `/v1/metrics/frustration/rows?range=7d&limit=100${after}`,
    );
    found.push(...rows);
    cursor = next;
  }
  return found;
}

function ofMood(contacts: readonly ContactRow[], mood: Mood): ContactRow[] {
  if (mood === 'let down') return [...contacts].sort((a, b) => b.value - a.value || b.at - a.at);
  return contacts.filter(({ value }) => (mood === 'content' ? value < 8 : value >= 8 && value < 25));
}

/** Opens the page behind a link and sends its form, as a browser without scripts does. */
async function answer(url: string, mood: Mood, place: number): Promise<void> {
  const page = await (await fetch(url)).text();
  const form = new URLSearchParams({ nonce: /name="nonce" value="([^"]+)"/.exec(page)?.[1] ?? '', lang: 'en', do: 'send' });
  const said = marks[mood];
  const of = (values: readonly number[], turn = place): string => String(values[turn % values.length]);
  const fields = new Set([...page.matchAll(/type="(?:radio|checkbox)" name="([^"]+)"/g)].map(([, name]) => name as string));
  let steps = 0;
  for (const name of fields) {
    if (name === 'csat' || name === 'nps' || name === 'effort') form.set(name, of(said[name]));
    else if (name === 'solved') form.set(name, String(said.solved));
    else if (name.endsWith('.e')) form.set(name, of(said.empathy, place + steps++));
    else if (name.endsWith('.f') && mood === 'let down' && steps === 1) form.set(name, firstChoice(page, name));
  }
  if (fields.has('callback') && mood === 'let down' && place % 3 === 0) form.set('callback', 'yes');
  if (place < inWords[mood].length) form.set('comment', inWords[mood][place] as string);
  const response = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
  if (response.status !== 303) throw new Error(`A survey was answered and the page said ${response.status}.`);
}

const firstChoice = (page: string, name: string): string =>
  new RegExp(`name="${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}" value="([^"]+)"`).exec(page)?.[1] ?? '';
