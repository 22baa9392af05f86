import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { CustomerTree, Permission } from '@throughline/contracts';
import { Problem } from '@throughline/service';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { Who } from '../access/who';
import { readRequest } from '../read-request';
import { buildTree } from './build-tree';
import { CustomerDirectory } from './customer-directory';
import { CustomerReach } from './customer-reach';
import { lookupBody, recentQuery, treeQuery, type RecentCustomer, type TreeQuery } from './customer-requests';
import { maskTree } from './mask-tree';
import { RecentContacts } from './recent-contacts';
import { TreeStore } from './tree-store';

/** Trees in the answer of one lookup; further customers are named by their ids. */
const treesAtOnce = 5;

@Controller('v1/customers')
@Needs('customer.read')
export class CustomersController {
  constructor(
    private readonly directory: CustomerDirectory,
    private readonly trees: TreeStore,
    private readonly reach: CustomerReach,
    private readonly contacts: RecentContacts,
  ) {}

  @Get()
  async recent(@Who() who: Principal, @Query() query: unknown): Promise<{ customers: RecentCustomer[] }> {
    return { customers: await this.contacts.latest(who, readRequest(recentQuery, query).limit) };
  }

  @Post('lookup')
  @HttpCode(200)
  async lookup(@Who() who: Principal, @Body() body: unknown): Promise<{ customers: CustomerTree[]; others: string[] }> {
    const { identifier, ...page } = readRequest(lookupBody, body);
    const asked = typeof identifier === 'string' ? { value: identifier } : identifier;
    const ids = await this.reach.within(who, await this.directory.byIdentifier(asked));
    if (ids.length === 0)
      throw new Problem(404, 'Nobody has this identifier', 'Check the spelling, or give kind and namespace: a value identifies within them.');
    const customers = await Promise.all(ids.slice(0, treesAtOnce).map((id) => this.treeOf(who, id, page)));
    return { customers, others: ids.slice(treesAtOnce) };
  }

  @Get(':id')
  async tree(@Who() who: Principal, @Param('id') id: string, @Query() query: unknown): Promise<CustomerTree> {
    const page = readRequest(treeQuery, query);
    const found = await this.directory.byId(id);
    if (found.kind === 'nobody' || (await this.reach.within(who, [found.customerId])).length === 0)
      throw new Problem(404, 'There is no customer, node or event with this id', 'Look a customer up by an identifier: POST /v1/customers/lookup.');
    const tree = await this.treeOf(who, found.customerId, page);
    return found.kind === 'node' ? { ...tree, asked: { id, nodeId: found.nodeId } } : tree;
  }

  private async treeOf(who: Principal, customerId: string, { limit, cursor, asOf }: TreeQuery): Promise<CustomerTree> {
    const tree = buildTree(customerId, await this.trees.read(customerId, { limit, cursor }), asOf ?? Date.now());
    const reaches = async (permission: Permission): Promise<boolean> => (await this.reach.within(who, [customerId], permission)).length > 0;
    return maskTree(tree, { identifiers: await reaches('customer.reveal'), content: await reaches('content.read') });
  }
}
