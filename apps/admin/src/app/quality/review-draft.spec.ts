import { ReviewDraft } from './review-draft';

const review = { agents: [{ id: 'ag-1', name: 'Ana', inScope: true }], findings: [], empathy: [], note: null };

it('gives a people finding the only agent there is, and never a name to process or technology', () => {
  const draft = new ReviewDraft(review);
  draft.add('people');
  draft.change(draft.add('process'), { agent: 'ag-1', note: ' slow ' });
  expect(draft.deed()).toMatchObject({
    findings: [
      { cause: 'people', agent: 'ag-1', note: null },
      { cause: 'process', agent: null, note: 'slow' },
    ],
  });
});

it('leaves the agent open where several took part', () => {
  const draft = new ReviewDraft({ ...review, agents: [...review.agents, { id: 'ag-2', name: 'Bo', inScope: true }] });
  draft.add('people');
  expect(draft.findings()[0]!.agent).toBeNull();
});

it('speaks only of those of one’s own teams', () => {
  const draft = new ReviewDraft({ ...review, agents: [...review.agents, { id: 'ag-2', name: 'Bo', inScope: false }] });
  draft.add('people');
  expect([draft.agents.map(({ id }) => id), draft.findings()[0]!.agent]).toEqual([['ag-1'], 'ag-1']);
});

it('begins with what was found before, and takes ratings back', () => {
  const draft = new ReviewDraft({ ...review, note: 'read', empathy: [{ agent: 'ag-1', value: 4 }] });
  expect(draft.deed()).toMatchObject({ note: 'read', empathy: [{ agent: 'ag-1', value: 4 }] });
  draft.mark('ag-1', null);
  expect(draft.deed()).toMatchObject({ empathy: [] });
});
