import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStudio, studioCamera } from '../dataset/render-identity.ts';
import { sampleBackground } from '../dataset/render/paint-background.ts';
import { sampleLight } from '../dataset/render/sample-light.ts';
import { studioInputs } from '../dataset/studio-inputs.ts';
import { MODELS_DIRECTORY } from '../env.ts';
import { encodePng } from '../ssd/export/encode-image.ts';
import { parseJsonFile } from '../teacher/checked-files.ts';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { createRandom } from '../tensor/random.ts';
import type { Cell } from './draw-cells.ts';
import type { EvaluationItem } from './evaluation-set.ts';

const SIDES = [
  { view: 'front', degrees: 0 },
  { view: 'side', degrees: 90 },
  { view: 'back', degrees: 180 },
] as const;

/**
 * Renders the heads of the evaluation as the data set would: what the classifier finds in these pictures is the most that
 * it can find in a teacher's, on held-out pairs, too.
 */
export async function renderCells(items: readonly EvaluationItem[], imageSize: number): Promise<Cell[]> {
  const template = join(MODELS_DIRECTORY, 'head-template');
  const manifest = parseJsonFile(TeacherManifest, join(MODELS_DIRECTORY, 'starter', 'teacher.json'));
  const landmarks: unknown = JSON.parse(readFileSync(join(template, 'landmarks.json'), 'utf8'));
  const inputs = studioInputs(readFileSync(join(template, 'head-data.npz')), landmarks, manifest);
  const studio = createStudio(inputs);
  const cells: Cell[] = [];
  for (const item of items) {
    const random = createRandom(1, `evaluation/render/${item.name}`);
    const shots = SIDES.map(({ degrees }) => {
      const camera = studioCamera(inputs.framing, (degrees * Math.PI) / 180);
      const stream = random.fork(String(degrees));
      const light = sampleLight(camera, stream);
      return { kind: 'photo' as const, camera, light, background: sampleBackground(stream) };
    });
    const pictures = studio.renderTraits(item.traits, random, shots, imageSize);
    for (const [n, { view }] of SIDES.entries()) {
      cells.push({ item, view, png: await encodePng(pictures[n].image, imageSize) });
    }
  }
  return cells;
}
