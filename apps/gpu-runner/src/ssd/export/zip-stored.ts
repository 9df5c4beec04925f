import { crc32 } from 'node:zlib';

const ALIGNMENT = 64;
const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_BYTES = 22;
/** An extra field's own header; readers skip fields of unknown kinds. */
const EXTRA_HEADER_BYTES = 4;
const PADDING_KIND = 0x1986;
/** 1 January 1980, the first day that the format knows: equal content gives equal bytes. */
const DOS_DATE = 0x21;

/**
 * A zip archive without compression whose entries' bytes begin at multiples of 64, as USDZ wants them.
 *
 * References: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4.
 */
export function zipStored(
  entries: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const encoded = new TextEncoder().encode(name);
    const start = offset + LOCAL_HEADER_BYTES + encoded.length + EXTRA_HEADER_BYTES;
    const padding = (ALIGNMENT - (start % ALIGNMENT)) % ALIGNMENT;
    const local = new Uint8Array(LOCAL_HEADER_BYTES + encoded.length + EXTRA_HEADER_BYTES + padding);
    const view = new DataView(local.buffer);
    view.setUint32(0, 0x04034b50, true);
    writeEntry(view, 4, bytes, encoded.length, EXTRA_HEADER_BYTES + padding);
    local.set(encoded, LOCAL_HEADER_BYTES);
    view.setUint16(LOCAL_HEADER_BYTES + encoded.length, PADDING_KIND, true);
    view.setUint16(LOCAL_HEADER_BYTES + encoded.length + 2, padding, true);
    const central = new Uint8Array(CENTRAL_HEADER_BYTES + encoded.length);
    const record = new DataView(central.buffer);
    record.setUint32(0, 0x02014b50, true);
    record.setUint16(4, 10, true);
    writeEntry(record, 6, bytes, encoded.length, 0);
    record.setUint32(42, offset, true);
    central.set(encoded, CENTRAL_HEADER_BYTES);
    parts.push(local, bytes);
    directory.push(central);
    offset += local.length + bytes.length;
  }
  const end = new DataView(new ArrayBuffer(END_BYTES));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(
    12,
    directory.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  end.setUint32(16, offset, true);
  return concatenate([...parts, ...directory, new Uint8Array(end.buffer)]);
}

/** The fields that a local and a central header share: version, no flags, stored, time, checksum, sizes and lengths. */
function writeEntry(
  view: DataView,
  at: number,
  bytes: Uint8Array,
  nameBytes: number,
  extraBytes: number,
): void {
  view.setUint16(at, 10, true);
  view.setUint16(at + 8, DOS_DATE, true);
  view.setUint32(at + 10, crc32(bytes), true);
  view.setUint32(at + 14, bytes.length, true);
  view.setUint32(at + 18, bytes.length, true);
  view.setUint16(at + 22, nameBytes, true);
  view.setUint16(at + 24, extraBytes, true);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
