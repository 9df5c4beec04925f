import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fileBytes } from '../teacher/file-bytes.ts';
import { readSafetensors } from '../tensor/safetensors.ts';

const Scaled = z.object({ scaling_factor: z.number().default(1) });

/**
 * What decides an autoencoder's latents, as a sha256: its encoder's weights and the scaling factor.
 *
 * A denoiser is bound to latents. The decoder may go on learning without making them stale.
 */
export function encoderDigest(weightsPath: string, config: unknown): string {
  const { entries } = readSafetensors(fileBytes(weightsPath));
  const hash = createHash('sha256').update(`scaling_factor ${Scaled.parse(config).scaling_factor}\n`);
  for (const [name, entry] of [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (!name.startsWith('encoder.')) continue;
    hash.update(`${name} ${entry.dtype} [${entry.shape}]\n`).update(entry.read());
  }
  return hash.digest('hex');
}
