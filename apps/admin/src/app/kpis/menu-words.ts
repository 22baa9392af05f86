import { texts } from '../../texts';
import { channelName } from '../ui/channel';
import { formatMoment, formatNumber } from '../ui/format';
import { halfOf } from './kpi-figures';
import type { Figure, OptOut } from './kpis-api';

const words = texts.menus;
type Sign = OptOut['evidence'][number];

/** A node as people call it: its own name, but for the place where a call begins when nobody named that. */
export const nodeName = (node: string): string => (node === 'entry' ? words.entry : node);

/** `37.5 % ± 4.1`; a dash where there is none, and words where so few calls stand behind it that it is not told. */
export function shareText(figure: Figure): string {
  if (figure.isSuppressed) return words.few;
  if (figure.value === null) return '–';
  const half = halfOf(figure);
  const value = `${formatNumber(figure.value, { digits: figure.decimals })} %`;
  return half === null ? value : `${value} ± ${formatNumber(half, { digits: figure.decimals })}`;
}

/** What the evidence shows, in the order of time; the same sign several times is one line. Times are told in the zone of the report. */
export function signWords(evidence: readonly Sign[], zone: string): string[] {
  const lines = new Map<string, { readonly sign: Sign; count: number }>();
  for (const sign of evidence) {
    const key = sign.kind === 'earlierContact' || sign.kind === 'talk' ? sign.eventId : `${sign.kind} ${sign.node}`;
    const line = lines.get(key);
    if (line) line.count += 1;
    else lines.set(key, { sign, count: 1 });
  }
  return [...lines.values()].map(({ sign, count }) => wordsOf(sign, count, zone));
}

function wordsOf({ kind, at, channel, node, family }: Sign, count: number, zone: string): string {
  const { signs } = words;
  const place = nodeName(node ?? 'entry');
  switch (kind) {
    case 'earlierContact':
      return signs.earlierContact(channelName(channel), formatMoment(at, zone));
    case 'notUnderstood':
      return signs.notUnderstood(count);
    case 'askedForPerson':
      return signs.askedForPerson(count);
    case 'cameBack':
      return signs.cameBack(place, count);
    case 'atNode':
      return signs.atNode(place);
    case 'talk':
      return signs.talk(family === null ? null : texts.customers.families[family]);
  }
}
