/**
 * Every hyper-parameter of the method, and the presets as one typed table.
 *
 * "Paper" in a comment is the value of HeadArtist's released configuration for Stable Diffusion 2.1. What
 * the teacher must know (framing, timestep ranges, guidance, negative prompts) is in its manifest, not here.
 */
import type { Preset } from '@headwright/shared/presets';
import { COLOR_FIELD_DEFAULTS, type ColorFieldConfig } from './color-field/color-field.ts';
import { SCORE_DEFAULTS, type ScoreSettings } from './distillation/score-settings.ts';
import type { Schedule } from './optimizer/schedule.ts';
import { FIELD_DEFAULTS, type FieldSettings } from './tetrahedral-grid/signed-distance-field.ts';

/** What both stages have. */
export interface StageSettings extends ScoreSettings {
  /** Optimizer steps. Paper: 15,000 (geometry), 20,000 (texture). */
  readonly steps: number;
  /** Views a step; each is one sample of the target and one of the estimate. Paper: 1. */
  readonly viewsPerStep: number;
  /** Share of the views that look at the face, and how far around it. Paper: no focus. */
  readonly frontShare: number;
  readonly frontSpreadRad: number;
}

export interface GeometrySettings extends StageSettings {
  readonly field: FieldSettings;
  /** Edge of the tetrahedral grid's cubes, head heights. Paper: 128 cubes along its box, 1/64 world unit each. */
  readonly cellSize: number;
  /** Step size of the residual field. Paper: 1e-3 for a hash grid with networks. */
  readonly learningRate: Schedule;
  /**
   * Weight of the mean of 1 − cos between neighboring vertex normals. Paper: 7,000 then 10,000, against a
   * gradient 7 times larger (s − 1 of 99 instead of 14) on a picture of 16 times the pixels.
   */
  readonly normalConsistency: Schedule;
  /** Weight of the mean length of the uniform Laplacian. Paper: 10,000. */
  readonly laplacian: Schedule;
}

export interface TextureSettings extends StageSettings {
  readonly field: ColorFieldConfig;
  /** Step sizes. Paper: 1e-2 for the encoding, 1e-3 for the network. */
  readonly gridLearningRate: Schedule;
  readonly networkLearningRate: Schedule;
}

export interface ExportSettings {
  /** Edge of the cubes that the finished surface is cut from, head heights. */
  readonly surfaceCellSize: number;
  /** Triangles of the delivered mesh. */
  readonly triangles: number;
  /** Side of the base color texture, texels. */
  readonly textureSize: number;
  /** Frames of the turntable. */
  readonly turntableFrames: number;
}

/** One preset, whole. */
export interface HeadSettings {
  readonly geometry: GeometrySettings;
  readonly texture: TextureSettings;
  readonly export: ExportSettings;
}

/**
 * Fine levels of the residual take small steps: with larger ones the starter's noisy normals leave dents in cheeks and
 * lengthen noses, while hair, hats and horns come from the coarse levels anyway.
 */
const FIELD: FieldSettings = { ...FIELD_DEFAULTS, distanceScales: [1, 0.7, 0.3, 0.08] };

const DRAFT: HeadSettings = {
  geometry: {
    ...SCORE_DEFAULTS,
    steps: 180,
    viewsPerStep: 3,
    frontShare: 0.3,
    frontSpreadRad: 0.6,
    field: FIELD,
    cellSize: 0.045,
    learningRate: [20, 2e-3, 3e-4, 180],
    normalConsistency: 120,
    laplacian: 1500,
  },
  texture: {
    ...SCORE_DEFAULTS,
    steps: 480,
    viewsPerStep: 3,
    frontShare: 0.5,
    frontSpreadRad: 0.6,
    field: COLOR_FIELD_DEFAULTS,
    gridLearningRate: [200, 2e-2, 3e-3, 480],
    networkLearningRate: 3e-3,
  },
  export: { surfaceCellSize: 0.018, triangles: 16_000, textureSize: 1024, turntableFrames: 40 },
};

/** What each preset runs; `smoke` proves the path in tests and is not for people. */
export const PRESET_SETTINGS: Readonly<Record<Preset, HeadSettings>> = {
  smoke: {
    geometry: { ...DRAFT.geometry, steps: 6, viewsPerStep: 2, cellSize: 0.08 },
    texture: { ...DRAFT.texture, steps: 40, viewsPerStep: 2, gridLearningRate: 2e-2 },
    export: { surfaceCellSize: 0.035, triangles: 4_000, textureSize: 256, turntableFrames: 4 },
  },
  draft: DRAFT,
  standard: {
    geometry: {
      ...DRAFT.geometry,
      steps: 400,
      viewsPerStep: 4,
      cellSize: 0.036,
      learningRate: [40, 1.5e-3, 1.5e-4, 400],
    },
    texture: {
      ...DRAFT.texture,
      steps: 1200,
      viewsPerStep: 4,
      gridLearningRate: [400, 2e-2, 1.5e-3, 1200],
    },
    export: { surfaceCellSize: 0.014, triangles: 24_000, textureSize: 2048, turntableFrames: 40 },
  },
};
