import type { Migration } from '@throughline/database';
import { CreateScores1763795000000 } from './1763795000000-create-scores';
import { CreateSegments1763796000000 } from './1763796000000-create-segments';
import { TellWhoChanged1763826000000 } from './1763826000000-tell-who-changed';
import { FindUnsettledShares1763830000000 } from './1763830000000-find-unsettled-shares';
import { FindUnhungAnswers1763831000000 } from './1763831000000-find-unhung-answers';
import { IndexWhoChanged1763838000000 } from './1763838000000-index-who-changed';

export { rulesRole } from './rules-role';
export const migrations: readonly Migration[] = [
  CreateScores1763795000000,
  CreateSegments1763796000000,
  TellWhoChanged1763826000000,
  FindUnsettledShares1763830000000,
  FindUnhungAnswers1763831000000,
  IndexWhoChanged1763838000000,
];
