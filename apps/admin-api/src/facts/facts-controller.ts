import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import {
  correctHierarchy,
  correctionSchema,
  decideIdentity,
  decisionSchema,
  withdrawCorrection,
  withdrawDecision,
  type RecordReply,
  type WithdrawReply,
} from '@throughline/contracts';
import { CommandClient } from '@throughline/messaging';
import { Problem } from '@throughline/service';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { AuditTrail } from '../access/audit-trail';
import { authorOf } from '../access/author';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { Who } from '../access/who';
import { askOwner } from '../ask-owner';
import { readRequest } from '../read-request';
import { postedFact, withdrawal } from './fact-requests';

/** What people say: decisions on identity and corrections of the hierarchy. Each is answered when its effect is there to be read. */
@Controller('v1')
export class FactsController {
  constructor(
    private readonly commands: CommandClient,
    private readonly audit: AuditTrail,
  ) {}

  @Post('decisions')
  @HttpCode(200)
  @Needs('identity.decide')
  decide(@Who() who: Principal, @Body() body: unknown): Promise<RecordReply> {
    const decision = readRequest(decisionSchema, completed(body, who));
    return this.audit.around(who, { action: 'decision.recorded', target: `decision:${decision.id}`, details: { kind: decision.kind } }, (note) =>
      askOwner(this.commands, decideIdentity, decision, note),
    );
  }

  @Delete('decisions/:id')
  @Needs('identity.decide')
  withdrawDecision(@Who() who: Principal, @Param('id') id: string, @Body() body: unknown): Promise<WithdrawReply> {
    const decisionId = factId(id);
    const by = authorOf(who, readRequest(withdrawal, body ?? undefined).by);
    return this.audit.around(who, { action: 'decision.withdrawn', target: `decision:${id}` }, (note) =>
      askOwner(this.commands, withdrawDecision, { decisionId, by }, note),
    );
  }

  @Post('corrections')
  @HttpCode(200)
  @Needs('hierarchy.correct')
  correct(@Who() who: Principal, @Body() body: unknown): Promise<RecordReply> {
    const correction = readRequest(correctionSchema, completed(body, who));
    return this.audit.around(who, { action: 'correction.recorded', target: `correction:${correction.id}`, details: { kind: correction.kind } }, (note) =>
      askOwner(this.commands, correctHierarchy, correction, note),
    );
  }

  @Delete('corrections/:id')
  @Needs('hierarchy.correct')
  withdrawCorrection(@Who() who: Principal, @Param('id') id: string, @Body() body: unknown): Promise<WithdrawReply> {
    const correctionId = factId(id);
    const by = authorOf(who, readRequest(withdrawal, body ?? undefined).by);
    return this.audit.around(who, { action: 'correction.withdrawn', target: `correction:${id}` }, (note) =>
      askOwner(this.commands, withdrawCorrection, { correctionId, by }, note),
    );
  }
}

/** With an id, an instant and an author where the client gave none. */
function completed(body: unknown, who: Principal): object {
  const fact = readRequest(postedFact, body);
  return { ...fact, id: fact.id ?? uuidv7(), at: fact.at ?? Date.now(), by: authorOf(who, fact.by) };
}

function factId(id: string): string {
  if (!z.uuid().safeParse(id).success) throw new Problem(404, 'There is nothing with this id');
  return id;
}
