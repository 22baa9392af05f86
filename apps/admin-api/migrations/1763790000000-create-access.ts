import { auditTables } from '@throughline/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who may come in and what they did. Passwords, session tokens and links are known by their hashes only. `audit_entry` is append-only: services add to it by
 * functions of its owner and the service that owns the schema may select, no more (see `readOnly` of the role in tools/migrate); each entry holds the hash of the one before.
 */
export class CreateAccess1763790000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema if not exists admin_api');
    await runner.query(`
      create table admin_api.app_user (
        user_id uuid primary key,
        email text not null,
        name text not null,
        password_hash text not null,
        agent_id text,
        created_at timestamptz not null,
        disabled_at timestamptz
      )`);
    await runner.query('create unique index app_user_email on admin_api.app_user (email)');
    await runner.query(`
      create table admin_api.user_role (
        user_id uuid not null references admin_api.app_user (user_id),
        role text not null,
        primary key (user_id, role)
      )`);
    await runner.query('create table admin_api.team (team_id uuid primary key, name text not null, site text)');
    await runner.query('create unique index team_name on admin_api.team (name)');
    await runner.query(`
      create table admin_api.user_team (
        user_id uuid not null references admin_api.app_user (user_id),
        team_id uuid not null references admin_api.team (team_id),
        primary key (user_id, team_id)
      )`);
    await runner.query(`
      create table admin_api.agent (
        agent_id text primary key,
        name text not null,
        team_id uuid references admin_api.team (team_id),
        site text
      )`);
    await runner.query('create index agent_team on admin_api.agent (team_id)');
    await runner.query(`
      create table admin_api.session (
        session_id uuid primary key,
        user_id uuid not null references admin_api.app_user (user_id),
        token_sha256 bytea not null,
        created_at timestamptz not null,
        last_seen_at timestamptz not null,
        ends_at timestamptz not null,
        revoked_at timestamptz,
        address text not null,
        client text not null
      )`);
    await runner.query('create unique index session_token on admin_api.session (token_sha256)');
    await runner.query('create index session_of_user on admin_api.session (user_id, created_at)');
    await runner.query(`
      create table admin_api.invitation (
        invitation_id uuid primary key,
        token_sha256 bytea not null,
        email text not null,
        name text not null,
        roles text[] not null,
        teams uuid[] not null,
        agent_id text,
        invited_by text not null,
        created_at timestamptz not null,
        ends_at timestamptz not null,
        accepted_at timestamptz,
        withdrawn_at timestamptz
      )`);
    await runner.query('create unique index invitation_token on admin_api.invitation (token_sha256)');
    // Written by rate-limiter-flexible: keys are hashes of who tries from where.
    await runner.query('create table admin_api.sign_in_try (key varchar(255) primary key, points integer not null default 0, expire bigint)');
    for (const statement of auditTables) await runner.query(statement);
    await runner.query('create view admin_api.read_team as select team_id, name, site from admin_api.team');
    await runner.query('create view admin_api.read_agent as select agent_id, name, team_id, site from admin_api.agent');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}
