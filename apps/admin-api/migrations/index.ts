import type { Migration } from '@throughline/database';
import { CreateAccess1763790000000 } from './1763790000000-create-access';
import { CreateMaturity1763820000000 } from './1763820000000-create-maturity';
import { AppendFromAllServices1763850000000 } from './1763850000000-append-from-all-services';

export const migrations: readonly Migration[] = [CreateAccess1763790000000, CreateMaturity1763820000000, AppendFromAllServices1763850000000];
