import type { Command } from 'commander';
import type { CustomerTree } from '@throughline/contracts';
import { refusal, type Answer } from '../api-client';
import type { Context } from '../context';
import { customerTreeText } from '../customer-tree-text';
import { identifierToLookUp, isId } from '../identifier-argument';
import { joinPages } from '../join-pages';
import { UsageError } from '../usage-error';

const limit = 1000;

function found<Body>(answer: Answer, who: string): Body {
  if (answer.status === 404) throw new UsageError(`Nobody is known by ${who}: check the spelling, or see what arrived with \`npx throughline status\`.`);
  if (answer.status >= 300) throw refusal(answer, 'read');
  return answer.body as Body;
}

async function firstPages(context: Context, who: string): Promise<{ customers: readonly CustomerTree[]; others: readonly string[] }> {
  if (isId(who))
    return { customers: [found(await context.api.try('GET', `/v1/customers/${encodeURIComponent(who)}?limit=${limit}`, 'read'), who)], others: [] };
  return found(await context.api.try('POST', '/v1/customers/lookup', 'read', { identifier: identifierToLookUp(who), limit }), who);
}

/** The server shows the newest transactions first; the whole tree is all its pages joined. */
async function wholeTree(context: Context, first: CustomerTree): Promise<CustomerTree> {
  let tree = first;
  while (tree.more) {
    const query = new URLSearchParams({ limit: String(limit), cursor: tree.more.cursor, asOf: String(first.asOf) });
    tree = joinPages(tree, await context.api.ask<CustomerTree>('GET', `/v1/customers/${first.customer.id}?${query}`, 'read'));
  }
  return tree;
}

export function customerCommand(program: Command, context: Context): void {
  program
    .command('customer')
    .description("one customer's whole tree: journey ▸ engagements ▸ interactions ▸ transactions ▸ events, each link with its reason")
    .argument('<who>', 'a phone number, an e-mail address, any other identifier (also as kind:value), or the id of a customer, node or event')
    .option('--json', 'as the API answers it')
    .action(async (who: string, { json }: { json?: boolean }) => {
      const { customers, others } = await firstPages(context, who);
      const trees: CustomerTree[] = [];
      for (const first of customers) trees.push(await wholeTree(context, first));
      if (json) return context.sayJson(trees.length === 1 ? trees[0] : trees);
      context.say(trees.map((tree) => customerTreeText(tree, context)).join('\n\n'));
      if (others.length > 0) context.say(`\n${others.length} more have this identifier: ${others.join(', ')}`);
    });
}
