import { inflateRawSync } from 'node:zlib';

/** One array of an .npz file: its shape, and its values as numbers or texts. */
export interface NpzArray {
  readonly shape: readonly number[];
  readonly numbers: Float64Array;
  /** Filled for unicode arrays only. */
  readonly texts: readonly string[];
}

/** No array of ours comes near it; a member that unpacks to more is refused. */
const ARRAY_LIMIT_BYTES = 512 * 1024 * 1024;

/**
 * Reads a NumPy .npz archive: all of its arrays, or those of the given names, whatever else is in it.
 *
 * References: NumPy format 1.0 (numpy.lib.format); ZIP, APPNOTE 4.3 (central directory; stored and deflated members).
 */
export function readNpz(file: Uint8Array, names?: ReadonlySet<string>): ReadonlyMap<string, NpzArray> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let end = file.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error('readNpz: expected a ZIP archive, got no end of central directory');
  const arrays = new Map<string, NpzArray>();
  let at = view.getUint32(end + 16, true);
  for (let member = 0; member < view.getUint16(end + 10, true); member++) {
    const nameBytes = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(file.subarray(at + 46, at + 46 + nameBytes));
    const arrayName = name.replace(/\.npy$/, '');
    if (names?.has(arrayName) ?? true) {
      const local = view.getUint32(at + 42, true);
      const dataAt = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const stored = file.subarray(dataAt, dataAt + view.getUint32(at + 20, true));
      const packed = view.getUint16(at + 10, true) === 8;
      const bytes = packed ? inflateRawSync(stored, { maxOutputLength: ARRAY_LIMIT_BYTES }) : stored;
      arrays.set(arrayName, readNpy(name, bytes));
    }
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return arrays;
}

function readNpy(name: string, bytes: Uint8Array): NpzArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint16(8, true);
  const header = new TextDecoder().decode(bytes.subarray(10, 10 + headerBytes));
  const descr = /'descr': '([^']+)'/.exec(header)?.[1];
  const dims = /'shape': \(([^)]*)\)/.exec(header)?.[1];
  if (descr === undefined || dims === undefined || !header.includes("'fortran_order': False")) {
    throw new Error(`readNpz: ${name}: expected a C-ordered NumPy array, got ${header}`);
  }
  const shape = dims
    .split(',')
    .filter((d) => d.trim() !== '')
    .map(Number);
  const count = shape.reduce((product, size) => product * size, 1);
  // A copy, not Buffer.slice: typed arrays over it need offset 0.
  const data = new Uint8Array(bytes.subarray(10 + headerBytes));
  if (descr.startsWith('<U')) return { shape, numbers: new Float64Array(0), texts: readTexts(data, count) };
  return { shape, numbers: readNumbers(name, descr, data.buffer, count), texts: [] };
}

function readTexts(data: Uint8Array, count: number): string[] {
  const codes = new Uint32Array(data.buffer);
  const width = codes.length / count;
  return Array.from({ length: count }, (_, i) =>
    String.fromCodePoint(...codes.subarray(i * width, (i + 1) * width).filter((code) => code > 0)),
  );
}

function readNumbers(name: string, descr: string, buffer: ArrayBuffer, count: number): Float64Array {
  if (descr === '<f8') return new Float64Array(buffer, 0, count);
  if (descr === '<i8') return Float64Array.from(new BigInt64Array(buffer, 0, count), Number);
  if (descr === '<u4') return Float64Array.from(new Uint32Array(buffer, 0, count));
  if (descr === '<f4') return Float64Array.from(new Float32Array(buffer, 0, count));
  if (descr === '<u2') return Float64Array.from(new Uint16Array(buffer, 0, count));
  if (descr === '<i4') return Float64Array.from(new Int32Array(buffer, 0, count));
  if (descr === '|u1') return Float64Array.from(new Uint8Array(buffer, 0, count));
  if (descr === '<f2') return Float64Array.from(new Uint16Array(buffer, 0, count), halfValue);
  throw new Error(`readNpz: ${name}: expected a known dtype, got ${descr}`);
}

function halfValue(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
