import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Coaching plans. A plan is the fold of its steps, which are only added; `coaching_plan` holds what lists are cut by, and is the row that is locked while a step is taken.
 *
 * What others read:
 * - `read_coaching_plan(plan_id, agent, coach, metric, group_name, stage, result, drafted_at, started_at, remeasure_at, closed_at, steps)`
 * - `read_coaching_step(plan_id, place, id, at, by_name, deed)`
 */
export class CreateCoaching1763815000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema if not exists feedback');
    await runner.query(`
      create table feedback.coaching_plan (
        plan_id uuid primary key,
        agent text not null,
        coach text not null,
        metric text not null,
        group_name text,
        stage text not null,
        result text,
        drafted_at timestamptz not null,
        started_at timestamptz,
        remeasure_at timestamptz not null,
        closed_at timestamptz,
        steps integer not null
      )`);
    await runner.query('create index coaching_plan_agent on feedback.coaching_plan (agent, stage)');
    await runner.query(`
      create table feedback.coaching_step (
        plan_id uuid not null references feedback.coaching_plan (plan_id),
        place integer not null,
        id uuid not null,
        at timestamptz not null,
        by_name text not null,
        deed json not null,
        primary key (plan_id, place)
      )`);
    await runner.query('create unique index coaching_step_id on feedback.coaching_step (plan_id, id)');
    await runner.query(`
      create view feedback.read_coaching_plan as
        select plan_id, agent, coach, metric, group_name, stage, result, drafted_at, started_at, remeasure_at, closed_at, steps from feedback.coaching_plan`);
    await runner.query('create view feedback.read_coaching_step as select plan_id, place, id, at, by_name, deed from feedback.coaching_step');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}
