import type { Migration } from '@throughline/database';
import { CreateFeedback1763810000000 } from './1763810000000-create-feedback';
import { CreateCoaching1763815000000 } from './1763815000000-create-coaching';

export const migrations: readonly Migration[] = [CreateFeedback1763810000000, CreateCoaching1763815000000];
