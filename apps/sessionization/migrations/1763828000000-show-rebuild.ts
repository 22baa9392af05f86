import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `read_rebuild(under_way)`: whether customers that can be built still name an older version than the settings in force. One look at the least end of an index, so that
 * whoever gives way to a rebuild may ask often; a condition with "exists" would read every head when there is none.
 */
export class ShowRebuild1763828000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create view sessionization.read_rebuild as
        select coalesce(
          (select h.settings_version from sessionization.journey_head h
           where h.built_revision > 0 and not exists (select from sessionization.failed_customer f where f.customer_id = h.customer_id)
           order by h.settings_version limit 1)
          < (select max(version) from sessionization.settings_version), false) as under_way`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop view sessionization.read_rebuild');
  }
}
