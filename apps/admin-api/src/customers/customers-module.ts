import { Module } from '@nestjs/common';
import { CustomerDirectory } from './customer-directory';
import { CustomerReach } from './customer-reach';
import { CustomersController } from './customers-controller';
import { RecentContacts } from './recent-contacts';
import { TreeStore } from './tree-store';

/** Customers: found, and read in five levels. */
@Module({ controllers: [CustomersController], providers: [CustomerDirectory, CustomerReach, RecentContacts, TreeStore] })
export class CustomersModule {}
