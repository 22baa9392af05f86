import { Controller, Get, Param, Query } from '@nestjs/common';
import type { CanonicalEvent } from '@throughline/contracts';
import { Problem } from '@throughline/service';
import { z } from 'zod';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { Who } from '../access/who';
import { maskEvent, maskRecord, sightOf } from '../customers/mask-tree';
import { readRequest } from '../read-request';
import { readCursor } from './arrival-cursor';
import { EventStore } from './event-store';
import { PipelineStore } from './pipeline-store';
import type { EventAnswer, EventsAnswer, SourcesAnswer } from './source-answers';
import { eventsQuery } from './source-requests';
import { sourceRowOf } from './source-rows';
import { SourceStore } from './source-store';

/** Is everything arriving, complete, on time? And every single event as it arrives. */
@Controller('v1/sources')
export class SourcesController {
  constructor(
    private readonly sources: SourceStore,
    private readonly pipeline: PipelineStore,
    private readonly events: EventStore,
  ) {}

  @Get()
  @Needs('source.read')
  async list(): Promise<SourcesAnswer> {
    const now = Date.now();
    const [facts, pipeline] = await Promise.all([this.sources.read(now), this.pipeline.read(now)]);
    return { asOf: now, sources: facts.map((one) => sourceRowOf(one, now)), pipeline };
  }

  /** Asked again with the cursor of the last answer it gives every event that arrived, none left out; asked with the first of them, what arrived before. */
  @Get('events')
  @Needs('event.read')
  async arrived(@Query() query: unknown): Promise<EventsAnswer> {
    const { cursor, before, type: named, ...rest } = readRequest(eventsQuery, query);
    const [system, type] = named?.split('.') ?? [];
    const filter = { ...rest, system, type };
    if (before !== undefined) {
      const older = await this.events.before(before, filter);
      if (older === null) throw new Problem(400, 'There is no such event', '`before` is the id of an event that arrived.');
      return older;
    }
    return cursor === undefined ? this.events.newest(filter, Date.now()) : this.events.after(readCursor(cursor), filter);
  }

  @Get('events/:id')
  @Needs('event.read')
  async show(@Who() who: Principal, @Param('id') id: string): Promise<EventAnswer> {
    const event = z.uuid().safeParse(id).success ? await this.events.one(id) : null;
    if (event === null) throw new Problem(404, 'There is no such event', 'It may wait in quarantine.');
    const sight = sightOf(who);
    return { ...event, canonical: { ...maskEvent(event.canonical as unknown as CanonicalEvent, sight) }, raw: maskRecord(event.raw, sight) };
  }
}
