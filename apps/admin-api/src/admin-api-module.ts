import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CustomerDirectory } from './customer-directory';
import { CustomersController } from './customers-controller';
import { FactsController } from './facts-controller';
import { OpenApiController } from './openapi-controller';
import { SettingsController } from './settings-controller';
import { StatusController } from './status-controller';
import { StatusStore } from './status-store';
import { TokenGuard } from './token-guard';
import { TreeStore } from './tree-store';

/** What can be asked of this API. Every route passes the guard. */
@Module({
  controllers: [CustomersController, FactsController, SettingsController, StatusController, OpenApiController],
  providers: [{ provide: APP_GUARD, useClass: TokenGuard }, CustomerDirectory, TreeStore, StatusStore],
})
export class AdminApiModule {}
