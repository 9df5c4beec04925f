/** Bytes that can be read in pieces: a file, or an array in memory. */
export interface ByteSource {
  readonly byteLength: number;
  /** The bytes `begin` … `end` (excluded). */
  read(begin: number, end: number): Uint8Array;
}

/** One tensor of a safetensors file, still in its own bytes. */
export interface SafetensorsEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Reads the little-endian values, row-major. */
  read(): Uint8Array;
  /** Reads some of those bytes, `begin` … `end` (excluded). */
  readRange(begin: number, end: number): Uint8Array;
}

/** A parsed safetensors file. */
export interface SafetensorsFile {
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: ReadonlyMap<string, string>;
}

const BYTES_OF_DTYPE: ReadonlyMap<string, number> = new Map([
  ['F64', 8],
  ['F32', 4],
  ['F16', 2],
  ['BF16', 2],
  ['I64', 8],
  ['I32', 4],
  ['U32', 4],
  ['U16', 2],
  ['U8', 1],
]);

const HEADER_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Reads the table of a safetensors file and checks it: known dtypes, offsets inside the file, and exactly as many
 * bytes as the shape needs. File content is distrusted; a file that breaks a rule is refused by tensor name. Tensors
 * are read when asked for, so a file may be larger than memory.
 *
 * References: safetensors format, https://huggingface.co/docs/safetensors.
 */
export function readSafetensors(file: Uint8Array | ByteSource): SafetensorsFile {
  const source = file instanceof Uint8Array ? bytesInMemory(file) : file;
  if (source.byteLength < 8)
    throw new Error(`readSafetensors: expected at least 8 bytes, got ${source.byteLength}`);
  const prefix = source.read(0, 8);
  const headerBytes = Number(new DataView(prefix.buffer, prefix.byteOffset, 8).getBigUint64(0, true));
  if (headerBytes > Math.min(source.byteLength - 8, HEADER_LIMIT_BYTES)) {
    throw new Error(`readSafetensors: expected a header inside the file, got ${headerBytes} bytes`);
  }
  const entries = new Map<string, SafetensorsEntry>();
  const metadata = new Map<string, string>();
  for (const [name, value] of Object.entries(parseHeader(source.read(8, 8 + headerBytes)))) {
    if (!isRecord(value)) throw new Error(`readSafetensors: ${name}: expected an object`);
    if (name === '__metadata__') {
      for (const [key, text] of Object.entries(value)) metadata.set(key, String(text));
    } else {
      entries.set(name, readEntry(name, value, source, 8 + headerBytes));
    }
  }
  return { entries, metadata };
}

function bytesInMemory(bytes: Uint8Array): ByteSource {
  return { byteLength: bytes.byteLength, read: (begin, end) => bytes.subarray(begin, end) };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Error('readSafetensors: expected a JSON header');
  }
  if (!isRecord(header)) throw new Error('readSafetensors: expected a JSON object as header');
  return header;
}

function readEntry(
  name: string,
  value: Record<string, unknown>,
  source: ByteSource,
  dataBegin: number,
): SafetensorsEntry {
  const { dtype, shape, data_offsets: offsets } = value;
  const width = typeof dtype === 'string' ? BYTES_OF_DTYPE.get(dtype) : undefined;
  if (typeof dtype !== 'string' || width === undefined) {
    throw new Error(`readSafetensors: ${name}: expected a known dtype, got ${String(dtype)}`);
  }
  if (!isCounts(shape)) throw new Error(`readSafetensors: ${name}: expected a shape, got ${String(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw new Error(`readSafetensors: ${name}: expected two data offsets, got ${String(offsets)}`);
  }
  const [begin, end] = offsets;
  const need = shape.reduce((product, size) => product * size, width);
  const room = source.byteLength - dataBegin;
  if (begin > end || end > room || end - begin !== need) {
    throw new Error(`readSafetensors: ${name}: expected ${need} bytes inside ${room}, got ${begin}..${end}`);
  }
  return {
    dtype,
    shape,
    read: () => source.read(dataBegin + begin, dataBegin + end),
    readRange(from, to) {
      if (!(from >= 0 && from <= to && to <= need)) {
        throw new Error(`readRange: ${name}: expected a range inside ${need} bytes, got ${from}..${to}`);
      }
      return source.read(dataBegin + begin + from, dataBegin + begin + to);
    },
  };
}

/** The values of an F32, F16 or BF16 tensor as 32-bit floats. */
export function toFloat32(name: string, entry: SafetensorsEntry): Float32Array {
  const { dtype } = entry;
  if (dtype !== 'F32' && dtype !== 'F16' && dtype !== 'BF16') {
    throw new Error(`toFloat32: ${name}: expected F32, F16 or BF16, got ${dtype}`);
  }
  // A copy, so that the typed arrays below start at an aligned offset.
  const { buffer } = new Uint8Array(entry.read());
  if (dtype === 'F32') return new Float32Array(buffer);
  const half = new Uint16Array(buffer);
  const values = new Float32Array(half.length);
  if (dtype === 'F16') {
    for (let i = 0; i < half.length; i++) values[i] = HALF_VALUES[half[i]];
  } else {
    const bits = new Uint32Array(values.buffer);
    for (let i = 0; i < half.length; i++) bits[i] = half[i] << 16;
  }
  return values;
}

/** The values of a U8, U16, U32 or I32 tensor as exact integers. */
export function toIntegers(name: string, entry: SafetensorsEntry): Uint32Array | Int32Array {
  const { dtype } = entry;
  const { buffer } = new Uint8Array(entry.read());
  if (dtype === 'U8') return Uint32Array.from(new Uint8Array(buffer));
  if (dtype === 'U16') return Uint32Array.from(new Uint16Array(buffer));
  if (dtype === 'U32') return new Uint32Array(buffer);
  if (dtype === 'I32') return new Int32Array(buffer);
  throw new Error(`toIntegers: ${name}: expected U8, U16, U32 or I32, got ${dtype}`);
}

/** All 65,536 half floats, by their bits: a table is several times faster than arithmetic. */
const HALF_VALUES = halfValues();

function halfValues(): Float32Array {
  const values = new Float32Array(65_536);
  for (let bits = 0; bits < values.length; bits++) {
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    const sign = bits & 0x8000 ? -1 : 1;
    if (exponent === 0) values[bits] = sign * fraction * 2 ** -24;
    else if (exponent === 31) values[bits] = fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    else values[bits] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return values;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
