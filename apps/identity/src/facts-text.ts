import type { EventFacts } from '@throughline/domain-identity';

type Packed = [
  revision: number,
  at: number,
  sequence: number,
  end: number,
  flags: number,
  naming: [string, number, number][],
  carriers: string[],
  session: string | null,
  client: string | null,
];

/** An event's facts as short text, for the row of its owner. */
export function packFacts(facts: EventFacts): string {
  const packed: Packed = [
    facts.revision,
    facts.at,
    facts.sequence,
    facts.end - facts.at,
    facts.internal ? 1 : 0,
    facts.naming.map((value) => [value.key, value.rank, (value.subject ? 1 : 0) + (value.verified ? 2 : 0)]),
    facts.carriers as string[],
    facts.session,
    facts.client,
  ];
  return JSON.stringify(packed);
}

export function unpackFacts(id: string, text: string): EventFacts {
  const [revision, at, sequence, lasts, flags, naming, carriers, session, client] = JSON.parse(text) as Packed;
  return {
    id,
    revision,
    at,
    sequence,
    end: at + lasts,
    internal: flags === 1,
    naming: naming.map(([key, rank, bits]) => ({ key, rank, subject: (bits & 1) === 1, verified: (bits & 2) === 2 })),
    carriers,
    session,
    client,
  };
}
