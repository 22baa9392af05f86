import type { Migration } from '@throughline/database';
import { CreateIdentity1763775000000 } from './1763775000000-create-identity';

export const migrations: readonly Migration[] = [CreateIdentity1763775000000];
