/** Milliseconds from 1970 to 2000, where Postgres counts from. */
const epochOffsetMs = 946_684_800_000;
const uuidOid = 2950;
const int4Oid = 23;
const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');

/** Writes values in Postgres' binary form into one growing buffer: rows for `COPY`, arrays for bound values. */
export class BinaryWriter {
  private buffer: Buffer;
  private at = 0;

  constructor(capacity: number) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  header(): this {
    this.reserve(signature.length);
    this.at += signature.copy(this.buffer, this.at);
    return this;
  }

  row(fields: number): this {
    this.reserve(2);
    this.at = this.buffer.writeInt16BE(fields, this.at);
    return this;
  }

  trailer(): Buffer {
    this.row(-1);
    return this.buffer.subarray(0, this.at);
  }

  int4(value: number): this {
    this.reserve(8);
    this.at = this.buffer.writeInt32BE(4, this.at);
    this.at = this.buffer.writeInt32BE(value, this.at);
    return this;
  }

  timestamptz(instant: number): this {
    this.reserve(12);
    const microseconds = (instant - epochOffsetMs) * 1000;
    const high = Math.floor(microseconds / 4_294_967_296);
    this.at = this.buffer.writeInt32BE(8, this.at);
    this.at = this.buffer.writeInt32BE(high, this.at);
    this.at = this.buffer.writeUInt32BE(microseconds - high * 4_294_967_296, this.at);
    return this;
  }

  /** `text` is a UUID with dashes, or 32 hexadecimal digits. */
  uuid(text: string): this {
    this.reserve(20);
    this.at = this.buffer.writeInt32BE(16, this.at);
    for (let index = 0; index < text.length; index += 2) {
      if (text.charCodeAt(index) === 45) index++;
      this.buffer[this.at++] = (nibble(text.charCodeAt(index)) << 4) | nibble(text.charCodeAt(index + 1));
    }
    return this;
  }

  text(value: string): this {
    this.reserve(4 + value.length * 3);
    const length = this.buffer.write(value, this.at + 4, 'utf8');
    this.buffer.writeInt32BE(length, this.at);
    this.at += 4 + length;
    return this;
  }

  private arrayHeader(oid: number, length: number): this {
    this.reserve(20);
    for (const value of [length === 0 ? 0 : 1, 0, oid, length, 1]) this.at = this.buffer.writeInt32BE(value, this.at);
    return this;
  }

  private reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + bytes));
    this.buffer.copy(grown, 0, 0, this.at);
    this.buffer = grown;
  }

  static uuidArray(values: readonly string[]): Buffer {
    const writer = new BinaryWriter(20 + values.length * 20).arrayHeader(uuidOid, values.length);
    for (const value of values) writer.uuid(value);
    return writer.buffer.subarray(0, writer.at);
  }

  static int4Array(values: readonly number[]): Buffer {
    const writer = new BinaryWriter(20 + values.length * 8).arrayHeader(int4Oid, values.length);
    for (const value of values) writer.int4(value);
    return writer.buffer.subarray(0, writer.at);
  }
}

const nibble = (code: number): number => (code <= 57 ? code - 48 : (code | 32) - 87);
