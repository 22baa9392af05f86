import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A customer's kept state is packed text that only the rule reads. What was kept in the former form is forgotten: the next change of each customer is a build from all
 * its events, once.
 */
export class StateAsText1763786000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('truncate sessionization.journey_state, sessionization.sealed_key, sessionization.sealed_node, sessionization.sealed_component');
    await runner.query('alter table sessionization.journey_state alter column state type text using state::text');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}
