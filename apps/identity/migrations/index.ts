import type { Migration } from '@throughline/database';
import { CreateIdentity1763775000000 } from './1763775000000-create-identity';
import { OneOwnerRow1763785000000 } from './1763785000000-one-owner-row';

export const migrations: readonly Migration[] = [CreateIdentity1763775000000, OneOwnerRow1763785000000];
