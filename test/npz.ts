/** One array of an archive: NumPy's name of its type, its shape and its values. */
export interface NpzInput {
  readonly descr: '<f4' | '<f8' | '<i4' | '<i8' | '<u4';
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** A NumPy .npz archive, its members stored, not deflated; checksums are left at 0, which our reader does not look at. */
export function writeNpz(arrays: Readonly<Record<string, NpzInput>>): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, array] of Object.entries(arrays)) {
    const file = Buffer.from(`${name}.npy`);
    const data = npyOf(array);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(data.length, 22);
    local.writeUInt16LE(file.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(data.length, 24);
    entry.writeUInt16LE(file.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, file, data);
    central.push(entry, file);
    offset += 30 + file.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(locals.length / 3, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...central, end]);
}

function npyOf({ descr, shape, values }: NpzInput): Buffer {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${dims}), }`;
  const padded = header.padEnd(Math.ceil((10 + header.length + 1) / 64) * 64 - 11, ' ');
  const prefix = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, 0, 0]);
  prefix.writeUInt16LE(padded.length + 1, 8);
  return Buffer.concat([prefix, Buffer.from(`${padded}\n`), bytesOf(descr, values)]);
}

function bytesOf(descr: NpzInput['descr'], values: ArrayLike<number>): Buffer {
  const arrays = {
    '<f4': () => Float32Array.from(values),
    '<f8': () => Float64Array.from(values),
    '<i4': () => Int32Array.from(values),
    '<u4': () => Uint32Array.from(values),
    '<i8': () => BigInt64Array.from(Array.from(values), BigInt),
  };
  return Buffer.from(arrays[descr]().buffer);
}
