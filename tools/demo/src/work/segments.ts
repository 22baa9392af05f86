import { Refusal, type Visitor } from './visitor';
import { workId } from './work-id';

interface Draft {
  readonly name: string;
  readonly description: string;
  readonly note: string;
  readonly rule: object;
}

const all = (...of: readonly object[]): object => ({ version: 1, root: { id: 'root', kind: 'group', join: 'all', of } });
const billing = { field: 'family', is: 'isOneOf', value: ['billing'] };

/** What the analyst has published: those who come back, those worth much who are upset, and those whom the chat did not help. */
const drafts: readonly Draft[] = [
  {
    name: 'Repeat callers about billing, not resolved',
    description: 'Two contacts or more about billing in the last 28 days, and none of them with a resolution.',
    note: 'For the billing desk: ring them before they ring again.',
    rule: all({
      id: 'again',
      kind: 'behaviour',
      thing: 'contact',
      where: [billing],
      lastDays: 28,
      measure: { take: 'count' },
      test: { is: 'atLeast', value: 2 },
      none: [{ field: 'outcome', is: 'isOneOf', value: ['resolved'] }],
    }),
  },
  {
    name: 'High value, frustrated in the last 28 days',
    description: 'Customers who bought, and had a contact of at least 25 points of frustration in the last 28 days.',
    note: 'Retention looks at these first.',
    rule: all(
      { id: 'bought', kind: 'customer', field: 'orders', is: 'atLeast', value: 1 },
      {
        id: 'upset',
        kind: 'behaviour',
        thing: 'contact',
        where: [{ field: 'frustration', is: 'atLeast', value: 25 }],
        lastDays: 28,
        measure: { take: 'count' },
        test: { is: 'atLeast', value: 1 },
        none: [],
      },
    ),
  },
  {
    name: 'Chat, then a call within 2 hours',
    description: 'The chat did not settle it: a call followed within two hours, in the last 28 days.',
    note: 'To see what the chat cannot do.',
    rule: all({
      id: 'moved',
      kind: 'sequence',
      first: [{ field: 'channel', is: 'isOneOf', value: ['chat'] }],
      then: [{ field: 'channel', is: 'isOneOf', value: ['voice'] }],
      withinMinutes: 120,
      lastDays: 28,
    }),
  },
];

/** Writes and publishes the segments that are missing, as a person who may do both. Gives how many there are. */
export async function makeSegments(analyst: Visitor): Promise<number> {
  for (const { note, ...draft } of drafts) {
    const id = workId('segment', draft.name);
    const there = await analyst.read<{ version: number | null; draft: { revision: number } }>(`/v1/segments/${id}`).catch((error: unknown) => {
      if (error instanceof Refusal && error.status === 404) return null;
      throw error;
    });
    if (there !== null && there.version !== null) continue;
    const revision = there?.draft.revision ?? (await analyst.do<{ revision: number }>('/v1/segments', { id, ...draft })).revision;
    await analyst.do(`/v1/segments/${id}/publish`, { note, basedOn: revision });
  }
  return drafts.length;
}
