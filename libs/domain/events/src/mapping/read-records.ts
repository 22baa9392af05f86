import type { MappingDocument } from '@throughline/contracts';

/** One record of a file, with its number (from 1, header not counted). */
export interface FileRecord {
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A record that could not be read. */
export interface UnreadableRecord {
  readonly line: number;
  readonly unreadable: string;
}

/** Reads the records of a file from chunks of its text, whatever their size; holds one record at a time. */
export async function* readRecords(
  chunks: AsyncIterable<string> | Iterable<string>,
  format: MappingDocument['format'],
): AsyncGenerator<FileRecord | UnreadableRecord> {
  if (format.kind === 'csv') yield* readCsv(chunks, format);
  else yield* readLines(chunks, format);
}

async function* readLines(chunks: AsyncIterable<string> | Iterable<string>, format: MappingDocument['format']): AsyncGenerator<FileRecord | UnreadableRecord> {
  let line = 0;
  for await (const text of linesOf(chunks)) {
    if (text.trim() === '') continue;
    line += 1;
    if (format.kind === 'lines') yield { line, values: named(format.columns ?? [], text.split(format.delimiter)) };
    else yield parsedLine(line, text);
  }
}

function parsedLine(line: number, text: string): FileRecord | UnreadableRecord {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { line, values: value as Record<string, unknown> };
  } catch {
    // Said below.
  }
  return { line, unreadable: 'the line is not a JSON object' };
}

async function* linesOf(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const text of lines) yield withoutReturn(text);
  }
  if (rest !== '') yield withoutReturn(rest);
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

/** RFC 4180: quoted fields may hold the delimiter, line breaks and doubled quotes. */
async function* readCsv(chunks: AsyncIterable<string> | Iterable<string>, format: MappingDocument['format']): AsyncGenerator<FileRecord | UnreadableRecord> {
  let columns = format.columns;
  let line = 0;
  for await (const fields of rowsOf(chunks, format.delimiter)) {
    if (columns === undefined) {
      columns = fields.map((name, index) => (index === 0 ? name.replace(/^\uFEFF/, '') : name).trim());
      continue;
    }
    line += 1;
    if (fields.length > columns.length) yield { line, unreadable: `the row has ${fields.length} fields, the header ${columns.length}` };
    else yield { line, values: named(columns, fields) };
  }
}

async function* rowsOf(chunks: AsyncIterable<string> | Iterable<string>, delimiter: string): AsyncGenerator<string[]> {
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let closed = false;
  for await (const chunk of chunks) {
    for (let index = 0; index < chunk.length; index++) {
      const character = chunk[index]!;
      if (quoted && !closed) {
        if (character === '"') closed = true;
        else field += character;
        continue;
      }
      if (closed && character === '"') {
        field += '"';
        closed = false;
        continue;
      }
      if (character === '"' && field === '' && !closed) quoted = true;
      else if (character === delimiter || character === '\n') {
        fields.push(character === '\n' && !quoted ? withoutReturn(field) : field);
        field = '';
        quoted = false;
        closed = false;
        if (character === '\n') {
          if (fields.length > 1 || fields[0] !== '') yield fields;
          fields = [];
        }
      } else if (!(closed && character === '\r')) field += character;
    }
  }
  if (field !== '' || fields.length > 0) yield [...fields, quoted ? field : withoutReturn(field)];
}

const named = (columns: readonly string[], fields: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.map((name, index) => [name, fields[index] ?? '']));
