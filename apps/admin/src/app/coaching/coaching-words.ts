import { texts } from '../../texts';
import { formatNumber } from '../ui/format';
import type { MetricReading, Plan, PlanRow } from './coaching-api';

type Reading = Pick<MetricReading, 'unit' | 'of'>;

const digitsOf = ({ unit }: Reading): number => (unit === 'percent' ? 0 : 1);

/** A value in its unit: `71 %`, `4.1 of 5`. */
export function valueWords(value: number, reading: Reading): string {
  const text = formatNumber(value, { digits: digitsOf(reading) });
  return reading.unit === 'percent' ? `${text} %` : reading.of === '' ? text : `${text} ${reading.of}`;
}

/** How far apart two values are: `14 points`, `1.8`. */
export function distanceWords(value: number, reading: Reading): string {
  const text = formatNumber(value, { digits: digitsOf(reading) });
  return reading.unit === 'percent' ? texts.coaching.points(text) : text;
}

/** A difference: `+6.1 points`, `−0.24`. */
export function changeWords(value: number, reading: Reading): string {
  const text = formatNumber(value, { digits: reading.unit === 'percent' ? 1 : 2, signed: true });
  return reading.unit === 'percent' ? `${text} points` : text;
}

/** `Closed: worked`. */
export function stateWords({ state, result }: Pick<PlanRow | Plan, 'state' | 'result'>): string {
  const { states, results } = texts.coaching;
  return result ? `${states[state]}: ${results[result]}` : states[state];
}
