import type { Command } from 'commander';
import type { QuarantineEntry, QuarantineItem, ReplayRequest, ReplayResult } from '@throughline/contracts';
import type { Context } from '../context';
import { UsageError } from '../usage-error';
import { count } from '../words';

interface Filter {
  readonly reason?: string;
  readonly source?: string;
  readonly limit?: string;
}

export function quarantineCommands(program: Command, context: Context): void {
  const quarantine = program.command('quarantine').description('what was accepted but could not be read: look at it, mend it, try it again');
  quarantine
    .command('ls')
    .description('what is kept aside')
    .option('--reason <reason>')
    .option('--source <source>')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json')
    .action(async ({ json, ...filter }: Filter & { json?: boolean }) => {
      const query = new URLSearchParams(Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined));
      const answer = await context.api.ask<readonly QuarantineEntry[] | { items: readonly QuarantineEntry[] }>('GET', `/v1/quarantine?${query}`, 'admin');
      const entries = 'items' in answer ? answer.items : answer;
      if (json) return context.sayJson(entries);
      if (entries.length === 0) return context.say('Nothing is kept aside.');
      for (const entry of entries) {
        context.say(
          `${entry.id}  ${context.calendar.day(entry.receivedAt)} ${context.calendar.time(entry.receivedAt)}  ${entry.source}  ${context.ink.bad(entry.reason)}${entry.pointer ? ` at ${entry.pointer}` : ''}`,
        );
        if (entry.fix) context.say(context.ink.quiet(`  ${entry.fix}`));
      }
      context.say(
        context.ink.quiet(`${count(entries.length, 'item')}. Look: npx throughline quarantine show <id>. Try again: npx throughline quarantine replay <id>`),
      );
    });
  quarantine
    .command('show')
    .description('one item with the record as it was posted, redacted')
    .argument('<id>')
    .action(async (id: string) => context.sayJson(await context.api.ask<QuarantineItem>('GET', `/v1/quarantine/${encodeURIComponent(id)}`, 'admin')));
  quarantine
    .command('replay')
    .description('try items again, by id or by reason; --edit mends one first')
    .argument('[ids...]')
    .option('--reason <reason>', 'all of this reason')
    .option('--source <source>', 'only of this source')
    .option('--limit <n>', 'at most so many')
    .option('--edit <json>', 'fields to replace in the one named item; null removes one')
    .option('--dry-run', 'say what would come of it, change nothing')
    .action(async (ids: string[], options: Filter & { edit?: string; dryRun?: boolean }) => {
      if (ids.length === 0 && !options.reason) throw new UsageError('Say which: ids, or --reason (see `npx throughline quarantine ls`).');
      const request = {
        ...(ids.length > 0 ? { ids } : {}),
        ...(options.reason ? { reason: options.reason } : {}),
        ...(options.source ? { source: options.source } : {}),
        ...(options.limit ? { limit: Number(options.limit) } : {}),
        ...(options.edit ? { edit: parseEdit(options.edit) } : {}),
        dryRun: options.dryRun ?? false,
        by: context.by,
      } as ReplayRequest;
      const result = await context.api.ask<ReplayResult>('POST', '/v1/quarantine/replay', 'admin', request);
      for (const item of result.items.filter(({ reason }) => reason))
        context.say(`${item.id}  ${item.status}: ${item.reason ?? ''}${item.pointer ? ` at ${item.pointer}` : ''}${item.fix ? `. ${item.fix}` : ''}`);
      context.say(
        `${count(result.tried, 'item')} tried, ${result.replayed} ${options.dryRun ? 'would be' : ''} accepted now, ${result.stillQuarantined} still kept aside.`.replace(
          '  ',
          ' ',
        ),
      );
      if (result.stillQuarantined > 0) process.exitCode = 2;
    });
}

function parseEdit(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // said below
  }
  throw new UsageError(`--edit is a JSON object of fields, such as '{"occurredAt":"2026-03-01T09:00:00Z"}'.`);
}
