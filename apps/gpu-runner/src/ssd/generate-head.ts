/**
 * The method on one screen: template → geometry by normal maps → texture on the frozen mesh → files.
 *
 * Every prompt starts from identical bytes, the gray template; its words act only through the teacher's gradient.
 *
 * References: HeadArtist (arXiv 2312.07539), figure 2; docs/method.md maps its terms to the files here.
 */
import type { Preset } from '@headwright/shared/presets';
import type { Progress } from '@headwright/shared/runner/progress';
import type { Teacher } from '../teacher/load-teacher.ts';
import { createRandom } from '../tensor/random.ts';
import { orbitCamera } from './cameras/orbit.ts';
import { createColorField } from './color-field/color-field.ts';
import { type HeadSettings, PRESET_SETTINGS } from './config.ts';
import { exportHead, neckBase } from './export/export-head.ts';
import { encodePreview } from './export/encode-preview.ts';
import type { HeadTemplate } from './head-template/head-template.ts';
import { createProgressMeter, type ProgressMeter } from './progress.ts';
import { prepareSurface } from './renderer/surface.ts';
import { HEAD_BOX, optimizeGeometry, surfaceField } from './stages/geometry.ts';
import type { ShownView } from './stages/guide.ts';
import { openGuides } from './stages/open-guides.ts';
import type { StageRun, StepPhase } from './stages/run-stage.ts';
import { silhouetteIou } from './stages/silhouette-iou.ts';
import { optimizeTexture } from './stages/texture.ts';
import { refineSurface } from './tetrahedral-grid/refine-surface.ts';
import { createSignedDistanceField } from './tetrahedral-grid/signed-distance-field.ts';

/** What a head is made from. */
export interface GenerateHeadOptions {
  readonly prompt: string;
  /** Null: the teacher's own. */
  readonly negativePrompt: string | null;
  readonly seed: number;
  readonly preset: Preset;
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
  /** Told what the teacher is shown in each step, for data sets of unfinished heads. */
  readonly onViews?: (stage: 'geometry' | 'texture', views: readonly ShownView[]) => void;
  /** Told when a phase of a step has ended, for `npm run bench`. */
  readonly onPhase?: (stage: 'geometry' | 'texture', phase: StepPhase) => void;
  /** Monotonic clock in milliseconds, for progress and the recipe's seconds. */
  readonly nowMs?: () => number;
}

/** A finished head. */
export interface GeneratedHead {
  /** head.glb, preview.png, turntable.webp, views/*.png and recipe.json, with their media types. */
  readonly files: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly contentType: string }>;
}

/** Makes one head. Rejects with the signal's reason when aborted. */
export async function generateHead(options: GenerateHeadOptions): Promise<GeneratedHead> {
  const { teacher, headTemplate, signal } = options;
  const settings = options.settings ?? PRESET_SETTINGS[options.preset];
  const random = createRandom(options.seed);
  const meter = createProgressMeter(
    stageShares(settings),
    options.nowMs ?? (() => performance.now()),
    options.onProgress ?? (() => {}),
  );

  // (1) The template, and the teacher bound to the prompt.
  meter.report('prepare', 0, 1);
  const field = createSignedDistanceField({
    ...settings.geometry.field,
    box: HEAD_BOX,
    template: headTemplate.signedDistance,
  });
  const guides = await openGuides(options, settings);
  meter.report('prepare', 1, 1);

  try {
    // (2) Geometry.
    const coarse = await optimizeGeometry({
      field,
      guide: guides.geometry,
      settings: settings.geometry,
      run: { random: random.fork('geometry'), ...watch('geometry', settings.geometry.steps, meter, options) },
    });
    signal?.throwIfAborted();
    const mesh = refineSurface(field, coarse, settings.export.surfaceCellSize);

    // (3) Texture on the frozen mesh.
    const colors = await createColorField(settings.texture.field, random.fork('color field'));
    try {
      await optimizeTexture({
        field: colors,
        surface: prepareSurface(mesh),
        landmarks: guides.texture.follow(surfaceField(field)),
        guide: guides.texture,
        settings: settings.texture,
        run: { random: random.fork('texture'), ...watch('texture', settings.texture.steps, meter, options) },
      });
      signal?.throwIfAborted();

      // (4) Files.
      meter.report('export', 0, 1);
      const { files, stats } = await exportHead({
        mesh,
        origin: neckBase(headTemplate.mesh),
        colorAt: async (points) => (await colors.forward(points)).colors,
        cleaning: { triangleBudget: settings.export.triangles, componentShareMin: 0.01, faceDetail: 3 },
        textureSize: settings.export.textureSize,
        turntableFrames: settings.export.turntableFrames,
      });
      meter.report('export', 1, 1);
      const sideCamera = orbitCamera(teacher.framing, Math.PI / 2);
      const shape = { ...stats, sideIouWithTemplate: silhouetteIou(mesh, headTemplate.mesh, sideCamera) };
      files.set('recipe.json', encodeRecipe(options, settings, shape, meter));
      return { files: withContentTypes(files) };
    } finally {
      await colors.dispose();
    }
  } finally {
    await guides.dispose();
  }
}

/** Expected shares of the running time: a step costs about what its views cost, the export about 25 views. */
function stageShares({ geometry, texture }: HeadSettings) {
  return {
    prepare: 10,
    geometry: geometry.steps * geometry.viewsPerStep,
    texture: texture.steps * texture.viewsPerStep,
    export: 60,
  };
}

/** Reports each step, and shows about ten pictures a stage. */
function watch(
  stage: 'geometry' | 'texture',
  steps: number,
  meter: ProgressMeter,
  { onPreview, onPhase, signal }: GenerateHeadOptions,
): Omit<StageRun, 'steps' | 'random'> {
  const every = Math.max(1, Math.round(steps / 10));
  return {
    name: stage,
    signal,
    onPhase: onPhase && ((phase) => onPhase(stage, phase)),
    onStep: async ({ step, of, picture }) => {
      meter.report(stage, step, of);
      if (onPreview && (step % every === 0 || step === 1)) onPreview(await encodePreview(await picture()));
    },
  };
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  glb: 'model/gltf-binary',
  png: 'image/png',
  webp: 'image/webp',
  json: 'application/json',
};

function withContentTypes(files: ReadonlyMap<string, Uint8Array>): GeneratedHead['files'] {
  return new Map(
    [...files].map(([name, bytes]) => {
      const contentType = CONTENT_TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      return [name, { bytes, contentType }];
    }),
  );
}

function encodeRecipe(
  options: GenerateHeadOptions,
  settings: HeadSettings,
  mesh: object,
  meter: ProgressMeter,
): Uint8Array {
  const { geometry, texture } = settings;
  const { name, sha256 } = options.teacher;
  const recipe = {
    format: 'headwright-recipe/1',
    prompt: options.prompt,
    negative_prompt: options.negativePrompt,
    seed: options.seed,
    preset: options.preset,
    teacher: { name, sha256 },
    steps: { geometry: geometry.steps, texture: texture.steps },
    // One sample is one ControlNet and UNet pass for one view and one text.
    samples: 2 * (geometry.steps * geometry.viewsPerStep + texture.steps * texture.viewsPerStep),
    seconds: meter.secondsPerStage(),
    mesh,
    settings,
  };
  return new TextEncoder().encode(`${JSON.stringify(recipe, null, 2)}\n`);
}
