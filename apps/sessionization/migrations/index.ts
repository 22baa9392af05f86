import type { Migration } from '@throughline/database';
import { CreateHierarchy1763780000000 } from './1763780000000-create-hierarchy';

export const migrations: readonly Migration[] = [CreateHierarchy1763780000000];
