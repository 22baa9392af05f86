import type { MappingDocument } from '@throughline/contracts';
import { mapRecord } from './map-record';
import { readRecords } from './read-records';

/** What one record of a file gives: events to post, or the reason why it could not be read. */
export type ImportedRecord =
  { readonly line: number; readonly events: readonly Record<string, unknown>[] } | { readonly line: number; readonly unreadable: string };

/**
 * Turns the text of a file into events to post to `POST /v1/events`, record by record, by a mapping document. Pure and streaming: give it chunks of decoded text of any size; the same file gives the same events,
 * so importing it twice changes nothing. Throws `MappingError` where the document does not make sense.
 */
export async function* importFile(chunks: AsyncIterable<string> | Iterable<string>, mapping: MappingDocument): AsyncGenerator<ImportedRecord> {
  for await (const record of readRecords(chunks, mapping.format))
    yield 'unreadable' in record ? record : { line: record.line, events: mapRecord(record, mapping) };
}
