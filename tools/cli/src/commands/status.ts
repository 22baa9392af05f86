import type { Command } from 'commander';
import { readBacklog } from '../../../start/backlog.mjs';
import type { Context } from '../context';
import { withDatabase } from '../database-connection';
import { parseMetrics, sumOf } from '../metrics-text';
import { count, duration } from '../words';

interface SourceState {
  readonly name: string;
  readonly events: number;
  readonly lastOccurredAt: number | null;
  readonly lastReceivedAt: number | null;
  readonly quarantined: number;
}

interface Delay {
  readonly service: string;
  readonly waiting: number;
}

async function sourcesOf(url: string): Promise<{ sources: SourceState[]; backlog: { accepted: number; unowned: number; unbuilt: number } }> {
  return withDatabase(url, async (client) => {
    const { rows } = await client.query<SourceState>(
      `select s.name, coalesce(e.events, 0)::int as events, (extract(epoch from e.last_occurred) * 1000)::float8 as "lastOccurredAt",
              (extract(epoch from e.last_received) * 1000)::float8 as "lastReceivedAt", coalesce(q.items, 0)::int as quarantined
       from ingestion.read_source s
       left join (select source, count(*) as events, max(occurred_at) as last_occurred, max(received_at) as last_received from ingestion.read_event group by source) e on e.source = s.name
       left join (select source, count(*) as items from ingestion.read_quarantine where state = 'open' group by source) q on q.source = s.name
       where s.disabled_at is null order by s.name`,
    );
    return { sources: rows, backlog: await readBacklog(client) };
  });
}

/** What waits in front of each service's consumers, from its metrics page; a service that does not answer is left out. */
async function delaysOf(health: Readonly<Record<string, string>>): Promise<Delay[]> {
  const pages = await Promise.all(
    Object.entries(health).map(async ([service, address]) => {
      const answer = await fetch(`${address}/metrics`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      return answer?.ok ? { service, waiting: sumOf(parseMetrics(await answer.text()), 'tl_consumer_lag') } : { service, waiting: undefined };
    }),
  );
  return pages.filter((page): page is Delay => page.waiting !== undefined);
}

export function statusCommand(program: Command, context: Context): void {
  program
    .command('status')
    .description('what arrives from whom, how far the hierarchy is behind, and what is not accounted for')
    .option('--json')
    .action(async ({ json }: { json?: boolean }) => {
      const { ink, stack } = context;
      const [{ sources, backlog }, delays] = await Promise.all([sourcesOf(stack.databaseUrl ?? ''), delaysOf(stack.health)]);
      if (json) return context.sayJson({ sources, ...backlog, delays });
      const width = Math.max(...sources.map(({ name }) => name.length), 6);
      for (const { name, events, lastReceivedAt, quarantined } of sources) {
        const last = lastReceivedAt === null ? 'nothing yet' : `last ${duration(Math.max(0, Date.now() - lastReceivedAt))} ago`;
        context.say(
          `${name.padEnd(width)}  ${count(events, 'event').padStart(16)}  ${ink.quiet(last)}${quarantined > 0 ? ink.bad(`  ${quarantined} in quarantine`) : ''}`,
        );
      }
      const { accepted, unowned, unbuilt } = backlog;
      const messages = delays.reduce((sum, { waiting }) => sum + waiting, 0);
      context.say(`\n${count(accepted, 'event')} accepted; waiting: ${count(messages, 'message')}, ${count(unbuilt, 'customer')} to build.`);
      context.say(
        unowned === 0
          ? `${ink.good('✓')} Every accepted event is accounted for.`
          : `${ink.bad('▲')} ${count(unowned, 'accepted event')} not accounted for yet: ask again in a moment, then see .throughline/logs/identity.log.`,
      );
    });
}
