import { postedTransportFields } from '../to-canonical-event';
import type { Adapter } from './adapter';

/** `POST /v1/events`: records are posted events already. */
export const plainEvents: Adapter = { name: 'events', transport: postedTransportFields, adapt: (record) => ({ kind: 'posted', posted: record }) };
