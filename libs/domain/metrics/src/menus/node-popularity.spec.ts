import type { OptOutReason } from '@throughline/contracts';
import { estimateOf } from '../statistics/estimate';
import { nodePopularity, sumMenu, type MenuVisit, type NodePopularity } from './node-popularity';

const second = 1_000;
type Step = readonly [node: string, dwellMs: number, invalidInputs?: number];

/** One call: its nodes in order, and why it left for a person from the last one; null for a call that did not. */
function call(customerId: string, name: string, steps: readonly Step[], reason: OptOutReason | null): MenuVisit[] {
  return steps.map(([node, dwellMs, invalidInputs = 0], index) => ({
    ...{ customerId, anchor: name, place: index + 1, node, dwellMs, invalidInputs },
    optOut: reason !== null && index === steps.length - 1 ? { reason, confidence: 700, events: [] } : null,
  }));
}

/**
 * Eight calls of five customers, to be counted on paper:
 *
 * | call | customer | way                                | left for a person |
 * | 1    | ada      | entry 4 s, billing 10 s            | question          |
 * | 2    | ada      | entry 6 s, billing 20 s            | frustration       |
 * | 3    | bo       | entry 5 s, billing 3 s ✗✗          | failedRecognition |
 * | 4    | bo       | entry 5 s, billing 4 s, main 2 s, billing 5 s | frustration |
 * | 5    | cyd      | entry 5 s, fault 30 s              | – (served)        |
 * | 6    | cyd      | entry 7 s, fault 8 s               | speed             |
 * | 7    | dot      | entry 9 s ✗                        | – (hung up)       |
 * | 8    | eve      | entry 5 s, billing 12 s            | question          |
 */
const week: readonly MenuVisit[] = [
  ...call('ada', '1', [['entry', 4 * second], ['billing', 10 * second]], 'question'), // prettier-ignore
  ...call('ada', '2', [['entry', 6 * second], ['billing', 20 * second]], 'frustration'), // prettier-ignore
  ...call('bo', '3', [['entry', 5 * second], ['billing', 3 * second, 2]], 'failedRecognition'), // prettier-ignore
  ...call('bo', '4', [['entry', 5 * second], ['billing', 4 * second], ['main', 2 * second], ['billing', 5 * second]], 'frustration'), // prettier-ignore
  ...call('cyd', '5', [['entry', 5 * second], ['fault', 30 * second]], null), // prettier-ignore
  ...call('cyd', '6', [['entry', 7 * second], ['fault', 8 * second]], 'speed'), // prettier-ignore
  ...call('dot', '7', [['entry', 9 * second, 1]], null),
  ...call('eve', '8', [['entry', 5 * second], ['billing', 12 * second]], 'question'), // prettier-ignore
];
const nodeOf = (name: string): NodePopularity => nodePopularity(sumMenu(week)).find(({ node }) => node === name)!;

describe('the nodes of a menu', () => {
  it('are told with the most popular first, whatever order their visits come in', () => {
    expect(nodePopularity(sumMenu(week)).map(({ node, calls, visits }) => [node, calls, visits])).toEqual([
      ['entry', 8, 8],
      ['billing', 5, 6],
      ['fault', 2, 2],
      ['main', 1, 1],
    ]);
    expect(nodePopularity(sumMenu([...week].reverse()))).toEqual(nodePopularity(sumMenu(week)));
  });

  it('have the share of calls that came, with the interval that knows of callers who ring twice', () => {
    const { reach } = nodeOf('billing');
    expect(reach).toEqual({ n: 8, sum: 5, customers: 5, sumSquared: 4 + 4 + 1, sumTimesRows: 4 + 4 + 1, rowsSquared: 4 + 4 + 4 + 1 + 1 });
    const { value, interval } = estimateOf('percent', reach);
    expect(value).toBe(5 / 8);
    expect(interval!.low).toBeLessThan(0.3);
    expect(interval!.high).toBeGreaterThan(0.8);
  });

  it('are a first choice where a caller went from where the call began: who hung up there has chosen nothing', () => {
    expect(nodeOf('billing').firstChoice).toMatchObject({ n: 7, sum: 5, customers: 4 });
    expect(nodeOf('fault').firstChoice).toMatchObject({ n: 7, sum: 2 });
    expect(nodeOf('entry').firstChoice).toMatchObject({ n: 7, sum: 0 });
  });

  it('count steps back, inputs that were not understood and calls that ended there without a person', () => {
    expect(nodeOf('billing')).toMatchObject({ again: 1, invalidInputs: 2, ended: 0 });
    expect(nodeOf('entry')).toMatchObject({ again: 0, invalidInputs: 1, ended: 1 });
  });

  it('have the median of their dwell, between the two in the middle', () => {
    // 3, 4, 5, 10, 12, 20
    expect(nodeOf('billing').medianDwellMs).toBe(7.5 * second);
    // 4, 5, 5, 5, 5, 6, 7, 9
    expect(nodeOf('entry').medianDwellMs).toBe(5 * second);
  });

  it('say why callers left them for a person, the most frequent reason first', () => {
    expect(nodeOf('billing').optOut).toMatchObject({ n: 5, sum: 5, customers: 3 });
    expect(nodeOf('billing').reasons).toEqual([
      { reason: 'frustration', count: 2 },
      { reason: 'question', count: 2 },
      { reason: 'failedRecognition', count: 1 },
    ]);
    expect(nodeOf('entry').reasons).toEqual([]);
  });

  it('keep to themselves what fewer than five calls did there', () => {
    expect(nodeOf('fault')).toMatchObject({ calls: 2, isSuppressed: true, reasons: null, ended: null, medianDwellMs: null, again: null, invalidInputs: null });
    expect(nodeOf('billing').isSuppressed).toBe(false);
  });

  it('are none without visits', () => expect(nodePopularity(sumMenu([]))).toEqual([]));
});
