/**
 * Every hyper-parameter of editing by text, as one typed object a preset.
 *
 * The paper shows edits but released no configuration for them, so none of these has a published value. What the teacher
 * must know (guidance scale, anchor, timestep ranges) comes from its manifest, as in the other stages.
 */
import type { EnginePreset } from '@headwright/shared/presets';
import type { StageSettings } from './config.ts';
import type { DeformationPenaltyWeights } from './deformation/deformation-penalty.ts';
import type { DeformationSettings } from './deformation/deformation-field.ts';
import { SCORE_DEFAULTS } from './distillation/score-settings.ts';
import type { Schedule } from './optimizer/schedule.ts';
import { HEAD_BOX } from './stages/geometry.ts';

/** What both kinds of edit have. */
export interface EditStageSettings extends StageSettings {
  /**
   * Where in the stage's timestep schedule an edit begins, 0 … 1. The early, noisy part decides what a head is, which is
   * decided already; the later parts change features.
   */
  readonly startProgress: number;
}

/** How the shape is edited. */
export interface GeometryEditSettings extends EditStageSettings {
  readonly deformation: DeformationSettings;
  /**
   * Parameter change of one step where a level is asked as strongly as on average; times the level's scale that is a way
   * in head heights.
   */
  readonly learningRate: Schedule;
  /** Steps after which each level of the deformation begins to move, coarsest first: first the jaw, then the lips. */
  readonly levelStarts: readonly number[];
  /**
   * Weights of the ways and the stretches that the words did not ask for. A patch of the surface moves where the score pulls
   * at it with more than `magnitude` times its share of the whole area, so weak demands move nothing; by the starter's
   * guidance half of the surface feels less than 110, a hundredth more than 6,000.
   */
  readonly penalty: DeformationPenaltyWeights;
  /**
   * How much of the pull at outlines counts, 0 … 1. An outline ends at black whatever the words say, so its pull is large
   * and mostly noise: at 1 "smiling" drew a horn out of a brow (starter).
   */
  readonly outlineShare: number;
  /** Weight of normals that turn against their neighbors'. */
  readonly changeConsistency: number;
}

/** How the color is edited. */
export interface TextureEditSettings extends EditStageSettings {
  /** Step sizes, smaller than those that made the texture: it goes on, it does not begin. */
  readonly gridLearningRate: Schedule;
  readonly networkLearningRate: Schedule;
  /**
   * Weight of the distance to the base's colors: a color changes where the score pulls at a patch with more than this times
   * its share of what is seen. By the starter's guidance "with green skin" passed 8, with hair's color kept darker, and did
   * not pass 30; at 1 the hair was painted over.
   */
  readonly identity: number;
}

/** One preset, whole. */
export interface EditSettings {
  readonly geometry: GeometryEditSettings;
  readonly texture: TextureEditSettings;
}

/**
 * Spacings of 0.32, 0.16, 0.08 and 0.04 head heights over the head, 0.02 and 0.01 around eyes and mouth, where lids close
 * over 0.035 and lips part at a fold. The face's box holds brows, chin and a long nose; hair keeps to the coarse levels.
 *
 * The coarsest levels take small steps: outlines pull at the size and the place of the whole head, which no words ask for.
 * At scales of 1 and 0.8 and a quarter of the penalty, landmarks moved 7.6 % of the face's width by "surprised" (starter,
 * 60 steps of two views), so 1.3 %.
 */
const DEFORMATION: DeformationSettings = {
  head: {
    // The neck's base stays: an outline that ends at the picture's edge pulls at it for no reason.
    box: { min: [HEAD_BOX.min[0], -0.72, HEAD_BOX.min[2]], max: HEAD_BOX.max },
    coarsestSpacing: 0.32,
    scales: [0.1, 0.25, 0.5, 0.4],
    margin: 0.2,
  },
  face: {
    box: { min: [-0.28, -0.56, 0.16], max: [0.28, 0.2, 0.6] },
    coarsestSpacing: 0.02,
    scales: [0.25, 0.15],
    margin: 0.06,
  },
};

const DRAFT: EditSettings = {
  geometry: {
    ...SCORE_DEFAULTS,
    steps: 120,
    viewsPerStep: 3,
    frontShare: 0.6,
    frontSpreadRad: 0.6,
    closeUpShare: 0.5,
    // The anchor asks for a likely head, not for the words.
    anchor: 0,
    startProgress: 0.3,
    deformation: DEFORMATION,
    learningRate: [0, 6e-4, 1e-4, 120],
    levelStarts: [0, 0, 12, 24, 36, 48],
    penalty: { magnitude: 250, stretch: 6 },
    outlineShare: 0.1,
    changeConsistency: 50,
  },
  texture: {
    ...SCORE_DEFAULTS,
    steps: 160,
    viewsPerStep: 3,
    frontShare: 0.6,
    frontSpreadRad: 0.6,
    closeUpShare: 0.5,
    startProgress: 0.3,
    gridLearningRate: [60, 1e-2, 1.5e-3, 160],
    networkLearningRate: 1e-3,
    identity: 12,
  },
};

const STANDARD: EditSettings = {
  geometry: {
    ...DRAFT.geometry,
    steps: 240,
    viewsPerStep: 4,
    learningRate: [0, 3e-4, 5e-5, 240],
    levelStarts: [0, 0, 24, 48, 72, 96],
  },
  texture: { ...DRAFT.texture, steps: 320, viewsPerStep: 4, gridLearningRate: [120, 1e-2, 1.5e-3, 320] },
};

/**
 * What each preset runs; `smoke` proves the path in tests and is not for people. The paper released no editing
 * configuration, so `paper` edits as `standard` does.
 */
export const EDIT_SETTINGS: Readonly<Record<EnginePreset, EditSettings>> = {
  smoke: {
    geometry: { ...DRAFT.geometry, steps: 6, viewsPerStep: 2, levelStarts: [0, 0, 1, 2, 3, 4] },
    texture: { ...DRAFT.texture, steps: 10, viewsPerStep: 2 },
  },
  draft: DRAFT,
  standard: STANDARD,
  paper: STANDARD,
};
