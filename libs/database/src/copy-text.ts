/** What a COPY cell may hold. An object is the caller's to serialise (JSON once, not twice). */
export type CopyValue = string | number | bigint | boolean | Date | Buffer | null | undefined;

const special = /[\\\n\r\t]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function cell(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return special.test(value) ? value.replace(/[\\\n\r\t]/g, (character) => escapes[character]!) : value;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  return String(value);
}

/**
 * Rows in the text format of `COPY … FROM STDIN`, in chunks of about 256 kB so that memory stays bounded whatever the number of rows.
 * Escapes backslash, newline, carriage return and tab; null and undefined become `\N`. Postgres itself refuses a NUL character.
 */
export function* copyChunks(rows: Iterable<readonly CopyValue[]>, counted: { rows: number }): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    let line = cell(row[0]);
    for (let index = 1; index < row.length; index += 1) line += `\t${cell(row[index])}`;
    chunk += `${line}\n`;
    counted.rows += 1;
    if (chunk.length > 262_144) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}
