/**
 * Writes protocol-buffer messages: fields are appended in call order and joined once by `bytes()`.
 *
 * References: protobuf encoding (wire types 0 varint, 2 length-delimited, 5 fixed 32-bit).
 */
export class ProtobufWriter {
  private readonly chunks: Uint8Array[] = [];
  private byteCount = 0;

  /** Appends an integer field; negative values take the ten bytes of two's complement. */
  integer(field: number, value: number): this {
    this.varint(field * 8);
    return this.varint(value);
  }

  /** Appends a 32-bit float field. */
  float(field: number, value: number): this {
    this.varint(field * 8 + 5);
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.raw(bytes);
  }

  /** Appends a length-delimited field; `bytes` is kept by reference, not copied. */
  bytesField(field: number, bytes: Uint8Array): this {
    this.varint(field * 8 + 2);
    this.varint(bytes.length);
    return this.raw(bytes);
  }

  /** Appends a UTF-8 string field. */
  text(field: number, value: string): this {
    return this.bytesField(field, new TextEncoder().encode(value));
  }

  /** Appends an embedded message. */
  message(field: number, value: ProtobufWriter): this {
    this.varint(field * 8 + 2);
    this.varint(value.byteCount);
    for (const chunk of value.chunks) this.raw(chunk);
    return this;
  }

  /** The whole message as one array. */
  bytes(): Uint8Array {
    const out = new Uint8Array(this.byteCount);
    let at = 0;
    for (const chunk of this.chunks) {
      out.set(chunk, at);
      at += chunk.length;
    }
    return out;
  }

  private raw(bytes: Uint8Array): this {
    this.chunks.push(bytes);
    this.byteCount += bytes.length;
    return this;
  }

  private varint(value: number): this {
    if (!Number.isSafeInteger(value)) throw new Error(`protobuf: expected a safe integer, got ${value}`);
    const out: number[] = [];
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 127n) {
      out.push(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    out.push(Number(rest));
    return this.raw(Uint8Array.from(out));
  }
}
