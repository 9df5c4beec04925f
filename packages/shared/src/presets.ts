import { z } from 'zod';

/** Presets that a customer can ask for; what each costs in steps is the engine's table (apps/gpu-runner/src/ssd/config.ts). */
export const PUBLIC_PRESETS = ['draft', 'standard'] as const;

/** `smoke` exists for tests only: an edge accepts it when its ALLOW_SMOKE_PRESET variable is "true". */
export const PRESETS = ['smoke', ...PUBLIC_PRESETS] as const;
export const Preset = z.enum(PRESETS);
export type Preset = z.infer<typeof Preset>;

/**
 * What the engine can run. `paper`, the released settings, is for an operator's command line and a full-size teacher; the
 * API and the runner protocol do not know it, so nobody can order it.
 */
export const ENGINE_PRESETS = [...PRESETS, 'paper'] as const;
export const EnginePreset = z.enum(ENGINE_PRESETS);
export type EnginePreset = z.infer<typeof EnginePreset>;
