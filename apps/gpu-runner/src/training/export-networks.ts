/// <reference lib="esnext.float16" />
import { join } from 'node:path';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import { type SafetensorsInput, writeSafetensors } from '../tensor/write-safetensors.ts';
import type { SourceTensor } from '../onnx/tensor-source.ts';
import type { ParameterTensor } from './training-program.ts';

/** Writes one trained network as diffusers stores it: config.json and float16 weights; `part/` is cut from their names. `fixed` are weights that were not trained. */
export async function exportNetwork(
  directory: string,
  config: Readonly<Record<string, unknown>>,
  part: string,
  layout: readonly ParameterTensor[],
  values: Float32Array,
  fixed: ReadonlyMap<string, SourceTensor> = new Map(),
): Promise<void> {
  const tensors = new Map<string, SafetensorsInput>();
  for (const [name, { shape, data }] of fixed) {
    tensors.set(name, { dtype: 'F16', shape, values: new Float16Array(data) });
  }
  for (const { name, shape, start, end } of layout) {
    if (!name.startsWith(`${part}/`)) continue;
    const half = new Float16Array(values.subarray(start, end));
    tensors.set(name.slice(part.length + 1), { dtype: 'F16', shape, values: half });
  }
  if (tensors.size === 0) throw new Error(`exportNetwork: expected weights of ${part}, got none`);
  await writeFileWhole(
    join(directory, 'diffusion_pytorch_model.safetensors'),
    writeSafetensors(tensors, { format: 'pt' }),
  );
  const text = `${JSON.stringify({ ...config, _diffusers_version: '0.42.1' }, null, 2)}\n`;
  await writeFileWhole(join(directory, 'config.json'), new TextEncoder().encode(text));
}
