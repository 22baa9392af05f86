import type { Delivery } from './disorder';
import { eventIdOf } from './event-id';

/**
 * The body that a source posts: without `source`, which the write key says, and without what is empty. `sourceName` is the one the write key belongs to, where one key
 * serves all.
 */
export function postedForm(event: Delivery['event'], sourceName?: string): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const name in event) {
    const value = (event as Record<string, unknown>)[name];
    if (name === 'source' || value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    if (name === 'about') {
      const about = value as { source: string; sourceEventId: string };
      body['aboutEventId'] = eventIdOf(sourceName ?? about.source, about.sourceEventId);
    } else if ((name === 'revision' && value === 0) || (name === 'attributes' && isEmpty(value as object))) continue;
    else body[name] = value;
  }
  return body;
}

const isEmpty = (value: object): boolean => {
  for (const _ in value) return false;
  return true;
};
