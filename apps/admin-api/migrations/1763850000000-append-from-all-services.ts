import { auditFunctions } from '@throughline/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every service adds to the audit in the transaction of its own change, by two functions and by nothing else. */
export class AppendFromAllServices1763850000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of auditFunctions) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}
