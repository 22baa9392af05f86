import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { activateSettings, hierarchySettingsSchema, type HierarchySettings } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { CommandClient } from '@throughline/messaging';
import { Problem } from '@throughline/service';
import { AuditTrail } from '../access/audit-trail';
import { authorOf } from '../access/author';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { Who } from '../access/who';
import { askOwner } from '../ask-owner';
import { readRequest } from '../read-request';
import { settingsBody } from './fact-requests';

interface SettingsAnswer {
  /** In force. */
  readonly settings: HierarchySettings;
  readonly activatedAt: number;
  readonly activatedBy: string;
  /** Customers whose rows name this version already, of all. */
  readonly rebuild: { readonly done: number; readonly total: number };
}

@Controller('v1/settings/hierarchy')
export class SettingsController {
  constructor(
    private readonly database: Database,
    private readonly commands: CommandClient,
    private readonly audit: AuditTrail,
  ) {}

  @Get()
  @Needs('settings.read')
  async show(): Promise<SettingsAnswer> {
    const [row] = await this.database.query<{ settings: HierarchySettings; at: number; by: string; done: number; total: number }>(
      `select settings, round(date_part('epoch', activated_at) * 1000) as at, activated_by as by, done, total
       from sessionization.read_settings order by version desc limit 1`,
    );
    if (!row) throw new Problem(503, 'Not available at the moment', 'Sessionization has not started yet.', { retryAfterSeconds: 2 });
    return { settings: row.settings, activatedAt: row.at, activatedBy: row.by, rebuild: { done: row.done, total: row.total } };
  }

  /** Takes the whole settings, or only what changes of those in force. Without a version it is the next one. */
  @Post()
  @HttpCode(200)
  @Needs('settings.edit')
  async activate(@Who() who: Principal, @Body() body: unknown): Promise<object> {
    const { settings, by } = readRequest(settingsBody, body);
    const inForce = (await this.show()).settings;
    const next = merged(inForce, { version: inForce.version + 1, ...settings });
    const wanted = readRequest(hierarchySettingsSchema, next);
    const details = { before: inForce.version, after: wanted.version };
    return this.audit.around(who, { action: 'settings.activated', target: 'settings:hierarchy', details }, (note) =>
      askOwner(this.commands, activateSettings, { settings: wanted, by: authorOf(who, by) }, note),
    );
  }
}

/** `change` over `base`, objects by their fields; what `base` does not know stays, for the schema to refuse. */
function merged(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  return Object.fromEntries(
    [...new Set([...Object.keys(base), ...Object.keys(change)])].map((key) => [key, key in change ? merged(base[key], change[key]) : base[key]]),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
