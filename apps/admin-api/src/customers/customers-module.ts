import { Module } from '@nestjs/common';
import { CustomerDirectory } from './customer-directory';
import { CustomerNames } from './customer-names';
import { CustomerReach } from './customer-reach';
import { CustomersController } from './customers-controller';
import { RecentContacts } from './recent-contacts';
import { TreeStore } from './tree-store';

/** Customers: found, named, and read in five levels. */
@Module({
  controllers: [CustomersController],
  providers: [CustomerDirectory, CustomerNames, CustomerReach, RecentContacts, TreeStore],
  exports: [CustomerNames, CustomerReach],
})
export class CustomersModule {}
