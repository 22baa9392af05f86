import type { Database } from '@throughline/database';
import { Metrics, openLog } from '@throughline/service';
import { KeptFacts } from './kept-facts';

/** Kept facts for tests; with 0 rows none are kept and the database answers. */
export const keptFacts = (connection: Database, rows = 100_000): KeptFacts =>
  new KeptFacts(connection, openLog({ service: 'test', level: 'silent' }), { KEPT_FACT_ROWS: rows }, new Metrics('test'));
