import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access-guard';
import { BearerTokens } from './bearer-tokens';

/** Who asks, and what they may do. Every route of every module passes this guard. */
@Global()
@Module({
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }, BearerTokens],
})
export class AccessModule {}
