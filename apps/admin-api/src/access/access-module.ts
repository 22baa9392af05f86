import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access-guard';
import { AuditController } from './audit-controller';
import { AuditStore } from './audit-store';
import { AuditTrail } from './audit-trail';
import { BearerTokens } from './bearer-tokens';
import { DirectoryController } from './directory-controller';
import { DirectoryStore } from './directory-store';
import { FirstAdmin } from './first-admin';
import { InvitationStore } from './invitation-store';
import { JoiningController } from './joining-controller';
import { KeyStore } from './key-store';
import { KeysController } from './keys-controller';
import { Passwords } from './passwords';
import { SessionController } from './session-controller';
import { SessionStore } from './session-store';
import { SignIn } from './sign-in';
import { SignInLimits } from './sign-in-limits';
import { UserStore } from './user-store';
import { UsersController } from './users-controller';

/** Who asks, what they may do, and what they did. Every route of every module passes this guard; every module may record into the audit. */
@Global()
@Module({
  controllers: [SessionController, JoiningController, UsersController, DirectoryController, KeysController, AuditController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    BearerTokens,
    SessionStore,
    UserStore,
    InvitationStore,
    DirectoryStore,
    KeyStore,
    AuditStore,
    AuditTrail,
    Passwords,
    SignInLimits,
    SignIn,
    FirstAdmin,
  ],
  exports: [AuditTrail, DirectoryStore, SessionStore],
})
export class AccessModule {}
