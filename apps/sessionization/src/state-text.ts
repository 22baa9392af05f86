import type { JourneyHead } from '@throughline/domain-hierarchy';

type Reading = NonNullable<JourneyHead['tail']>[number];
type Facts = Pick<Reading, 'keys' | 'intent' | 'ending' | 'outcome' | 'aboutEventId'>;

/** A reading as numbers: those of texts are places in `texts`, -1 for none; times count from the first reading; `facts` only where there are any. */
type PackedReading = [
  id: string,
  at: number,
  sequence: number,
  lasts: number,
  source: number,
  system: number,
  channel: number,
  stream: number,
  session: number,
  agent: number,
  queue: number,
  flags: number,
  links: number[] | 0,
  facts?: Facts,
];

interface PackedHead extends Omit<JourneyHead, 'tail'> {
  readonly tail: null | { readonly from: number; readonly texts: readonly string[]; readonly readings: readonly PackedReading[] };
}

const flags = ['live', 'side', 'byAgent', 'placed', 'ends', 'attempt'] as const;

/** A customer's kept state as text. Readings of one contact say nearly the same, so each text stands there once: a third of plain JSON, which is written with every change. */
export function packHead(head: JourneyHead): string {
  return JSON.stringify({ ...head, tail: head.tail && packTail(head.tail) } satisfies PackedHead);
}

export function unpackHead(text: string): JourneyHead {
  const { tail, ...rest } = JSON.parse(text) as PackedHead;
  return { ...rest, tail: tail && tail.readings.map((packed) => unpackReading(packed, tail.from, tail.texts)) };
}

function packTail(tail: readonly Reading[]): PackedHead['tail'] {
  const from = tail[0]?.occurredAt ?? 0;
  const places = new Map<string, number>();
  const placeOf = (text: string | undefined): number => {
    if (text === undefined) return -1;
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, places.size);
    return places.size - 1;
  };
  const readings = tail.map((reading): PackedReading => {
    const { keys, intent, ending, outcome, aboutEventId } = reading;
    let bits = 0;
    for (let bit = 0; bit < flags.length; bit += 1) if (reading[flags[bit]!]) bits |= 1 << bit;
    const packed: PackedReading = [
      reading.id,
      reading.occurredAt - from,
      reading.sourceSequence,
      reading.endAt - reading.occurredAt,
      placeOf(reading.source),
      placeOf(reading.system),
      placeOf(reading.channel),
      placeOf(reading.stream),
      placeOf(reading.sessionKey),
      placeOf(reading.agent),
      placeOf(reading.queue),
      bits,
      reading.links ? reading.links.map(placeOf) : 0,
    ];
    if (keys || intent || ending || outcome || aboutEventId) packed.push({ keys, intent, ending, outcome, aboutEventId });
    return packed;
  });
  return { from, texts: [...places.keys()], readings };
}

function unpackReading(packed: PackedReading, from: number, texts: readonly string[]): Reading {
  const [id, at, sequence, lasts, source, system, channel, stream, session, agent, queue, bits, links, facts] = packed;
  const reading: Record<string, unknown> = {
    id,
    occurredAt: from + at,
    sourceSequence: sequence,
    endAt: from + at + lasts,
    source: texts[source],
    system: texts[system],
    channel: texts[channel],
    stream: texts[stream],
  };
  if (session >= 0) reading['sessionKey'] = texts[session];
  if (agent >= 0) reading['agent'] = texts[agent];
  if (queue >= 0) reading['queue'] = texts[queue];
  for (let bit = 0; bit < flags.length; bit += 1) if (bits & (1 << bit)) reading[flags[bit]!] = true;
  if (links) reading['links'] = links.map((place) => texts[place]!);
  return Object.assign(reading, facts) as unknown as Reading;
}
