import type { Database } from '@throughline/database';
import type { MessageBus, OutboxRelay } from '@throughline/messaging';
import type { Metrics } from './metrics';

/** The metrics that every service has: its pool, its outbox and its part of the bus. */
export function observePlatform(options: { metrics: Metrics; database: Database; bus: MessageBus; relay: OutboxRelay | undefined }): void {
  const { metrics, database, bus, relay } = options;
  const wait = metrics.histogram('tl_pool_wait_seconds', 'How long work waited for a database connection');
  database.onPoolWait((waitMs) => wait.observe(waitMs / 1_000));
  metrics.gauge('tl_pool_connections', 'Database connections by state', ['state'], (gauge) => {
    const { total, idle, waiting } = database.poolState();
    gauge.set({ state: 'used' }, total - idle);
    gauge.set({ state: 'idle' }, idle);
    gauge.set({ state: 'wanted' }, waiting);
  });
  const counts: [name: string, help: string, key: keyof MessageBus['counts']][] = [
    ['tl_published_total', 'Messages that the broker stored for this service', 'published'],
    ['tl_handled_total', 'Messages handled and acknowledged', 'handled'],
    ['tl_redelivered_total', 'Messages that came more than once', 'redelivered'],
    ['tl_failed_batches_total', 'Batches that failed and came again', 'failedBatches'],
    ['tl_undecodable_total', 'Messages dropped because no known schema reads them', 'undecodable'],
  ];
  for (const [name, help, key] of counts) metrics.gauge(name, help, [], (gauge) => gauge.set(bus.counts[key]));
  metrics.gauge('tl_consumer_lag', 'Messages that wait for a consumer', ['consumer'], async (gauge) => {
    // A scrape must not wait for a broker that is away.
    if (!bus.ready()) return;
    for (const [consumer, waiting] of Object.entries(await bus.lag())) gauge.set({ consumer }, waiting);
  });
  if (relay)
    metrics.gauge('tl_outbox_oldest_seconds', 'Age of the oldest message that is not published', [], async (gauge) => gauge.set(await relay.oldestSeconds()));
}
