import type { CanonicalEvent, Instant } from '@throughline/contracts';

/** The systems of the simulated contact centre, each one configured source with its own write key. */
export const sources = ['ivr-pbx', 'acd', 'agent-desktop', 'chat', 'mail', 'web', 'app', 'crm', 'orders', 'field', 'survey', 'campaign'] as const;
export type SourceName = (typeof sources)[number];

/** What the platform has to be told of each source. At the node `main` a key is a choice, not a number somebody types in. */
export const sourceSettings: readonly { readonly name: SourceName; readonly menuNodes?: readonly string[] }[] = sources.map((name) =>
  name === 'ivr-pbx' ? { name, menuNodes: ['main'] } : { name },
);

/** An event as a source of the centre sends it: the canonical form without what only the platform can know. */
export interface DemoEvent extends Omit<CanonicalEvent, 'id' | 'receivedAt' | 'source' | 'aboutEventId'> {
  readonly source: SourceName;
  /** Feedback only: the event of another source that it was asked about. */
  readonly about?: { readonly source: SourceName; readonly sourceEventId: string };
}

/** What the simulator planted behind one event. */
export interface EventTruth {
  readonly person: string;
  /** The block of time that the customer gave; null for what is no part of one. */
  readonly interaction: string | null;
  /** The issues behind it; two where one block of time served two issues; none for what belongs to no issue. */
  readonly engagements: readonly string[];
}

/** Hears every event in the moment it is made; `trueAt` is when it really was over, before a wrong clock touched it. */
export type Emit = (event: DemoEvent, truth: EventTruth, trueAt: Instant) => void;
