import type { Command } from 'commander';
import type { HierarchySettings } from '@throughline/contracts';
import { progress } from '../../../start/terminal.mjs';
import type { Context } from '../context';
import { editSettings } from '../edit-settings';
import { UsageError } from '../usage-error';
import { count } from '../words';

/** The settings in force and how far the rebuild with them has come. */
interface SettingsAnswer {
  readonly settings: HierarchySettings;
  readonly rebuild?: { readonly done: number; readonly total: number };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function waitForRebuild(context: Context, version: number): Promise<void> {
  const bar = progress('rebuilding every customer');
  for (;;) {
    const { settings, rebuild } = await context.api.ask<SettingsAnswer>('GET', '/v1/settings/hierarchy', 'read');
    if (settings.version !== version) throw new UsageError(`Version ${settings.version} came in between: its rebuild goes on.`);
    if (!rebuild || rebuild.done >= rebuild.total) break;
    bar.update(rebuild.done, rebuild.total, `${rebuild.done.toLocaleString('en')} of ${count(rebuild.total, 'customer')}`);
    await sleep(500);
  }
  bar.end();
}

export function settingsCommands(program: Command, context: Context): void {
  const settings = program.command('settings').description('the settings of the hierarchy, by version');
  settings
    .command('show')
    .description('what is in force')
    .action(async () => context.sayJson(await context.api.ask('GET', '/v1/settings/hierarchy', 'read')));
  settings
    .command('set')
    .description('change settings: a new version comes in force and every customer is rebuilt with it')
    .argument('<changes...>', 'such as families.fault.windowMs=20d, interactionGapMs.standard=45min, minimumIntentConfidence=600')
    .option('--no-wait', 'do not wait for the rebuild')
    .action(async (changes: string[], { wait }: { wait: boolean }) => {
      const before = (await context.api.ask<SettingsAnswer>('GET', '/v1/settings/hierarchy', 'read')).settings;
      const next = { ...editSettings(before, changes), version: before.version + 1 };
      const reply = await context.api.ask<{ kind: string; reason?: string; customers?: number }>('POST', '/v1/settings/hierarchy', 'admin', {
        settings: next,
        by: context.by,
      });
      if (reply.kind === 'refused') throw new UsageError(reply.reason ?? 'The settings were refused.');
      context.say(`Version ${next.version} is in force${reply.customers === undefined ? '' : `; ${count(reply.customers, 'customer')} to rebuild`}.`);
      if (!wait) return;
      await waitForRebuild(context, next.version);
      context.say('Every customer is rebuilt.');
    });
}
