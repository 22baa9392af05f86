import type { PostedEvent } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';

/** Keeps events until ingestion has accepted them, in the transaction that makes what they tell. */
export async function storeEvents(tx: Transaction, anchor: string, events: readonly PostedEvent[]): Promise<void> {
  const inOrder = [...events].sort((a, b) => (a.sourceEventId < b.sourceEventId ? -1 : 1));
  await tx.insertMany(
    'feedback.posted_event',
    {
      anchor: { type: 'uuid', values: inOrder.map(() => anchor) },
      source_event_id: { type: 'text', values: inOrder.map(({ sourceEventId }) => sourceEventId) },
      revision: { type: 'integer', values: inOrder.map(({ revision }) => revision ?? 0) },
      body: { type: 'json', values: inOrder.map((event) => JSON.stringify(event)) },
    },
    'on conflict (anchor, source_event_id, revision) do nothing',
  );
}
