import type { Migration } from '@throughline/database';
import { CreateAccess1763790000000 } from './1763790000000-create-access';

export const migrations: readonly Migration[] = [CreateAccess1763790000000];
