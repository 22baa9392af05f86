import type { Command } from 'commander';
import { v7 as uuidv7 } from 'uuid';
import { vocabulary, type Correction, type Family, type RecordReply } from '@throughline/contracts';
import type { Context } from '../context';
import { parseEventOrNode } from '../identifier-argument';
import { UsageError } from '../usage-error';

type Level = 'interaction' | 'engagement';
type Word = Correction extends infer Each ? (Each extends Correction ? Omit<Each, 'id' | 'at' | 'by' | 'reason'> : never) : never;

async function correct(context: Context, word: Word, reason: string | undefined, said: string): Promise<void> {
  const correction = { ...word, id: uuidv7(), at: Date.now(), by: context.by, ...(reason ? { reason } : {}) };
  const reply = await context.api.ask<RecordReply>('POST', '/v1/corrections', 'admin', correction);
  if (reply.kind === 'refused') throw new UsageError(reply.reason);
  context.say(`${said} It survives every rebuild; take it back with: npx throughline withdraw ${reply.id}`);
}

function levelOf(asked: string | undefined, named: Level | undefined): Level {
  if (asked === undefined) return named ?? 'engagement';
  if (asked !== 'interaction' && asked !== 'engagement') throw new UsageError(`--level is interaction or engagement, not "${asked}".`);
  return asked;
}

interface Options {
  readonly level?: string;
  readonly reason?: string;
}

export function hierarchyCommands(program: Command, context: Context): void {
  const place = 'an event id, or a node id (its first event is meant)';
  const level = 'interaction or engagement; left out: what the node id says, else engagement';
  program
    .command('split')
    .description('cut: what comes from this event on is a new interaction or engagement')
    .argument('<event>', place)
    .option('--level <level>', level)
    .option('--reason <text>')
    .action((event: string, options: Options) => {
      const named = parseEventOrNode(event);
      const at = levelOf(options.level, named.level);
      return correct(context, { kind: 'cut', level: at, eventId: named.eventId }, options.reason, `Cut: a new ${at} begins with event ${named.eventId}.`);
    });
  program
    .command('join')
    .description('make one of the two interactions or engagements that hold these events')
    .argument('<event>', place)
    .argument('<other>', place)
    .option('--level <level>', level)
    .option('--reason <text>')
    .action((event: string, other: string, options: Options) => {
      const [a, b] = [parseEventOrNode(event), parseEventOrNode(other)];
      const at = levelOf(options.level, a.level ?? b.level);
      return correct(context, { kind: 'join', level: at, eventId: a.eventId, toEventId: b.eventId }, options.reason, `Joined: the two are one ${at}.`);
    });
  program
    .command('move')
    .description('tie the transaction of an event to the interaction or engagement that holds another')
    .argument('<event>', place)
    .requiredOption('--to <event>', place)
    .option('--level <level>', level)
    .option('--reason <text>')
    .action((event: string, options: Options & { to: string }) => {
      const [from, to] = [parseEventOrNode(event), parseEventOrNode(options.to)];
      const at = levelOf(options.level, to.level);
      return correct(
        context,
        { kind: 'move', level: at, eventId: from.eventId, toEventId: to.eventId },
        options.reason,
        `Moved to the ${at} of event ${to.eventId}.`,
      );
    });
  program
    .command('relabel')
    .description('say what the customer wanted in the transaction of an event')
    .argument('<event>', place)
    .argument('<family>', vocabulary.families.join(', '))
    .option('--intent <intent>', 'more exactly, in your own words')
    .option('--reason <text>')
    .action((event: string, family: string, options: Options & { intent?: string }) => {
      if (!(vocabulary.families as readonly string[]).includes(family))
        throw new UsageError(`"${family}" is no family: use one of ${vocabulary.families.join(', ')}.`);
      const { eventId } = parseEventOrNode(event);
      return correct(
        context,
        { kind: 'relabel', eventId, family: family as Family, ...(options.intent ? { intent: options.intent } : {}) },
        options.reason,
        `Relabelled: it was about ${family}.`,
      );
    });
}
