import type { Command } from 'commander';
import type { Context } from '../context';
import { count, duration } from '../words';

/** Answer of `GET /v1/status`. */
interface Status {
  readonly sources: readonly { readonly name: string; readonly events: number; readonly lastOccurredAt: number | null }[];
  readonly accepted: number;
  readonly unaccounted: number;
  readonly failed: number;
  readonly quarantined: number;
  readonly customers: number;
  readonly unbuilt: number;
  readonly oldestUnbuiltSeconds: number;
  readonly failedCustomers: number;
  readonly settings: { readonly version: number; readonly done: number; readonly total: number };
}

/** A source that was never silent for this long and now is. */
const silentMs = 24 * 3_600_000;

export function statusCommand(program: Command, context: Context): void {
  program
    .command('status')
    .description('what arrives from whom, how far the hierarchy is behind, and what is not accounted for')
    .option('--json')
    .action(async ({ json }: { json?: boolean }) => {
      const status = await context.api.ask<Status>('GET', '/v1/status', 'read');
      if (json) return context.sayJson(status);
      const { ink } = context;
      const newest = Math.max(...status.sources.map(({ lastOccurredAt }) => lastOccurredAt ?? 0));
      const width = Math.max(...status.sources.map(({ name }) => name.length), 6);
      for (const { name, events, lastOccurredAt } of status.sources) {
        const behind = newest - (lastOccurredAt ?? 0);
        const last = lastOccurredAt === null ? 'nothing yet' : `until ${context.calendar.span(lastOccurredAt, lastOccurredAt)}`;
        context.say(
          `${name.padEnd(width)}  ${count(events, 'event').padStart(16)}  ${ink.quiet(last)}${behind > silentMs ? ink.bad(`  ${duration(behind)} behind the others`) : ''}`,
        );
      }
      context.say(`\n${count(status.accepted, 'event')} accepted, ${count(status.customers, 'customer')} known.`);
      const wrong = [
        status.quarantined > 0 ? `${count(status.quarantined, 'record')} in quarantine: npx throughline quarantine ls` : '',
        status.failed > 0 ? `${count(status.failed, 'event')} set aside by identity: npx throughline reviews` : '',
        status.failedCustomers > 0 ? `${count(status.failedCustomers, 'customer')} could not be built: npx throughline reviews` : '',
        status.settings.done < status.settings.total
          ? `version ${status.settings.version} of the settings: ${status.settings.done} of ${count(status.settings.total, 'customer')} rebuilt`
          : '',
        status.unbuilt > 0 ? `${count(status.unbuilt, 'customer')} to build, the oldest for ${duration(status.oldestUnbuiltSeconds * 1000)}` : '',
        status.unaccounted > 0
          ? `${count(status.unaccounted, 'accepted event')} not accounted for yet: ask again in a moment, then see .throughline/logs/identity.log`
          : '',
      ].filter(Boolean);
      for (const words of wrong) context.say(`${ink.bad('▲')} ${words}`);
      if (status.unaccounted === 0) context.say(`${ink.good('✓')} Every accepted event is accounted for.`);
    });
  program
    .command('reviews')
    .description('what waits for a person: refused links, shared values, what could not be built')
    .option('--json')
    .action(async ({ json }: { json?: boolean }) => {
      const { items } = await context.api.ask<{ items: readonly { id: string; kind: string; detail: string; customerId: string | null }[] }>(
        'GET',
        '/v1/reviews',
        'read',
      );
      if (json) return context.sayJson(items);
      if (items.length === 0) return context.say('Nothing waits for a person.');
      for (const { kind, detail, customerId } of items)
        context.say(`${context.ink.bad('◆')} ${kind}: ${detail}${customerId ? context.ink.quiet(`  customer ${customerId}`) : ''}`);
    });
}
