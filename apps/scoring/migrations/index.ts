import type { Migration } from '@throughline/database';
import { CreateScores1763795000000 } from './1763795000000-create-scores';
import { CreateSegments1763796000000 } from './1763796000000-create-segments';

export { rulesRole } from './rules-role';
export const migrations: readonly Migration[] = [CreateScores1763795000000, CreateSegments1763796000000];
