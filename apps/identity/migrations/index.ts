import type { Migration } from '@throughline/database';
import { CreateIdentity1763775000000 } from './1763775000000-create-identity';
import { OwnerRowsInTime1763785000000 } from './1763785000000-owner-rows-in-time';

export const migrations: readonly Migration[] = [CreateIdentity1763775000000, OwnerRowsInTime1763785000000];
