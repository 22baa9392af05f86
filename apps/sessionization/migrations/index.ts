import type { Migration } from '@throughline/database';
import { CreateHierarchy1763780000000 } from './1763780000000-create-hierarchy';
import { StateAsText1763786000000 } from './1763786000000-state-as-text';
import { CountRewrites1763787000000 } from './1763787000000-count-rewrites';
import { UnmarkBuiltCustomers1763797000000 } from './1763797000000-unmark-built-customers';
import { ShowRebuild1763828000000 } from './1763828000000-show-rebuild';
import { FindMembershipsByName1763829000000 } from './1763829000000-find-memberships-by-name';

export const migrations: readonly Migration[] = [
  CreateHierarchy1763780000000,
  StateAsText1763786000000,
  CountRewrites1763787000000,
  UnmarkBuiltCustomers1763797000000,
  ShowRebuild1763828000000,
  FindMembershipsByName1763829000000,
];
