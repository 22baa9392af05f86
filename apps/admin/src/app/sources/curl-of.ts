import type { EventDetail } from './sources-api';

/** A command that sends this event again: as it came where that is kept, else in its canonical form. The write key stays a word to fill in. */
export function curlOf({ raw, canonical }: Pick<EventDetail, 'raw' | 'canonical'>, origin: string): string {
  const body = JSON.stringify(raw ?? canonical).replaceAll("'", String.raw`'\''`);
  return `curl -X POST ${origin}/v1/events -H 'Authorization: Bearer $WRITE_KEY' -H 'Content-Type: application/json' -d '${body}'`.replace(
    "'Authorization: Bearer $WRITE_KEY'",
    '"Authorization: Bearer $WRITE_KEY"',
  );
}
