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
  /** Of settings that have a refinement. */
  readonly refine?: Partial<RefineSettings>;
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
  for (const part of ['geometry', 'texture', 'export', 'refine'] as const) {
    const known = base[part] ?? {};
    for (const field of Object.keys(overrides[part] ?? {})) {
      if (!(field in known) && !(part !== 'export' && OPTIONAL.includes(field))) {
        throw new Error(
          `replaceSettings: ${part}.${field}: expected one of ${Object.keys(known).join(', ')}`,
        );
      }
    }
  }
  return {
    ...(base.refine ? { refine: { ...base.refine, ...overrides.refine } } : {}),
    geometry: { ...base.geometry, ...overrides.geometry },
    texture: { ...base.texture, ...overrides.texture },
    export: { ...base.export, ...overrides.export },
  };
}
