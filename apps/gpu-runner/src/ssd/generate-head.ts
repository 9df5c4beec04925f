/**
 * The method on one screen: template → geometry by normal maps → texture on the frozen mesh → files.
 *
 * Every prompt starts from identical bytes, the gray template; its words act only through the teacher's gradient.
 *
 * References: HeadArtist (arXiv 2312.07539), figure 2; docs/method.md maps its terms to the files here.
 */
import type { EnginePreset } from '@headwright/shared/presets';
import type { Progress } from '@headwright/shared/runner/progress';
import type { Teacher } from '../teacher/load-teacher.ts';
import { createRandom, type RandomStream } from '../tensor/random.ts';
import { type ColorField, createColorField } from './color-field/color-field.ts';
import { type HeadSettings, PRESET_SETTINGS, type StageSettings } from './config.ts';
import type { Wording } from './diffusion/prompt-style.ts';
import { samplesPerView } from './distillation/score-settings.ts';
import { encodePreview } from './export/encode-preview.ts';
import { finishHead, type GeneratedHead } from './finish-head.ts';
import { digestHeadTemplate } from './head-template/digest-head-template.ts';
import type { HeadTemplate } from './head-template/head-template.ts';
import type { TriangleMesh } from './mesh.ts';
import { createProgressMeter, type ProgressMeter } from './progress.ts';
import { bankSamples, refineHead } from './refine-head.ts';
import { prepareSurface } from './renderer/surface.ts';
import { HEAD_BOX, optimizeGeometry, surfaceField } from './stages/geometry.ts';
import type { Guide, ShownView } from './stages/guide.ts';
import { openField } from './stages/open-field.ts';
import { type Guides, openGuides } from './stages/open-guides.ts';
import type { StageRun, StepPhase } from './stages/run-stage.ts';
import { optimizeTexture } from './stages/texture.ts';
import type { PictureStore } from './stages/view-bank/fill-view-bank.ts';
import {
  type Checkpoint,
  CheckpointRefusal,
  decodeCheckpoint,
  encodeCheckpoint,
} from './state/checkpoint.ts';
import type { HeadRecipe } from './state/head-recipe.ts';
import type { StageSnapshot } from './state/stage-snapshot.ts';
import { refineSurface } from './tetrahedral-grid/refine-surface.ts';
import type { SignedDistanceField } from './tetrahedral-grid/signed-distance-field.ts';

/** What a head is made from. */
export interface GenerateHeadOptions {
  readonly prompt: string;
  /** Null: the teacher's own. */
  readonly negativePrompt: string | null;
  readonly seed: number;
  /** Kind of character and view words, where a request names them. */
  readonly wording?: Wording | undefined;
  readonly preset: EnginePreset;
  /** Whether head.glb gets the template's expressions. */
  readonly blendshapes?: boolean | undefined;
  readonly teacher: Teacher;
  readonly headTemplate: HeadTemplate;
  /** Token states [tokens, width] of words and an ending that is never cut, from the teacher's text encoder. */
  readonly encodeText: (words: string, ending: string) => Promise<Float32Array>;
  /** Replaces the preset's settings, for experiments. */
  readonly settings?: HeadSettings;
  readonly onProgress?: (progress: Progress) => void;
  /** A picture of the head as it is, PNG, about twenty times a head. */
  readonly onPreview?: (png: Uint8Array) => void;
  readonly signal?: AbortSignal;
  /** A checkpoint of an earlier run of the same head; of anything else it is a `CheckpointRefusal`. */
  readonly resume?: Uint8Array | undefined;
  /** Handed a checkpoint every so many steps and after each stage; the head waits until it is kept. */
  readonly onCheckpoint?: ((bytes: Uint8Array) => void | Promise<void>) | undefined;
  /** Steps between two checkpoints. */
  readonly checkpointEvery?: number;
  /** Keeps what the teacher paints for the refinement, so that the next run need not paint it again. */
  readonly pictures?: PictureStore | undefined;
  /** Told in a sentence when a step's numbers broke and the stage went back. */
  readonly onRetry?: (report: string) => void;
  /** Told what the teacher is shown in each step, for data sets of unfinished heads. */
  readonly onViews?: (stage: 'geometry' | 'texture', views: readonly ShownView[]) => void;
  /** Told the loss of what the estimate `vsd` trains along in each step, as a share of the bare UNet's at the same noise. */
  readonly onLoraLoss?: (stage: 'geometry' | 'texture', loss: number) => void;
  /** Told when a phase of a step has ended, for `npm run bench`. */
  readonly onPhase?: (stage: 'geometry' | 'texture', phase: StepPhase) => void;
  /** Monotonic clock in milliseconds, for progress and the recipe's seconds. */
  readonly nowMs?: () => number;
}

/** Makes one head. Rejects with the signal's reason when aborted. */
export async function generateHead(options: GenerateHeadOptions): Promise<GeneratedHead> {
  const { headTemplate, signal } = options;
  const settings = options.settings ?? PRESET_SETTINGS[options.preset];
  const recipe = recipeOf(options, settings);
  const resumed = options.resume ? decodeCheckpoint(options.resume, recipe) : null;
  const meter = createProgressMeter(
    stageShares(settings),
    options.nowMs ?? (() => performance.now()),
    options.onProgress ?? (() => {}),
    resumed?.seconds,
  );
  // (1) The teacher bound to the prompt, which refuses settings that it does not allow, and the template.
  meter.report('prepare', 0, 1);
  const guides = await openGuides(options, settings);
  try {
    const { field, fit } = await openField({
      settings: settings.geometry.field,
      box: HEAD_BOX,
      template: headTemplate.signedDistance,
      parametersFollow: resumed !== null,
      signal,
    });
    try {
      meter.report('prepare', 1, 1);
      const retries = [...(resumed?.retries ?? [])];
      const run = { options, settings, recipe, resumed, meter, retries };
      return await optimizeHead({ ...run, fit: resumed?.fit ?? (fit && { ...fit }) }, field, guides);
    } finally {
      await field.dispose();
    }
  } finally {
    await guides.dispose();
  }
}

/** The stages of one head, and its files. */
async function optimizeHead(
  head: HeadRun,
  field: SignedDistanceField,
  guides: Guides,
): Promise<GeneratedHead> {
  const { options, settings } = head;
  const random = createRandom(options.seed);
  // (2) Geometry.
  const mesh = await optimizeShape(head, field, guides.geometry, random.fork('geometry'));
  options.signal?.throwIfAborted();

  // (3) Texture on the frozen mesh, and its refinement where it is asked for.
  const colors = await createColorField(settings.texture.field, random.fork('color field'));
  try {
    await optimizeColors(head, mesh, field, colors, guides.texture, random);

    // (4) Files.
    return await finish(head, mesh, field, colors);
  } finally {
    await colors.dispose();
  }
}

/** One run of a head: what was asked, where it goes on, and what it has to tell. */
interface HeadRun {
  readonly options: GenerateHeadOptions;
  readonly settings: HeadSettings;
  readonly recipe: HeadRecipe;
  readonly resumed: Checkpoint | null;
  readonly meter: ProgressMeter;
  /** Reports of retried steps, over all runs. */
  readonly retries: string[];
  /** How well the field was fitted to the template, where it had to be. */
  readonly fit: Checkpoint['fit'];
}

/** Optimizes the field and freezes its surface, or takes both from a checkpoint that has them. */
async function optimizeShape(
  head: HeadRun,
  field: SignedDistanceField,
  guide: Guide,
  random: RandomStream,
): Promise<TriangleMesh> {
  const { settings, resumed, options } = head;
  if (resumed?.shape) {
    if (resumed.shape.distance.length !== field.parameters.length) {
      throw new CheckpointRefusal(
        `optimizeShape: expected ${field.parameters.length} distances, got ${resumed.shape.distance.length}`,
      );
    }
    field.parameters.set(resumed.shape.distance);
    field.refresh();
    return resumed.shape.mesh;
  }
  const coarse = await optimizeGeometry({
    field,
    guide,
    settings: settings.geometry,
    run: { random, ...watch('geometry', head, null) },
  });
  options.signal?.throwIfAborted();
  const mesh = refineSurface(field, coarse, settings.export.surfaceCellSize);
  await saveCheckpoint(head, 'texture', null, { mesh, distance: field.parameters });
  return mesh;
}

/** Optimizes the colors and refines them where the settings say so; a checkpoint of the refinement has the first behind it. */
async function optimizeColors(
  head: HeadRun,
  mesh: TriangleMesh,
  field: SignedDistanceField,
  colors: ColorField,
  guide: Guide,
  random: RandomStream,
): Promise<void> {
  const { options, settings, resumed } = head;
  const shape = { mesh, distance: field.parameters };
  const painted = {
    field: colors,
    surface: prepareSurface(mesh),
    landmarks: guide.follow(surfaceField(field)),
    guide,
  };
  if (resumed?.stage !== 'refine') {
    const run = { random: random.fork('texture'), ...watch('texture', head, shape) };
    await optimizeTexture({ ...painted, settings: settings.texture, run });
    options.signal?.throwIfAborted();
  }
  if (!settings.refine) return;
  await refineHead(options.teacher, {
    ...painted,
    settings: settings.refine,
    store: options.pictures,
    onView: (done) => reportStep(head, 'refine', done),
    run: { random: random.fork('refinement'), ...watch('refine', head, shape) },
  });
  options.signal?.throwIfAborted();
}

async function finish(
  head: HeadRun,
  mesh: TriangleMesh,
  field: SignedDistanceField,
  colors: ColorField,
): Promise<GeneratedHead> {
  const { options, settings, recipe, meter } = head;
  meter.report('export', 0, 1);
  return finishHead({
    state: { recipe, mesh, distance: field.parameters, colors: colors.parameters, deformation: null },
    colors,
    headTemplate: options.headTemplate,
    framing: options.teacher.framing,
    settings: settings.export,
    blendshapes: options.blendshapes,
    describe: (shape) => {
      meter.report('export', 1, 1);
      return describeHead(head, shape);
    },
  });
}

function recipeOf(options: GenerateHeadOptions, settings: HeadSettings): HeadRecipe {
  const { prompt, negativePrompt, wording, seed, preset, teacher, headTemplate } = options;
  return {
    prompt,
    negativePrompt,
    ...(wording ? { wording } : {}),
    seed,
    preset,
    teacher: { name: teacher.name, sha256: teacher.sha256 },
    headTemplateSha256: digestHeadTemplate(headTemplate),
    box: HEAD_BOX,
    settings,
    edits: [],
  };
}

async function saveCheckpoint(
  { options, recipe, meter, retries, fit }: HeadRun,
  stage: Checkpoint['stage'],
  snapshot: StageSnapshot | null,
  shape: Checkpoint['shape'],
): Promise<void> {
  const seconds = meter.secondsPerStage();
  await options.onCheckpoint?.(encodeCheckpoint({ recipe, stage, snapshot, shape, seconds, retries, fit }));
}

/** Samples of the teacher that a stage takes: one ControlNet and UNet pass each, for one view and one text. */
function samplesOf(stage: StageSettings): number {
  return stage.steps * stage.viewsPerStep * samplesPerView(stage);
}

/** Expected shares of the running time: a step costs about what its samples cost, the export about 60 pairs of them. */
function stageShares({ geometry, texture, refine }: HeadSettings) {
  // A view of the refinement's steps costs about as much as two samples: encoder and renderer, forth and back.
  const refining = refine ? bankSamples(refine) + 2 * refine.steps * refine.viewsPerStep : 0;
  return {
    prepare: 10,
    geometry: samplesOf(geometry) / 2,
    texture: (samplesOf(texture) + refining) / 2,
    export: 60,
  };
}

/** Reports steps done; for people the refinement, a view of its bank being one step, is the end of the texture stage. */
function reportStep({ meter, settings }: HeadRun, stage: Checkpoint['stage'], done: number): void {
  const { geometry, texture, refine } = settings;
  if (stage === 'geometry') return meter.report(stage, done, geometry.steps);
  const of = texture.steps + (refine ? refine.bank + refine.steps : 0);
  meter.report('texture', stage === 'refine' ? texture.steps + done : done, of);
}

/** Reports each step, shows about ten pictures a stage, and keeps checkpoints. */
function watch(
  stage: Checkpoint['stage'],
  head: HeadRun,
  shape: Checkpoint['shape'],
): Omit<StageRun, 'steps' | 'random'> {
  const { resumed, retries, settings } = head;
  const { onPreview, onPhase, onRetry, onCheckpoint, checkpointEvery, signal } = head.options;
  const every = Math.max(1, Math.round((settings[stage]?.steps ?? 0) / 10));
  const stepsBefore = stage === 'refine' ? (settings.refine?.bank ?? 0) : 0;
  return {
    name: stage,
    signal,
    checkpointEvery,
    resume: resumed?.stage === stage ? resumed.snapshot : null,
    onCheckpoint: onCheckpoint && ((snapshot) => saveCheckpoint(head, stage, snapshot, shape)),
    onRetry: (report) => {
      retries.push(report);
      onRetry?.(report);
    },
    onPhase: stage === 'refine' ? undefined : onPhase && ((phase) => onPhase(stage, phase)),
    onStep: async ({ step, picture }) => {
      reportStep(head, stage, stepsBefore + step);
      if (onPreview && (step % every === 0 || step === 1)) onPreview(await encodePreview(await picture()));
    },
  };
}

/** What recipe.json says. */
function describeHead({ options, settings, meter, retries, fit }: HeadRun, mesh: object): object {
  const { geometry, texture, refine } = settings;
  const { name, sha256 } = options.teacher;
  return {
    format: 'headwright-recipe/1',
    prompt: options.prompt,
    negative_prompt: options.negativePrompt,
    ...(options.wording ? { wording: options.wording } : {}),
    seed: options.seed,
    preset: options.preset,
    teacher: { name, sha256 },
    steps: { geometry: geometry.steps, texture: texture.steps, ...(refine ? { refine: refine.steps } : {}) },
    // Control strengths of the settings count for nothing then.
    ...(options.headTemplate.landmarkFree ? { landmarks: 'none' } : {}),
    // One sample is one ControlNet and UNet pass for one view and one text.
    samples: samplesOf(geometry) + samplesOf(texture) + (refine ? bankSamples(refine) : 0),
    seconds: meter.secondsPerStage(),
    ...(retries.length > 0 ? { retries } : {}),
    ...(fit ? { template_fit: fit } : {}),
    mesh,
    settings,
  };
}
