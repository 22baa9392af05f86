import type { Migration } from '@throughline/database';
import { CreateAccess1763790000000 } from './1763790000000-create-access';
import { CreateMaturity1763820000000 } from './1763820000000-create-maturity';

export const migrations: readonly Migration[] = [CreateAccess1763790000000, CreateMaturity1763820000000];
