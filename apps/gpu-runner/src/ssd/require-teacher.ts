import type { EnginePreset } from '@headwright/shared/presets';
import type { Teacher } from '../teacher/load-teacher.ts';
import type { HeadSettings, StageSettings } from './config.ts';

type Range = readonly [number, number];
type Judged = Pick<Teacher, 'name' | 'manifest' | 'noise'>;

/**
 * Refuses settings that a teacher was not trained for, and names the preset, each field of its teacher.json and what the
 * preset needs there.
 *
 * Most presets take everything of this kind from the teacher; `paper` and experiments bring values of their own.
 */
export function requireTeacher(preset: EnginePreset, settings: HeadSettings, teacher: Judged): void {
  const problems = new Set<string>();
  const { manifest } = teacher;
  const need = (holds: boolean, field: string, expected: string, got: unknown): void => {
    if (!holds) problems.add(`${field}: expected ${expected}, got ${JSON.stringify(got)}`);
  };
  const { imageSize } = settings;
  if (imageSize !== undefined)
    need(manifest.imageSize === imageSize, 'imageSize', `${imageSize}`, manifest.imageSize);
  const { latentSteps = 0 } = settings.geometry;
  if (latentSteps > 0) {
    const what = `(the first ${latentSteps} steps show normals and mask as a latent)`;
    need(manifest.latentPictures, 'latentPictures', `true ${what}`, manifest.latentPictures);
    need(manifest.latentChannels === 4, 'latentChannels', `4 ${what}`, manifest.latentChannels);
  }
  for (const stage of [settings.geometry, settings.texture]) {
    requireFraming(stage, manifest.framing, need);
    const highest = Math.max(0, ...(stage.timesteps ?? []).map(({ range }) => range[1]));
    const known = teacher.noise.num_train_timesteps;
    need(highest < known, 'scheduler num_train_timesteps', `more than ${highest}`, known);
  }
  const { background = 'random' } = settings.texture;
  const known = manifest.domains[manifest.stages.texture.domain].background;
  if (background !== 'random') {
    const holds = known === 'random' || known.every((c, i) => c === background[i]);
    need(holds, 'the background of the texture stage', `"random" or [${background}]`, known);
  }
  if (problems.size === 0) return;
  throw new Error(`preset ${preset}: teacher ${teacher.name} does not allow it: ${[...problems].join('; ')}`);
}

/** The released cameras must lie inside what the teacher has seen. */
function requireFraming(
  { releasedCameras: cameras }: StageSettings,
  framing: Judged['manifest']['framing'],
  need: (holds: boolean, field: string, expected: string, got: unknown) => void,
): void {
  if (!cameras) return;
  const degrees = (range: Range): Range => [(range[0] * 180) / Math.PI, (range[1] * 180) / Math.PI];
  const cover = (field: string, [low, high]: Range, known: Range, what: string): void => {
    const holds = known[0] <= low + 1e-6 && known[1] >= high - 1e-6;
    need(holds, `framing.${field}`, `to hold ${low.toFixed(2)} … ${high.toFixed(2)} (${what})`, known);
  };
  const what = 'released cameras';
  cover('fovYDegrees', degrees(cameras.fovYRad), framing.fovYDegrees, what);
  cover('elevationDegrees', degrees(cameras.elevationRad), framing.elevationDegrees, what);
  const halfHeights = cameras.fovYRad.map((fovY) => cameras.distance * Math.tan(fovY / 2));
  const factors: Range = [halfHeights[0] / framing.halfHeight, halfHeights[1] / framing.halfHeight];
  cover('distanceFactor', factors, framing.distanceFactor, `${what} over halfHeight ${framing.halfHeight}`);
  const off = Math.abs(framing.target[1] - cameras.target[1]);
  need(off < 0.1, 'framing.target', `about [${cameras.target}] (${what})`, framing.target);
}
