import { Controller, Query, Sse, type MessageEvent } from '@nestjs/common';
import { Problem } from '@throughline/service';
import type { Observable } from 'rxjs';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { Who } from '../access/who';
import { readRequest } from '../read-request';
import { LiveHub } from './live-hub';
import { permissionOf } from './live-topics';
import { streamQuery } from './stream-requests';

@Controller('v1')
export class StreamController {
  constructor(private readonly hub: LiveHub) {}

  /** Server-sent events `changed` with `{ topic }`. Each topic takes its own permission. */
  @Sse('stream')
  @Needs('account.own')
  stream(@Who() who: Principal, @Query() query: unknown): Observable<MessageEvent> {
    const { topics } = readRequest(streamQuery, query);
    for (const topic of topics) {
      const needed = permissionOf(topic);
      if (!needed) throw new Problem(400, 'There is no such topic', `"${topic.split(':')[0]}" is not one that can be listened to.`);
      if (!who.permissions.has(needed)) throw new Problem(403, 'You may not do that', `Listening to ${topic.split(':')[0]} needs ${needed}.`);
    }
    return this.hub.listen(topics);
  }
}
