import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every change asks whether its engagements hold a contact whose family comes from elsewhere: most hold none, and this says so without reading their shares. */
export class FindUnsettledShares1763830000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index engagement_share_unsettled on scoring.engagement_share (customer_id, engagement) where not settled');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index scoring.engagement_share_unsettled');
  }
}
