import type { SourceSettings } from '@throughline/contracts';

/** What a source's adapter makes of one record of its protocol: a posted event, or the reason why it can have no id. */
export type Adapted =
  | { readonly kind: 'posted'; readonly posted: unknown }
  | { readonly kind: 'rejected'; readonly reason: string; readonly pointer: string; readonly fix: string };

/** One protocol. Pure: the record carries all that it needs (a batch's outer fields are merged into its records before). */
export interface Adapter {
  readonly name: 'events' | 'segment' | 'cloudevents' | 'posthog' | 'snowplow';
  /** Top-level fields of the record that differ between two deliveries of one event. */
  readonly transport: ReadonlySet<string>;
  adapt(record: Record<string, unknown>, source: SourceSettings, receivedAt: number): Adapted;
}
