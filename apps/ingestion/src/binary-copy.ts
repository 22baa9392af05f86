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

  reset(): void {
    this.at = 0;
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
    const { buffer } = this;
    let at = buffer.writeInt32BE(16, this.at);
    const dashed = text.length === 36;
    for (let index = 0, byte = 0; byte < 16; byte++, index += 2) {
      if (dashed && (byte === 4 || byte === 6 || byte === 8 || byte === 10)) index++;
      buffer[at++] = (nibbles[text.charCodeAt(index)]! << 4) | nibbles[text.charCodeAt(index + 1)]!;
    }
    this.at = at;
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

/** Value of each hexadecimal digit by its character code. */
const nibbles = new Uint8Array(128);
for (let value = 0; value < 16; value++) for (const digit of [value.toString(16), value.toString(16).toUpperCase()]) nibbles[digit.charCodeAt(0)] = value;

const spare: BinaryWriter[] = [];

/** A writer for the time of `work`, with the buffer of an earlier one: buffers of this size are dear to make. What it wrote must not be used afterwards. */
export async function withWriter<Result>(work: (writer: BinaryWriter) => Promise<Result>): Promise<Result> {
  const writer = spare.pop() ?? new BinaryWriter(262_144);
  try {
    return await work(writer);
  } finally {
    writer.reset();
    if (spare.length < 8) spare.push(writer);
  }
}
