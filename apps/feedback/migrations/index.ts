import type { Migration } from '@throughline/database';
import { CreateFeedback1763810000000 } from './1763810000000-create-feedback';

export const migrations: readonly Migration[] = [CreateFeedback1763810000000];
