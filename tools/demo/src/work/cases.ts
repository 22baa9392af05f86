import type { Visitor } from './visitor';
import { workId } from './work-id';

interface Case {
  readonly anchor: string;
  readonly state: string;
}

/** The manager takes up what low ratings opened: one customer is won back, one was not reached, the others wait for somebody. Gives how many there are. */
export async function workCases(manager: Visitor, owner: string): Promise<number> {
  const { cases } = await manager.read<{ cases: readonly Case[] }>('/v1/cases?state=all');
  if (cases.some(({ state }) => state !== 'open')) return cases.length;
  const [first, second] = [...cases].sort((a, b) => (a.anchor < b.anchor ? -1 : 1));
  const step = (anchor: string, kind: string, more: object = {}): Promise<unknown> =>
    manager.do(`/v1/cases/${anchor}/steps`, { id: workId('case', anchor, kind), kind, ...more });
  if (first) {
    await step(first.anchor, 'assigned', { owner });
    await step(first.anchor, 'contacted', { note: 'Listened. The customer wants one person who stays with it.' });
    await step(first.anchor, 'gesture', { note: 'One month free, and a direct number.' });
    await step(first.anchor, 'recovered', { note: 'Says it is fine now.' });
  }
  if (second) {
    await step(second.anchor, 'assigned', { owner });
    await step(second.anchor, 'tried', { note: 'No answer at 10 and at 15.' });
  }
  return cases.length;
}
