import { type DenoiserConventions, denoiserConventions } from '../training/denoiser-conventions.ts';
import { type ExportedNetwork, findExported, isOutdated } from './find-weights.ts';
import {
  type DenoiserCheckpoint,
  type DenoiserSurroundings,
  readDenoiserCheckpoint,
} from './read-denoiser-checkpoint.ts';

/** Where UNet and ControlNet come from. */
export interface DenoiserSource {
  /** Null where the checkpoint has the weights. */
  readonly unet: ExportedNetwork | null;
  readonly controlnet: ExportedNetwork | null;
  /** The newest one of the training, whether its weights are taken or not. */
  readonly checkpoint: DenoiserCheckpoint | null;
  readonly conventions: DenoiserConventions;
}

/** Exported networks; or the newest checkpoint where there are none, or where training went on after them. */
export function findDenoiser(
  { denoiser, unet: unetDirectory }: { readonly denoiser: string; readonly unet: string | null },
  surroundings: DenoiserSurroundings,
): DenoiserSource {
  const current = (part: string): ExportedNetwork | null => {
    const found = findExported(denoiser, part);
    return found && !isOutdated(found) ? found : null;
  };
  const given = unetDirectory === null ? null : findExported(unetDirectory, 'unet');
  if (unetDirectory !== null && !given) throw new Error(`findDenoiser: ${unetDirectory}: expected a UNet`);
  const found = { unet: given ?? current('unet'), controlnet: current('controlnet') };
  const runDirectory = found.controlnet?.runDirectory ?? denoiser;
  const checkpoint = readDenoiserCheckpoint(runDirectory, surroundings);
  for (const part of ['unet', 'controlnet'] as const) {
    if (found[part] || (checkpoint && !checkpoint.frozen.includes(part))) continue;
    const frozen = checkpoint ? ', and its training left it as it was: see --unet' : ' or a checkpoint';
    throw new Error(`findDenoiser: ${denoiser}: expected a trained ${part}${frozen}`);
  }
  return { ...found, checkpoint, conventions: checkpoint?.conventions ?? denoiserConventions(runDirectory) };
}
