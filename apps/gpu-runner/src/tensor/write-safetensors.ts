/// <reference lib="esnext.float16" />
/** A tensor to write: little-endian values of `dtype`, row-major. */
export interface SafetensorsInput {
  readonly dtype: 'F32' | 'F16' | 'U32' | 'U16' | 'U8';
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/**
 * Writes a safetensors file with its tensors in the given order.
 *
 * References: safetensors format, https://huggingface.co/docs/safetensors.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, SafetensorsInput>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, tensor] of tensors) {
    const bytes = toBytes(tensor);
    header[name] = {
      dtype: tensor.dtype,
      shape: tensor.shape,
      data_offsets: [offset, offset + bytes.byteLength],
    };
    parts.push(bytes);
    offset += bytes.byteLength;
  }
  const text = JSON.stringify(header);
  // The format wants the data 8-byte aligned: pad the header with spaces.
  const textBytes = new TextEncoder().encode(text);
  const headerBytes = new Uint8Array(Math.ceil(textBytes.byteLength / 8) * 8).fill(0x20);
  headerBytes.set(textBytes);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(headerBytes.byteLength), true);
  return joined([length, headerBytes, ...parts]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}

function toBytes(tensor: SafetensorsInput): Uint8Array {
  const { dtype, values } = tensor;
  if (dtype === 'U8') return values instanceof Uint8Array ? values : Uint8Array.from(values);
  if (dtype === 'U16') return new Uint8Array(Uint16Array.from(values).buffer);
  if (dtype === 'U32') return new Uint8Array(Uint32Array.from(values).buffer);
  if (dtype === 'F32') {
    const floats = values instanceof Float32Array ? values : Float32Array.from(values);
    return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
  }
  if (values instanceof Float16Array)
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return new Uint8Array(Uint16Array.from(values, halfBits).buffer);
}

/** Rounds to the nearest half float, ties to even; values here lie far below its largest number. */
function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === 0) return sign;
  const exponent = Math.max(Math.floor(Math.log2(size)), -14);
  const unit = 2 ** (exponent - 10);
  let steps = Math.floor(size / unit);
  const rest = size / unit - steps;
  if (rest > 0.5 || (rest === 0.5 && steps % 2 === 1)) steps++;
  // Subnormals have steps below 1024 at exponent −14; a carry runs into the exponent field by itself.
  return sign + (exponent + 14) * 1024 + steps;
}
