import { z } from 'zod';
import { decodeImage } from '../../ssd/export/decode-image.ts';
import { encodePng, toBytes } from '../../ssd/export/encode-image.ts';
import type { HeadTemplate } from '../../ssd/head-template/head-template.ts';
import type { Classifier } from '../classifier/open-classifier.ts';
import type { ClipJudge } from '../clip/clip-judge.ts';
import type { FaceApi } from '../faces/open-face-api.ts';
import { gridPrompt, traitsOfPrompt } from '../grid.ts';
import { judgePicture } from '../judge-picture.ts';
import type { JudgedTrait } from '../judged-traits.ts';
import { measureQuality } from '../mesh-quality/measure-quality.ts';
import { type PromptRecall, RECALL_SETTINGS } from '../recall/open-prompt-recall.ts';
import { rankOf } from '../recall/rank-of.ts';
import type { MeasureName } from './cell-store.ts';
import { colorSaturation } from './color-saturation.ts';
import { EVALUATION_VIEWS } from './evaluation-views.ts';
import { headLandmarks } from './head-landmarks.ts';
import { landmarkError } from './landmark-error.ts';
import { type HeadPictures, renderHead } from './render-head.ts';
import type { Subject } from './subject.ts';

/** Something that is measured of every head. */
export interface Measure<T> extends MeasureName<T> {
  take(subject: Subject): Promise<T>;
}

const Faces = z.strictObject({
  /** In the order of `EVALUATION_VIEWS`; the error in distances between the eyes. */
  views: z.array(
    z.strictObject({
      found: z.boolean(),
      score: z.number().nullable(),
      landmarkError: z.number().nullable(),
    }),
  ),
});

/**
 * What the face detector is shown. It wants light, and a face of a third of the picture: of five heads that people call
 * faces it found none without light, four with it, and all four surer from a little farther away.
 */
const FACE_PICTURES: Omit<HeadPictures, 'size'> = { lighting: 'soft', distanceFactor: 1.2 };

/** Where a face detector that knows nothing of this project sees faces, and how far its landmarks are off. */
export function measureFaces(
  api: () => Promise<FaceApi>,
  template: HeadTemplate,
): Measure<z.infer<typeof Faces>> {
  return {
    name: 'faces',
    key: { version: 2, pictures: FACE_PICTURES, views: EVALUATION_VIEWS },
    schema: Faces,
    async take(subject) {
      const { findFace, imageSize } = await api();
      const head = await subject.head();
      const landmarks = headLandmarks(template, head.mesh);
      const views: z.infer<typeof Faces>['views'] = [];
      for (const { image, camera, raster } of renderHead(head, { ...FACE_PICTURES, size: imageSize })) {
        const face = await findFace(toBytes(image));
        const error = face && landmarks && landmarkError(face.landmarks, landmarks, camera, raster);
        views.push({ found: face !== null, score: face?.score ?? null, landmarkError: error });
      }
      return { views };
    },
  };
}

const Recall = z.strictObject({ rank: z.int(), of: z.int(), errors: z.record(z.string(), z.number()) });

/** Whether the teacher itself tells the head's prompt from others: R-precision by denoising error. */
export function measureRecall(
  recall: () => Promise<PromptRecall>,
  prompts: readonly string[],
): Measure<z.infer<typeof Recall>> {
  return {
    name: 'recall',
    key: { version: 1, settings: RECALL_SETTINGS, prompts },
    schema: Recall,
    async take(subject) {
      const errors = await (await recall()).errors(await subject.head(), prompts);
      return {
        rank: rankOf(errors, prompts.indexOf(subject.cell.prompt)),
        of: prompts.length,
        errors: Object.fromEntries(prompts.map((prompt, p) => [prompt, errors[p]])),
      };
    },
  };
}

const Saturation = z.strictObject({ mean: z.number(), vividShare: z.number() });

/** How colorful the head is from all sides. */
export const SATURATION: Measure<z.infer<typeof Saturation>> = {
  name: 'saturation',
  key: { version: 1, views: EVALUATION_VIEWS },
  schema: Saturation,
  take: async (subject) => colorSaturation(await subject.views()),
};

const Mesh = z.strictObject({
  triangles: z.int(),
  intersectingTriangles: z.int(),
  floaters: z.int(),
  floaterShare: z.number(),
  openEdges: z.int(),
  pinchedEdges: z.int(),
  watertight: z.boolean(),
});

/** What is wrong with the delivered mesh. */
export const MESH: Measure<z.infer<typeof Mesh>> = {
  name: 'mesh',
  key: { version: 2 },
  schema: Mesh,
  take: async (subject) => measureQuality((await subject.head()).mesh),
};

const Attributes = z.strictObject({ asked: z.int(), right: z.int() });

/** Which of the prompt's attributes the trained classifier finds in the views; nothing is asked of other prompts. */
export function measureAttributes(
  classifier: () => Promise<Classifier>,
  digest: string,
): Measure<z.infer<typeof Attributes>> {
  return {
    name: 'attributes',
    key: { version: 1, classifier: digest, views: EVALUATION_VIEWS },
    schema: Attributes,
    async take(subject) {
      const prompt = gridPrompt(subject.cell.prompt);
      if (prompt === undefined) return { asked: 0, right: 0 };
      const judge = await classifier();
      const views = await subject.views();
      const size = judge.config.imageSize;
      const pictures = views.map(async ({ image }) => {
        const side = Math.sqrt(image.length / 3);
        return decodeImage(await encodePng(toBytes(image), side), size);
      });
      const judgments = await judge.judge(await Promise.all(pictures));
      const traits = traitsOfPrompt(prompt);
      // Entries of a grid prompt's traits are judged traits with lists of their values.
      const asked = new Map(Object.entries(prompt.traits) as [JudgedTrait, readonly string[]][]);
      const verdicts = judgments.flatMap((judgment, n) =>
        judgePicture(judgment, { traits, view: views[n].view, asked }),
      );
      return { asked: verdicts.length, right: verdicts.filter(({ right }) => right).length };
    },
  };
}

const Clip = z.strictObject({ score: z.number(), rank: z.int(), of: z.int() });

/** CLIP's cosine of pictures and prompt, mean over the views, and the prompt's place among others by that mean. */
export function measureClip(clip: ClipJudge, prompts: readonly string[]): Measure<z.infer<typeof Clip>> {
  return {
    name: 'clip',
    key: { version: 1, clip: clip.digest, views: EVALUATION_VIEWS, prompts },
    schema: Clip,
    async take(subject) {
      const scores = await clip.scores(
        (await subject.views()).map(({ image }) => image),
        prompts,
      );
      const own = prompts.indexOf(subject.cell.prompt);
      const losses = scores.map((score) => -score);
      return { score: scores[own], rank: rankOf(losses, own), of: prompts.length };
    },
  };
}

/** Everything that was measured of one head; what has not been measured is null. */
export interface CellMeasures {
  readonly faces: z.infer<typeof Faces> | null;
  readonly recall: z.infer<typeof Recall> | null;
  readonly saturation: z.infer<typeof Saturation> | null;
  readonly mesh: z.infer<typeof Mesh> | null;
  readonly attributes: z.infer<typeof Attributes> | null;
  readonly clip: z.infer<typeof Clip> | null;
  /** JPEG pictures from the sides of `EVALUATION_VIEWS`, base64. */
  readonly thumbnails: readonly string[] | null;
}
