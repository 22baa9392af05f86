import type { Command } from 'commander';
import type { CustomerTree } from '@throughline/contracts';
import type { Context } from '../context';
import { refusal } from '../api-client';
import { customerTreeText } from '../customer-tree-text';
import { isId, parseIdentifier } from '../identifier-argument';
import { UsageError } from '../usage-error';

async function treesOf(context: Context, who: string): Promise<CustomerTree[]> {
  const answer = isId(who)
    ? await context.api.try('GET', `/v1/customers/${encodeURIComponent(who)}`, 'read')
    : await context.api.try('POST', '/v1/customers/lookup', 'read', { identifier: parseIdentifier(who) });
  if (answer.status === 404) return [];
  if (answer.status >= 300) throw refusal(answer, 'read');
  const body = answer.body as CustomerTree | CustomerTree[] | { customers?: CustomerTree[] };
  if (Array.isArray(body)) return body;
  return 'customers' in body && body.customers ? body.customers : [body as CustomerTree];
}

export function customerCommand(program: Command, context: Context): void {
  program
    .command('customer')
    .description("one customer's whole tree: journey ▸ engagements ▸ interactions ▸ transactions ▸ events, each link with its reason")
    .argument('<who>', 'a phone number, an e-mail address, kind:value, or the id of a customer, node or event')
    .option('--json', 'as the API answers it')
    .action(async (who: string, { json }: { json?: boolean }) => {
      const trees = await treesOf(context, who);
      if (trees.length === 0) throw new UsageError(`Nobody is known by ${who}: check the spelling, or see what arrived with \`npx throughline status\`.`);
      if (json) context.sayJson(trees.length === 1 ? trees[0] : trees);
      else context.say(trees.map((tree) => customerTreeText(tree, context)).join('\n\n'));
    });
}
