import type { Migration } from '@throughline/database';
import { CreateRaw1763770000000 } from './1763770000000-create-raw';
import { KeysByHand1763791000000 } from './1763791000000-keys-by-hand';

export const migrations: readonly Migration[] = [CreateRaw1763770000000, KeysByHand1763791000000];
