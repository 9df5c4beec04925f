import { z } from 'zod';

/** Presets that a customer can ask for; what each costs in steps is the engine's table (apps/gpu-runner/src/ssd/config.ts). */
export const PUBLIC_PRESETS = ['draft', 'standard'] as const;

/** `smoke` exists for tests only: an edge accepts it when its ALLOW_SMOKE_PRESET variable is "true". */
export const PRESETS = ['smoke', ...PUBLIC_PRESETS] as const;
export const Preset = z.enum(PRESETS);
export type Preset = z.infer<typeof Preset>;
