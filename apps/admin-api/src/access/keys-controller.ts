import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { makeKey, revokeKey } from '@throughline/contracts';
import { CommandClient } from '@throughline/messaging';
import { Problem, SETTINGS } from '@throughline/service';
import { createHash } from 'node:crypto';
import { askOwner } from '../ask-owner';
import { readRequest } from '../read-request';
import type { AdminApiSettings } from '../settings';
import { keyBody, rotateBody } from './access-requests';
import { AuditTrail } from './audit-trail';
import { KeyStore, type KeyEntry } from './key-store';
import { Needs } from './needs';
import type { Principal } from './principal';
import { newToken } from './session-tokens';
import { Who } from './who';

interface NewKey {
  readonly id: string;
  readonly source: string;
  /** Said once, stored nowhere. */
  readonly secret: string;
}

const hourMs = 60 * 60_000;

/** Write keys of sources. The secret is made here and answered once; ingestion, which owns them, learns its hash alone. */
@Controller('v1/keys')
@Needs('key.edit')
export class KeysController {
  constructor(
    private readonly keys: KeyStore,
    private readonly commands: CommandClient,
    private readonly audit: AuditTrail,
    @Inject(SETTINGS) private readonly settings: AdminApiSettings,
  ) {}

  @Get()
  async list(): Promise<{ keys: KeyEntry[]; sources: string[]; ingestUrl: string | null }> {
    const [keys, sources] = await Promise.all([this.keys.all(Date.now()), this.keys.sources()]);
    return { keys, sources, ingestUrl: this.settings.INGEST_URL ?? null };
  }

  @Post()
  @HttpCode(201)
  make(@Who() who: Principal, @Body() body: unknown): Promise<NewKey> {
    const { source, label } = readRequest(keyBody, body);
    return this.newKey(who, source, label);
  }

  /** A new key for the same source; the old one works on until the overlap is over. */
  @Post(':id/rotate')
  @HttpCode(201)
  async rotate(
    @Who() who: Principal,
    @Param('id', new ParseUUIDPipe({ errorHttpStatusCode: 404 })) id: string,
    @Body() body: unknown,
  ): Promise<NewKey & { formerEndsAt: number }> {
    const { overlapHours } = readRequest(rotateBody, body ?? undefined);
    const former = (await this.keys.all(Date.now())).find((key) => key.id === id && key.endsAt === null);
    if (!former) throw new Problem(404, 'There is no key in force with this id');
    const made = await this.newKey(who, former.source, former.label);
    const formerEndsAt = Date.now() + Math.round(overlapHours * hourMs);
    await this.end(who, id, formerEndsAt);
    return { ...made, formerEndsAt };
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@Who() who: Principal, @Param('id', new ParseUUIDPipe({ errorHttpStatusCode: 404 })) id: string): Promise<void> {
    await this.end(who, id, Date.now());
  }

  private async newKey(who: Principal, source: string, label: string): Promise<NewKey> {
    const secret = `wk_${newToken()}`;
    const sha256 = createHash('sha256').update(secret).digest('hex');
    const prefix = secret.slice(0, 8);
    const reply = await this.audit.around(who, { action: 'key.made', target: `source:${source}`, details: { prefix, label } }, (note) =>
      askOwner(this.commands, makeKey, { source, sha256, prefix, label, by: who.name, at: Date.now() }, note),
    );
    if (!('id' in reply)) throw new Error('A key was made without an id.');
    return { id: reply.id, source, secret };
  }

  private async end(who: Principal, keyId: string, at: number): Promise<void> {
    await this.audit.around(who, { action: 'key.revoked', target: `key:${keyId}`, details: { at } }, (note) =>
      askOwner(this.commands, revokeKey, { keyId, at, by: who.name }, note),
    );
  }
}
