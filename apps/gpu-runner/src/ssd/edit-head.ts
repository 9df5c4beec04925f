/**
 * Editing by text: one stage more on a finished head, from its state to files.
 *
 * A geometry edit freezes distances, triangles and colors and learns a deformation; a texture edit freezes the shape and
 * goes on with the colors, which stay where the surface lay at rest. Edits follow each other in any order.
 *
 * References: HeadArtist (arXiv 2312.07539), section 3.4; docs/engine-state.md for the state.
 */
import type { EnginePreset } from '@headwright/shared/presets';
import type { Progress } from '@headwright/shared/runner/progress';
import type { Teacher } from '../teacher/load-teacher.ts';
import { createRandom } from '../tensor/random.ts';
import { type HeadSettings, PRESET_SETTINGS } from './config.ts';
import {
  createDeformationField,
  type DeformationField,
  type DeformationSettings,
  displace,
} from './deformation/deformation-field.ts';
import { displaceLandmarks } from './deformation/displace-landmarks.ts';
import { EDIT_SETTINGS, type EditSettings } from './edit-settings.ts';
import { editWords } from './edit-words.ts';
import { encodePreview } from './export/encode-preview.ts';
import { finishHead, type GeneratedHead } from './finish-head.ts';
import type { HeadTemplate } from './head-template/head-template.ts';
import { createProgressMeter, type ProgressMeter } from './progress.ts';
import { prepareSurface } from './renderer/surface.ts';
import { editGeometry } from './stages/edit-geometry.ts';
import { editTexture } from './stages/edit-texture.ts';
import { surfaceField } from './stages/geometry.ts';
import type { Guide } from './stages/guide.ts';
import { openGuides } from './stages/open-guides.ts';
import { restoreColors } from './stages/restore-colors.ts';
import { restoreFields, type RestoredFields } from './stages/restore-fields.ts';
import type { StageRun } from './stages/run-stage.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './state/checkpoint.ts';
import type { HeadRecipe } from './state/head-recipe.ts';
import type { HeadState } from './state/head-state.ts';

/** What is edited, and into what. */
export interface EditHeadOptions {
  /** The head as it is; it stays as it is. */
  readonly base: HeadState;
  readonly kind: 'geometry' | 'texture';
  /** What shall be otherwise, such as "happy"; the base's own words need not be repeated. */
  readonly prompt: string;
  /** Null: nothing but the head as it is and the teacher's own. */
  readonly negativePrompt: string | null;
  readonly seed: number;
  readonly preset: EnginePreset;
  /** Whether head.glb gets the template's expressions. */
  readonly blendshapes?: boolean | undefined;
  readonly teacher: Teacher;
  readonly headTemplate: HeadTemplate;
  /** Token states [tokens, width] of words and an ending that is never cut, from the teacher's text encoder. */
  readonly encodeText: (words: string, ending: string) => Promise<Float32Array>;
  /** Replace the preset's settings, for experiments. */
  readonly settings?: EditSettings;
  readonly exportSettings?: HeadSettings['export'];
  readonly onProgress?: (progress: Progress) => void;
  /** A picture of the head as it is, PNG, about ten times an edit. */
  readonly onPreview?: (png: Uint8Array) => void;
  readonly signal?: AbortSignal;
  /** A checkpoint of an earlier run of the same edit; of anything else it is a `CheckpointRefusal`. */
  readonly resume?: Uint8Array | undefined;
  readonly onCheckpoint?: ((bytes: Uint8Array) => void | Promise<void>) | undefined;
  readonly checkpointEvery?: number;
  /** Told in a sentence when a step's numbers broke and the stage went back. */
  readonly onRetry?: (report: string) => void;
  /** Monotonic clock in milliseconds, for progress and the recipe's seconds. */
  readonly nowMs?: () => number;
}

/** Edits one head: the files of a new one. Rejects with the signal's reason when aborted. */
export async function editHead(options: EditHeadOptions): Promise<GeneratedHead> {
  const { base, kind, preset, headTemplate, signal } = options;
  const settings = options.settings ?? EDIT_SETTINGS[preset];
  const recipe = recipeOf(options, settings);
  const resumed = options.resume ? decodeCheckpoint(options.resume, recipe) : null;
  const meter = createProgressMeter(
    stageShares(kind, settings),
    options.nowMs ?? (() => performance.now()),
    options.onProgress ?? (() => {}),
    resumed?.seconds,
  );

  // (1) The head, and the teacher bound to the words.
  meter.report('prepare', 0, 1);
  const deformation = createDeformationField(
    recipe.settings.deformation ?? layoutOf(settings),
    base.deformation,
  );
  const fields = await restoreFields(base, headTemplate);
  try {
    const { guide, dispose } = await openEditGuide(options, settings);
    try {
      meter.report('prepare', 1, 1);

      // (2) The edit.
      const edit: EditRun = {
        options,
        settings,
        recipe,
        resumed,
        meter,
        retries: [...(resumed?.retries ?? [])],
      };
      await (kind === 'geometry' ? reshape : repaint)(edit, deformation, fields, guide);
      signal?.throwIfAborted();

      // (3) Files.
      return await finish(edit, deformation, fields);
    } finally {
      await dispose();
    }
  } finally {
    await fields.field.dispose();
    await fields.colors.dispose();
  }
}

/** One run of an edit: what was asked, where it goes on, and what it has to tell. */
interface EditRun {
  readonly options: EditHeadOptions;
  readonly settings: EditSettings;
  /** Of the edited head. */
  readonly recipe: HeadRecipe;
  readonly resumed: Checkpoint | null;
  readonly meter: ProgressMeter;
  readonly retries: string[];
}

async function reshape(
  edit: EditRun,
  deformation: DeformationField,
  { field }: RestoredFields,
  guide: Guide,
): Promise<void> {
  await editGeometry({
    field: deformation,
    mesh: edit.options.base.mesh,
    landmarks: guide.follow(surfaceField(field)),
    guide,
    settings: edit.settings.geometry,
    run: watch(edit),
  });
}

async function repaint(
  edit: EditRun,
  deformation: DeformationField,
  { field, colors }: RestoredFields,
  guide: Guide,
): Promise<void> {
  const { base } = edit.options;
  const { positions, indices } = base.mesh;
  const before = await restoreColors(base);
  try {
    await editTexture({
      field: colors,
      fieldConfig: base.recipe.settings.texture.field,
      base: before,
      surface: prepareSurface({ positions: displace(deformation, positions), indices }),
      positionsRest: positions,
      landmarks: displaceLandmarks(deformation, guide.follow(surfaceField(field))),
      guide,
      settings: edit.settings.texture,
      run: watch(edit),
    });
  } finally {
    await before.dispose();
  }
}

async function finish(
  { options, settings, recipe, meter, retries }: EditRun,
  deformation: DeformationField,
  { colors }: RestoredFields,
): Promise<GeneratedHead> {
  const { base, kind, preset } = options;
  const deformed = kind === 'geometry' || base.deformation !== null;
  meter.report('export', 0, 1);
  return finishHead({
    state: {
      ...base,
      recipe,
      colors: colors.parameters,
      deformation: deformed ? deformation.parameters : null,
    },
    colors,
    displace: deformed ? (positions) => displace(deformation, positions) : undefined,
    headTemplate: options.headTemplate,
    framing: options.teacher.framing,
    settings: options.exportSettings ?? PRESET_SETTINGS[preset].export,
    blendshapes: options.blendshapes,
    describe: (mesh) => {
      meter.report('export', 1, 1);
      const { name, sha256 } = options.teacher;
      return {
        format: 'headwright-recipe/1',
        // The base's own words; what was edited since follows in order.
        prompt: recipe.prompt,
        negative_prompt: options.negativePrompt,
        seed: options.seed,
        preset,
        teacher: { name, sha256 },
        edits: recipe.edits,
        steps: { [kind]: settings[kind].steps },
        samples: 2 * settings[kind].steps * settings[kind].viewsPerStep,
        seconds: meter.secondsPerStage(),
        ...(retries.length > 0 ? { retries } : {}),
        mesh,
        settings: settings[kind],
      };
    },
  });
}

/** The base's recipe with one edit more, and the deformation's layout from the first geometry edit on. */
function recipeOf({ base, kind, prompt, seed }: EditHeadOptions, settings: EditSettings): HeadRecipe {
  const { recipe } = base;
  const deformation = recipe.settings.deformation ?? (kind === 'geometry' ? layoutOf(settings) : undefined);
  return {
    ...recipe,
    settings: { ...recipe.settings, ...(deformation ? { deformation } : {}) },
    edits: [...recipe.edits, { kind, prompt, seed }],
  };
}

function layoutOf({ geometry }: EditSettings): DeformationSettings {
  return geometry.deformation;
}

/** The teacher bound to the edit's words, for its one stage; the schedule of noise levels begins where the edit does. */
async function openEditGuide(
  options: EditHeadOptions,
  settings: EditSettings,
): Promise<{ readonly guide: Guide; dispose(): Promise<void> }> {
  const { base, kind, seed, preset, teacher, headTemplate, encodeText } = options;
  const { prompt, contrast, tail } = editWords(base.recipe, options.prompt, options.negativePrompt);
  const stage = settings[kind];
  // Both stages ask alike, so that only one step is compiled.
  const { geometry, texture } = PRESET_SETTINGS[preset];
  const guides = await openGuides(
    {
      preset,
      teacher,
      headTemplate,
      prompt,
      negativePrompt: null,
      contrast,
      wording: base.recipe.wording,
      seed,
      encodeText: (words, ending) =>
        tail !== '' && words.endsWith(tail)
          ? encodeText(words.slice(0, -tail.length), tail + ending)
          : encodeText(words, ending),
    },
    { ...PRESET_SETTINGS[preset], geometry: { ...geometry, ...stage }, texture: { ...texture, ...stage } },
  );
  const whole = guides[kind];
  const { startProgress } = stage;
  return {
    guide: {
      ...whole,
      gradients: (views, landmarks, progress, random) =>
        whole.gradients(views, landmarks, startProgress + (1 - startProgress) * progress, random),
    },
    dispose: guides.dispose,
  };
}

/** Expected shares of the running time: a step costs about what its views cost, the export about 25 views. */
function stageShares(kind: 'geometry' | 'texture', settings: EditSettings) {
  const views = settings[kind].steps * settings[kind].viewsPerStep;
  return { prepare: 10, geometry: 0, texture: 0, export: 60, [kind]: views };
}

/** Reports each step, shows about ten pictures, and keeps checkpoints. */
function watch({ options, settings, recipe, resumed, meter, retries }: EditRun): Omit<StageRun, 'steps'> {
  const { base, kind, seed, onPreview, onRetry, onCheckpoint, checkpointEvery, signal } = options;
  const { mesh, distance } = base;
  const every = Math.max(1, Math.round(settings[kind].steps / 10));
  return {
    name: kind,
    // A second edit with the same seed is to look from elsewhere.
    random: createRandom(seed).fork(`edit ${recipe.edits.length} of the ${kind}`),
    signal,
    checkpointEvery,
    resume: resumed?.snapshot,
    onCheckpoint:
      onCheckpoint &&
      ((snapshot) => {
        const shape = kind === 'texture' ? { mesh, distance } : null;
        const seconds = meter.secondsPerStage();
        return onCheckpoint(
          encodeCheckpoint({ recipe, stage: kind, snapshot, shape, seconds, retries, fit: null }),
        );
      }),
    onRetry: (report) => {
      retries.push(report);
      onRetry?.(report);
    },
    onStep: async ({ step, of, picture }) => {
      meter.report(kind, step, of);
      if (onPreview && (step % every === 0 || step === 1)) onPreview(await encodePreview(await picture()));
    },
  };
}
