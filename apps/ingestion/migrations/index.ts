import type { Migration } from '@throughline/database';
import { CreateRaw1763770000000 } from './1763770000000-create-raw';
import { KeysByHand1763791000000 } from './1763791000000-keys-by-hand';
import { ShowOriginalBodies1763825000000 } from './1763825000000-show-original-bodies';

export const migrations: readonly Migration[] = [CreateRaw1763770000000, KeysByHand1763791000000, ShowOriginalBodies1763825000000];
