import type { CanonicalEvent } from '@throughline/contracts';
import { engagementSteps, type EventOfTransaction } from './engagement-steps';
import { minute, noon } from './test-engagements';

const said = (transaction: string, id: string, more: Partial<CanonicalEvent> & Pick<CanonicalEvent, 'system' | 'type' | 'channel'>): EventOfTransaction => ({
  transaction,
  event: { id, occurredAt: noon, sourceSequence: 0, presence: 'live', purpose: 'service', ...more },
});

it('makes one step of a transaction, named by its last live event, with the agent who ended it', () => {
  const events = [
    said('call', 'c3', { system: 'agent', type: 'wrappedUp', channel: 'voice', presence: 'away', occurredAt: noon + 9 * minute, agent: 'bo' }),
    said('call', 'c2', { system: 'agent', type: 'ended', channel: 'voice', occurredAt: noon + 5 * minute, agent: 'bo' }),
    said('call', 'c1', { system: 'agent', type: 'connected', channel: 'voice', agent: 'ana' }),
  ];
  expect(engagementSteps(events)).toEqual([
    { eventId: 'c2', startAt: noon, endAt: noon + 5 * minute, system: 'agent', channel: 'voice', agent: 'bo', live: true, visit: null },
  ]);
});

it('tells a visit that took place from one that was missed and one that was moved', () => {
  const visit = (transaction: string, ...types: ('booked' | 'missed' | 'moved' | 'arrived')[]): EventOfTransaction[] =>
    types.map((type, index) =>
      said(transaction, `${transaction}${index}`, {
        system: 'field',
        type,
        channel: 'field',
        presence: type === 'arrived' ? 'live' : 'away',
        occurredAt: noon + index,
      }),
    );
  const steps = engagementSteps([...visit('a', 'booked'), ...visit('b', 'booked', 'missed'), ...visit('c', 'moved'), ...visit('d', 'missed', 'arrived')]);
  expect(steps.map(({ visit: took, live }) => [took, live])).toEqual([
    [null, false],
    ['missed', false],
    ['moved', false],
    ['done', true],
  ]);
});

it('counts neither feedback nor monitoring as a step', () => {
  const events = [
    said('s', 's1', { system: 'survey', type: 'answered', channel: 'email', purpose: 'feedback' }),
    said('m', 'm1', { system: 'agent', type: 'monitored', channel: 'voice', presence: 'observer' }),
  ];
  expect(engagementSteps(events)).toEqual([]);
});
