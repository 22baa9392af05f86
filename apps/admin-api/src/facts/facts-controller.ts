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
import { Needs } from '../access/needs';
import { askOwner } from '../ask-owner';
import { readRequest } from '../read-request';
import { postedFact, withdrawal } from './fact-requests';

/** What people say: decisions on identity and corrections of the hierarchy. Each is answered when its effect is there to be read. */
@Controller('v1')
export class FactsController {
  constructor(private readonly commands: CommandClient) {}

  @Post('decisions')
  @Needs('identity.decide')
  @HttpCode(200)
  decide(@Body() body: unknown): Promise<RecordReply> {
    return askOwner(this.commands, decideIdentity, readRequest(decisionSchema, completed(body)));
  }

  @Delete('decisions/:id')
  @Needs('identity.decide')
  withdrawDecision(@Param('id') id: string, @Body() body: unknown): Promise<WithdrawReply> {
    return askOwner(this.commands, withdrawDecision, { decisionId: factId(id), by: readRequest(withdrawal, body ?? undefined).by });
  }

  @Post('corrections')
  @Needs('hierarchy.correct')
  @HttpCode(200)
  correct(@Body() body: unknown): Promise<RecordReply> {
    return askOwner(this.commands, correctHierarchy, readRequest(correctionSchema, completed(body)));
  }

  @Delete('corrections/:id')
  @Needs('hierarchy.correct')
  withdrawCorrection(@Param('id') id: string, @Body() body: unknown): Promise<WithdrawReply> {
    return askOwner(this.commands, withdrawCorrection, { correctionId: factId(id), by: readRequest(withdrawal, body ?? undefined).by });
  }
}

/** With an id, an instant and an author where the client gave none. */
function completed(body: unknown): object {
  const fact = readRequest(postedFact, body);
  return { ...fact, id: fact.id ?? uuidv7(), at: fact.at ?? Date.now() };
}

function factId(id: string): string {
  if (!z.uuid().safeParse(id).success) throw new Problem(404, 'There is nothing with this id');
  return id;
}
