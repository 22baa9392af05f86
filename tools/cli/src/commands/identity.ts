import type { Command } from 'commander';
import { v7 as uuidv7 } from 'uuid';
import type { Decision, RecordReply } from '@throughline/contracts';
import type { Context } from '../context';
import { refusal } from '../api-client';
import { parseIdentifier } from '../identifier-argument';
import { UsageError } from '../usage-error';

interface Because {
  readonly reason?: string;
}

type Word = Decision extends infer Each ? (Each extends Decision ? Omit<Each, 'id' | 'at' | 'by' | 'reason'> : never) : never;

async function decide(context: Context, word: Word, { reason }: Because, said: string): Promise<void> {
  const decision = { ...word, id: uuidv7(), at: Date.now(), by: context.by, ...(reason ? { reason } : {}) };
  const reply = await context.api.ask<RecordReply>('POST', '/v1/decisions', 'admin', decision);
  if (reply.kind === 'refused') throw new UsageError(reply.reason);
  context.say(`${said} Take it back with: npx throughline withdraw ${reply.id}`);
}

export function identityCommands(program: Command, context: Context): void {
  const identifier = 'an e-mail address, a phone number, kind:value or kind:namespace:value';
  program
    .command('link')
    .description('say that two identifiers belong to one customer')
    .argument('<a>', identifier)
    .argument('<b>', identifier)
    .option('--household', 'they belong together in one view, nothing is merged')
    .option('--reason <text>')
    .action((a: string, b: string, options: Because & { household?: boolean }) =>
      decide(
        context,
        { kind: options.household ? 'household' : 'same', a: parseIdentifier(a), b: parseIdentifier(b) },
        options,
        `${a} and ${b} are ${options.household ? 'one household' : 'one customer'} now.`,
      ),
    );
  program
    .command('unlink')
    .description('say that two identifiers belong to different customers')
    .argument('<a>', identifier)
    .argument('<b>', identifier)
    .option('--reason <text>')
    .action((a: string, b: string, options: Because) =>
      decide(context, { kind: 'different', a: parseIdentifier(a), b: parseIdentifier(b) }, options, `${a} and ${b} are kept apart now.`),
    );
  program
    .command('assign')
    .description('say that a shared or moved identifier was one customer’s for a time')
    .argument('<value>', identifier)
    .requiredOption('--to <identifier>', 'an identifier of that customer')
    .requiredOption('--from <time>', 'RFC 3339')
    .option('--until <time>', 'RFC 3339; left out: for good')
    .option('--reason <text>')
    .action((value: string, options: Because & { to: string; from: string; until?: string }) =>
      decide(
        context,
        {
          kind: 'assign',
          value: parseIdentifier(value),
          to: parseIdentifier(options.to),
          from: instantOf(options.from),
          ...(options.until ? { until: instantOf(options.until) } : {}),
        },
        options,
        `${value} counts for ${options.to} in that time now.`,
      ),
    );
  program
    .command('withdraw')
    .description('take back a decision or a correction: the world is as if it had never been made')
    .argument('<id>', 'the id that link, unlink, split, join, move or relabel said')
    .action(async (id: string) => {
      for (const path of ['/v1/decisions', '/v1/corrections']) {
        const answer = await context.api.try('DELETE', `${path}/${encodeURIComponent(id)}`, 'admin', { by: context.by });
        const kind = (answer.body as { kind?: string } | null)?.kind;
        if (answer.status === 404 || kind === 'notFound') continue;
        if (answer.status >= 300) throw refusal(answer, 'admin');
        context.say(kind === 'repeated' ? 'It was taken back before.' : 'Taken back.');
        return;
      }
      throw new UsageError(`No decision or correction has the id ${id}.`);
    });
}

function instantOf(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new UsageError(`"${text}" is no time: write it like 2026-03-01T09:00:00Z.`);
  return instant;
}
