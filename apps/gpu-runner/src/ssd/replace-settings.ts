import type {
  ExportSettings,
  GeometrySettings,
  HeadSettings,
  RefineSettings,
  TextureSettings,
} from './config.ts';

/** Fields of a preset that are to have other values. */
export interface SettingOverrides {
  readonly geometry?: Partial<GeometrySettings>;
  readonly texture?: Partial<TextureSettings>;
  readonly export?: Partial<ExportSettings>;
  /** All of the refinement, which no preset has by itself. */
  readonly refine?: RefineSettings;
}

/** Fields that a preset may leave out: the teacher's manifest has them, or they are off. */
const OPTIONAL = [
  'guidanceScale',
  'anchor',
  'weighting',
  'timesteps',
  'weightDecay',
  'latentSteps',
  'releasedLandmarks',
  'releasedCameras',
  'background',
  'gridSpans',
];

/** `base` with some fields replaced, for experiments; unknown fields are refused by name, values are the caller's own. */
export function replaceSettings(base: HeadSettings, overrides: SettingOverrides): HeadSettings {
  for (const part of ['geometry', 'texture', 'export'] as const) {
    for (const field of Object.keys(overrides[part] ?? {})) {
      if (!(field in base[part]) && !(part !== 'export' && OPTIONAL.includes(field))) {
        throw new Error(
          `replaceSettings: ${part}.${field}: expected one of ${Object.keys(base[part]).join(', ')}`,
        );
      }
    }
  }
  return {
    ...base,
    ...(overrides.refine ? { refine: overrides.refine } : {}),
    geometry: { ...base.geometry, ...overrides.geometry },
    texture: { ...base.texture, ...overrides.texture },
    export: { ...base.export, ...overrides.export },
  };
}
