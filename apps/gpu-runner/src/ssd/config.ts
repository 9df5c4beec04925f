/**
 * Every hyper-parameter of the method, and the presets as one typed table.
 *
 * "Paper" in a comment is the value of HeadArtist's released configuration for Stable Diffusion 2.1, and the preset
 * `paper` is all of them at once. What the teacher must know (framing, negative prompts, and timestep ranges and guidance
 * for the other presets) is in its manifest, not here; `requireTeacher` compares the two.
 */
import type { EnginePreset } from '@headwright/shared/presets';
import { RELEASED_CAMERAS, type ReleasedCameras } from './cameras/released-cameras.ts';
import { COLOR_FIELD_DEFAULTS, type ColorFieldConfig } from './color-field/color-field.ts';
import type { PaintSettings } from './diffusion/open-view-painter.ts';
import { SCORE_DEFAULTS, type ScoreSettings } from './distillation/score-settings.ts';
import type { Schedule } from './optimizer/schedule.ts';
import type {
  FieldSettings,
  HashGridFieldSettings,
  ResidualFieldSettings,
} from './tetrahedral-grid/field-settings.ts';
import { FIELD_DEFAULTS } from './tetrahedral-grid/residual-field.ts';

/** What both stages have. */
export interface StageSettings extends ScoreSettings {
  /** Optimizer steps. Paper: 15,000 (geometry), 20,000 (texture). */
  readonly steps: number;
  /** Views a step; each is one sample of the target and one of the estimate. Paper: 1. */
  readonly viewsPerStep: number;
  /** Share of the views that look at the face, and how far around it. Paper: no focus. */
  readonly frontShare: number;
  readonly frontSpreadRad: number;
  /** Share of those that are close-ups, where the teacher's framing has any. Paper: none. */
  readonly closeUpShare?: number;
  /**
   * Share of the stage, from its start, in which both sides of the head learn from what one side shows; none where left
   * out. Twice the evidence, and no crooked heads; what has one side only grows afterwards. Paper: none.
   */
  readonly mirroredUntil?: number;
  /** Replace the teacher's framing and the three above. Paper: 3 of its units away, 30° … 50°, elevations −10° … 45°. */
  readonly releasedCameras?: ReleasedCameras;
  /** Landmarks of one face, turned as in the release, instead of those that follow the head. Paper: true. */
  readonly releasedLandmarks?: boolean;
  /** Decay of all parameters by AdamW, 0 where left out. Paper: 0.01, torch's default. */
  readonly weightDecay?: number;
}

/** A share of the geometry stage on one grid. */
export interface GridSpan {
  readonly untilProgress: number;
  /** Edge of the grid's cubes, head heights. */
  readonly cellSize: number;
  /** Cells near the surface only, found by a grid of twice the cell size; for sizes that would not fit the whole box. */
  readonly nearSurface?: boolean;
}

export interface GeometrySettings extends StageSettings {
  /**
   * First steps in which normals and mask, made small, are the latent themselves, without the encoder; none where left out.
   * Paper: 1,000.
   */
  readonly latentSteps?: number;
  /** What is learned of the shape. Paper: a hash grid with two networks, fitted to FLAME. */
  readonly field: FieldSettings;
  /**
   * Edge of the tetrahedral grid's cubes, two vertices each, head heights. Paper: 277,410 vertices in a box of 2 units, whose
   * edges of 0.031 to 0.038 units are those of cubes of 0.036.
   */
  readonly cellSize: number;
  /** Grids that follow each other, the last until progress 1, instead of `cellSize` all along. Paper: one grid. */
  readonly gridSpans?: readonly GridSpan[];
  /** Step size of all of the field's parameters. Paper: 1e-3 for its hash grid and networks. */
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
  /** A color in 0 … 1, or one drawn for each view, as where it is left out. Paper: (0.58, 0.47, 0.41). */
  readonly background?: 'random' | readonly [number, number, number];
  /** Step sizes. Paper: 1e-2 for the encoding, 1e-3 for the network. */
  readonly gridLearningRate: Schedule;
  readonly networkLearningRate: Schedule;
}

/** The optional refinement after the texture stage, on the frozen shape. "Paper" is its release; its paper does without. */
export interface RefineSettings {
  /** Views that the teacher paints over once each. Paper: 700, a new one in every step. */
  readonly bank: number;
  /** How it paints. Paper: from pure noise (1), 25 steps of DPM-Solver++, scale 7.5. */
  readonly paint: PaintSettings;
  /** Seed of one noise for all views, or null for the head's own, another for each view. Paper: 42. */
  readonly noiseSeed: number | null;
  /** Seen beside the head, in 0 … 1. Paper: (0.58, 0.47, 0.41). */
  readonly background: readonly [number, number, number];
  /** Take the place of even ones around the head. Paper: those of the texture stage. */
  readonly releasedCameras?: ReleasedCameras;
  /** Optimizer steps. Paper: 700. */
  readonly steps: number;
  /** Views of the bank that one step compares. Paper: 1. */
  readonly viewsPerStep: number;
  /** Weight of the mean absolute difference of the pixels. Paper: 0. */
  readonly pixelWeight: number;
  /** Weight of the perceptual distance, here by the teacher's encoder. Paper: 100, by LPIPS. */
  readonly perceptualWeight: number;
  /** A view pulls at a point by this power of the cosine at which it sees it; 0: all alike. Paper: 0. */
  readonly facingPower: number;
  /** Step sizes. Paper: 1e-2 for the encoding, 1e-3 for the network, both going on from the texture stage. */
  readonly gridLearningRate: Schedule;
  readonly networkLearningRate: Schedule;
  /** As in the texture stage. Paper: 0.01. */
  readonly weightDecay?: number;
}

export interface ExportSettings {
  /** Edge of the cubes that the finished surface is cut from, head heights. */
  readonly surfaceCellSize: number;
  /** Triangles of the delivered mesh. */
  readonly triangles: number;
  /** Side of the base color texture, texels. Paper: 1024. */
  readonly textureSize: number;
  /** Frames of the turntable. Paper: 120, as a video. */
  readonly turntableFrames: number;
}

/** One preset, whole. */
export interface HeadSettings {
  /** Side of the teacher's picture that the numbers are for; left out: any. Paper: 512. */
  readonly imageSize?: number;
  readonly geometry: GeometrySettings;
  readonly texture: TextureSettings;
  /** Left out: no refinement, as in every preset of `PRESET_SETTINGS`; `PRESET_REFINEMENTS` has what `--refine` adds. */
  readonly refine?: RefineSettings;
  readonly export: ExportSettings;
}

/**
 * Fine levels of the residual take small steps: with larger ones the starter's noisy normals leave dents in cheeks and
 * lengthen noses, while hair, hats and horns come from the coarse levels anyway.
 */
const FIELD: ResidualFieldSettings = { ...FIELD_DEFAULTS, distanceScales: [1, 0.7, 0.3, 0.08] };

const DRAFT: HeadSettings = {
  geometry: {
    ...SCORE_DEFAULTS,
    steps: 180,
    viewsPerStep: 3,
    frontShare: 0.3,
    frontSpreadRad: 0.6,
    closeUpShare: 0.3,
    mirroredUntil: 0.75,
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
    closeUpShare: 0.5,
    mirroredUntil: 0.75,
    field: COLOR_FIELD_DEFAULTS,
    gridLearningRate: [200, 2e-2, 3e-3, 480],
    networkLearningRate: 3e-3,
  },
  export: { surfaceCellSize: 0.018, triangles: 16_000, textureSize: 1024, turntableFrames: 40 },
};

/**
 * The released field in our unit, of which 1.1 of the paper's are one. Around the surface, where uniform points are few, the fit
 * draws as many again; a small grid with uniform ones alone ended three times as far from the template there.
 */
const PAPER_FIELD: HashGridFieldSettings = {
  kind: 'hash-grid',
  grid: { levelCount: 16, baseResolution: 16, finestResolution: 4096, tableSizeLog2: 19, damping: 0 },
  halfEdge: 1 / 1.1,
  hiddenSizes: [64],
  offsetStart: 'random',
  offsetBound: 2 / 128 / 1.1,
  bandCells: 2,
  refreshSteps: 16,
  fit: { steps: 1_000, learningRate: 1e-3, uniformPoints: 10_000, nearPoints: 10_000, nearSpread: 0.02 },
};

const PAPER: HeadSettings = {
  imageSize: 512,
  geometry: {
    ...SCORE_DEFAULTS,
    estimate: 'ssd-paper',
    guidanceScale: 100,
    anchor: 0,
    weighting: 'noise',
    timesteps: [{ untilProgress: 1, range: [20, 500] }],
    negativePrompt: false,
    latentSteps: 1_000,
    lora: { rank: 4, learningRate: 1e-4, plainShare: 0.1 },
    steps: 15_000,
    viewsPerStep: 1,
    frontShare: 0,
    frontSpreadRad: 0,
    releasedCameras: RELEASED_CAMERAS,
    releasedLandmarks: true,
    weightDecay: 0.01,
    field: PAPER_FIELD,
    cellSize: 0.036,
    learningRate: 1e-3,
    normalConsistency: [5_000, 7_000, 10_000, 5_000],
    // The mean length is 1/1.1 of the paper's in our longer unit.
    laplacian: 11_000,
  },
  texture: {
    ...SCORE_DEFAULTS,
    estimate: 'ssd-paper',
    guidanceScale: 7.5,
    anchor: 0,
    weighting: 'noise',
    timesteps: [
      { untilProgress: 0.5, range: [20, 980] },
      { untilProgress: 1, range: [20, 700] },
    ],
    lora: { rank: 4, learningRate: 1e-4, plainShare: 0.1 },
    steps: 20_000,
    viewsPerStep: 1,
    frontShare: 0,
    frontSpreadRad: 0,
    releasedCameras: RELEASED_CAMERAS,
    releasedLandmarks: true,
    weightDecay: 0.01,
    background: [0.58, 0.47, 0.41],
    field: {
      grid: { levelCount: 16, baseResolution: 16, finestResolution: 4096, tableSizeLog2: 19, damping: 0 },
      hiddenSizes: [64],
    },
    gridLearningRate: 1e-2,
    networkLearningRate: 1e-3,
  },
  export: { surfaceCellSize: 0.036, triangles: 100_000, textureSize: 1024, turntableFrames: 120 },
};

/** What each preset runs; `smoke` proves the path in tests and is not for people. */
export const PRESET_SETTINGS: Readonly<Record<EnginePreset, HeadSettings>> = {
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
  paper: PAPER,
};

const DRAFT_REFINEMENT: RefineSettings = {
  bank: 25,
  paint: { strength: 0.4, steps: 8, solver: 'dpm-solver++', guidanceScale: 3 },
  noiseSeed: null,
  background: [0.5, 0.5, 0.5],
  steps: 150,
  viewsPerStep: 3,
  pixelWeight: 1,
  perceptualWeight: 1,
  facingPower: 2,
  gridLearningRate: [50, 5e-3, 1e-3, 150],
  networkLearningRate: 5e-4,
};

/** The refinement of each preset, which a person adds by `--refine`. */
export const PRESET_REFINEMENTS: Readonly<Record<EnginePreset, RefineSettings>> = {
  smoke: { ...DRAFT_REFINEMENT, bank: 3, steps: 6, viewsPerStep: 2 },
  draft: DRAFT_REFINEMENT,
  standard: { ...DRAFT_REFINEMENT, bank: 41, steps: 300, gridLearningRate: [100, 5e-3, 1e-3, 300] },
  paper: {
    bank: 700,
    paint: { strength: 1, steps: 25, solver: 'dpm-solver++', guidanceScale: 7.5 },
    noiseSeed: 42,
    background: [0.58, 0.47, 0.41],
    releasedCameras: RELEASED_CAMERAS,
    steps: 700,
    viewsPerStep: 1,
    pixelWeight: 0,
    perceptualWeight: 100,
    facingPower: 0,
    gridLearningRate: 1e-2,
    networkLearningRate: 1e-3,
    weightDecay: 0.01,
  },
};
