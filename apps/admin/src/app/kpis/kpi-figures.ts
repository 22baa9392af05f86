import type { MetricOverview } from '../../api/schema';
import { texts } from '../../texts';
import { channelName } from '../ui/channel';
import type { Direction } from '../ui/delta';
import { formatNumber, intentName } from '../ui/format';
import type { Dimension } from './kpi-address';
import type { Change, Definition, Figure } from './kpis-api';

/** What stands small behind a value. */
export const unitOf = ({ unit, of }: Definition): string => (unit === 'percent' ? '%' : unit === 'nps' ? '' : of);

/** Half of the interval's width; nothing where there is none. */
export const halfOf = ({ low, high }: Figure): number | null => (low === null || high === null ? null : (high - low) / 2);

/** A value as text: `58.2`, `+18`, a dash where there is none. */
export function valueText(definition: Definition, figure: Figure): string {
  return figure.value === null ? '–' : formatNumber(figure.value, { digits: figure.decimals, signed: definition.unit === 'nps' });
}

/** The sentence of a change, without what it is compared with: that stands in the controls. */
export function shortChange(change: Change, than: string | undefined): string {
  return than === undefined ? change.words : change.words.replace(` than ${than}`, '').replace(` with ${than}`, '');
}

export const directionOf = ({ direction }: Change): Direction => (direction === 'better' || direction === 'worse' ? direction : 'none');

/** A difference in the metric's unit, signed: `−3.1`. */
export const signed = (value: number, digits = 1): string => formatNumber(value, { digits, signed: true });

/** What chosen values are called, by dimension and value: the server knows it of agents, teams and segments. */
export type ChosenNames = MetricOverview['asked']['names'];

/** Chosen values in words. An id that the server has not named yet is not shown. */
export const namesOfValues = (dimension: Dimension, values: readonly string[], names: ChosenNames | undefined): string =>
  values
    .map((value) =>
      sliceName(dimension, value, dimension === 'agent' || dimension === 'team' || dimension === 'segment' ? (names?.[dimension]?.[value] ?? '…') : value),
    )
    .join(', ');

/** What a value of a dimension is called. */
export function sliceName(dimension: Dimension, slice: string | null, label = slice ?? ''): string {
  if (slice === null || slice === '~') return texts.kpis.unknown;
  if (dimension === 'channel') return channelName(slice);
  return dimension === 'intent' || dimension === 'family' ? intentName(label) : label;
}
