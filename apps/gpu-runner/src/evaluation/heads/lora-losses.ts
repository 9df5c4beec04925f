import { existsSync } from 'node:fs';
import { z } from 'zod';
import { parseJsonFile } from '../../teacher/checked-files.ts';
import { lossCurvesSvg } from '../../training/loss-curves-svg.ts';

const Losses = z.strictObject({ geometry: z.array(z.number()), texture: z.array(z.number()) });

/** The loss of the low-rank updates that `vsd` trains along, step by step, as a share of the bare UNet's at the same noise. */
export type LoraLosses = z.infer<typeof Losses>;

/** Name of the file beside a head's others, and beside its checkpoint. */
export const LORA_LOSSES_FILE = 'lora-losses.json';

/** Reads losses that were kept; none where there is no file. */
export function readLoraLosses(path: string): LoraLosses {
  return existsSync(path) ? parseJsonFile(Losses, path) : { geometry: [], texture: [] };
}

/** Each point of a curve is the mean of a window: how much there is to win depends on a step's timestep. */
const WINDOWS = 30;

/** A curve for each stage with losses, as SVG, whose title has the means of its first and its last fifth. */
export function loraCurves(losses: LoraLosses): string[] {
  return (['geometry', 'texture'] as const).flatMap((stage) => {
    const values = losses[stage];
    if (values.length === 0) return [];
    const window = Math.max(1, Math.ceil(values.length / WINDOWS));
    const rows = Array.from({ length: Math.ceil(values.length / window) }, (_, n) => {
      const own = values.slice(n * window, (n + 1) * window);
      return { step: n * window + own.length, loss: mean(own), heldOut: {} };
    });
    const fifth = Math.ceil(values.length / 5);
    const [first, last] = [values.slice(0, fifth), values.slice(-fifth)].map((own) => mean(own).toFixed(3));
    const title = `loss of the low-rank updates as a share of the bare UNet’s, ${stage}, means of ${window} steps: ${first} → ${last}`;
    return [lossCurvesSvg(title, rows)];
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
