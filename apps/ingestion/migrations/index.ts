import type { Migration } from '@throughline/database';
import { CreateRaw1763770000000 } from './1763770000000-create-raw';

export const migrations: readonly Migration[] = [CreateRaw1763770000000];
