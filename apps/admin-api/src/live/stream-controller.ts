import { Controller, Query, Sse, type MessageEvent } from '@nestjs/common';
import { Problem } from '@throughline/service';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { SessionStore } from '../access/session-store';
import { Who } from '../access/who';
import { CustomerReach } from '../customers/customer-reach';
import { readRequest } from '../read-request';
import { LiveHub } from './live-hub';
import { permissionOf } from './live-topics';
import { streamQuery } from './stream-requests';

@Controller('v1')
export class StreamController {
  constructor(
    private readonly hub: LiveHub,
    private readonly reach: CustomerReach,
    private readonly sessions: SessionStore,
  ) {}

  /** Server-sent events `changed` with `{ topic }`. Each topic takes its own permission, a journey its customer within reach. */
  @Sse('stream')
  @Needs('account.own')
  async stream(@Who() who: Principal, @Query() query: unknown): Promise<Observable<MessageEvent>> {
    const { topics } = readRequest(streamQuery, query);
    for (const topic of topics) {
      const needed = permissionOf(topic);
      if (!needed) throw new Problem(400, 'There is no such topic', `"${topic.split(':')[0]}" is not one that can be listened to.`);
      if (!who.permissions.has(needed)) throw new Problem(403, 'You may not do that', `Listening to ${topic.split(':')[0]} needs ${needed}.`);
    }
    await this.refuseOutOfReach(who, topics);
    const { sessionId } = who;
    return this.hub.listen(topics, async () => sessionId === null || this.sessions.isInForce(sessionId, Date.now()));
  }

  private async refuseOutOfReach(who: Principal, topics: readonly string[]): Promise<void> {
    const asked = topics.map((topic) => topic.split(':')).filter(([name]) => name === 'journey');
    const customers = asked.flatMap(([, id]) => z.uuid().safeParse(id).data ?? []);
    if (customers.length < asked.length || (await this.reach.within(who, customers)).length < customers.length)
      throw new Problem(404, 'There is no customer with this id', 'Listen to journey:<customer id>.');
  }
}
