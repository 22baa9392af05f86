import type { Question } from '@throughline/contracts';
import { counts, excluded, suppressedBelow, type Metric } from './metric';

const otherQuestion = 'otherQuestion';

/** A metric over the answers to one question; the value is made from the mark. */
function answers(
  question: Question,
  valueOf: (mark: number) => number,
  words: Pick<Metric, 'id' | 'version' | 'title' | 'unit' | 'formula' | 'numerator' | 'denominator' | 'of'>,
): Metric<'answer'> {
  return {
    ...words,
    ink: 'said',
    better: 'higher',
    row: 'answer',
    datedBy: 'at',
    exclusions: { [otherQuestion]: 'Answers to other questions.' },
    minimumN: suppressedBelow,
    notBy: [],
    contribute: (row) => (row.question === question ? counts(valueOf(row.value)) : excluded(otherQuestion)),
  };
}

export const csat = answers('csat', (mark) => mark, {
  id: 'csat',
  version: 1,
  title: 'Satisfaction (CSAT)',
  unit: 'mean',
  formula: 'The mean mark, 1 to 5, that customers gave for their satisfaction.',
  numerator: 'the sum of the marks',
  denominator: 'answers to the question on satisfaction in the period',
  of: 'of 5',
});

export const csatTopBox = answers('csat', (mark) => Number(mark === 5), {
  id: 'csat.topBox',
  version: 1,
  title: 'Very satisfied',
  unit: 'percent',
  formula: 'The share of answers on satisfaction with the highest mark, 5.',
  numerator: 'answers with mark 5',
  denominator: 'answers to the question on satisfaction in the period',
  of: '',
});

export const nps = answers('nps', (mark) => (mark >= 9 ? 1 : mark <= 6 ? -1 : 0), {
  id: 'nps',
  version: 1,
  title: 'Would recommend (NPS)',
  unit: 'nps',
  formula: 'The share of promoters (9 or 10 of 10) less the share of detractors (0 to 6), in points from −100 to 100.',
  numerator: 'promoters less detractors',
  denominator: 'answers to the question on recommendation in the period',
  of: 'points',
});

export const empathy = answers('empathy', (mark) => mark, {
  id: 'empathy',
  version: 1,
  title: 'Empathy, mean mark',
  unit: 'mean',
  formula: 'The mean mark, 1 to 5, that customers gave for feeling understood.',
  numerator: 'the sum of the marks',
  denominator: 'answers to the question on empathy in the period',
  of: 'of 5',
});

export const empathyTopBox = answers('empathy', (mark) => Number(mark === 5), {
  id: 'empathy.topBox',
  version: 1,
  title: 'Felt understood (empathy)',
  unit: 'percent',
  formula: 'The share of answers on empathy with the highest mark, 5: marks crowd at the top, so the share tells more than the mean.',
  numerator: 'answers with mark 5',
  denominator: 'answers to the question on empathy in the period',
  of: '',
});
