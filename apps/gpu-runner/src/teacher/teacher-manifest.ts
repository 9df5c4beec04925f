import { z } from 'zod';

const Vector = z.tuple([z.number(), z.number(), z.number()]);
const Range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low <= high, 'expected low ≤ high');
const Color = z.tuple([Byte(), Byte(), Byte()]);

function Byte() {
  return z.int().min(0).max(255);
}

/** Words for real people or for invented characters. */
const Character = z.strictObject({
  /** Put before a prompt that does not begin with it, such as "a DSLR portrait of ". */
  promptPrefix: z.string().default(''),
  /** Put between prompt and view words, such as ", photorealistic, flawless face". */
  promptDetail: z.string().default(''),
  /** Replaces the domain's negative prompt. */
  negativePrompt: z.string().optional(),
});

/** A kind of picture the teacher knows. `{view}` in a negative prompt stands for the view words. */
const Domain = z.strictObject({
  /** Added behind prompt and view words. */
  promptSuffix: z.string(),
  /** A fixed color in [0, 1], or `random`: one color per picture. */
  background: z.union([Vector, z.literal('random')]),
  negativePrompt: z.string(),
  /** What a request that names a kind of character gets besides. */
  characters: z.strictObject({ real: Character, unreal: Character }).optional(),
});

const Stage = z.strictObject({
  domain: z.enum(['photo', 'normals']),
  guidanceScale: z.number().min(1),
  /** λ of the restoring term λ·(ε_text − ε): 0 is pure self score distillation, 1 is SDS. */
  anchor: z.number().min(0),
  /** w(t), as in `ScoreSettings`. */
  weighting: z.enum(['noise', 'clean']).default('noise'),
  /**
   * Noise levels to draw from while progress (0 … 1) is below `untilProgress`, the last one reaches 1; and the share
   * of s − 1 that guides in that span, where it is not all.
   */
  timesteps: z
    .array(
      z.strictObject({
        untilProgress: z.number().gt(0).max(1),
        range: Range,
        guidanceShare: z.number().min(0).max(1).optional(),
      }),
    )
    .min(1)
    .refine((spans) => spans.at(-1)?.untilProgress === 1, 'expected the last untilProgress to be 1'),
  /** Replaces the domain's negative prompt. */
  negativePrompt: z.string().optional(),
});

const LandmarkChain = z.strictObject({
  /** Name of the chain in the head template. */
  name: z.string().min(1),
  /** `closed` and `open` are lines; `dot` is one square at the mean of its landmarks. */
  kind: z.enum(['closed', 'open', 'dot']),
  color: Color,
});

/** teacher.json: what the weights were trained under, and so what a preset must not hard-code. */
export const TeacherManifest = z.strictObject({
  format: z.literal('headwright-teacher/1'),
  name: z.string().min(1),
  description: z.string(),
  /** `required`: manifest.json lists every file; `none`: an operator's own folder, digests are only recorded. */
  files: z.enum(['required', 'none']),
  imageSize: z.int().positive(),
  latentSize: z.int().positive(),
  latentChannels: z.int().positive(),
  /**
   * A small picture may stand for a latent, as with Stable Diffusion's four channels: then a geometry stage may begin with
   * normals and mask in place of an encoded picture.
   */
  latentPictures: z.boolean().default(false),
  text: z.strictObject({
    encoder: z.literal('onnx-token-states'),
    model: z.string().min(1),
    tokenizer: z.string().min(1),
    tokens: z.int().positive(),
    width: z.int().positive(),
    /** Factor of the encoder's states. */
    scale: z.number().positive().default(1),
    /**
     * What stands behind a shorter text: states of zero, or those of a token that fills the text up before it is encoded
     * (49407 with Stable Diffusion 1.5, 0 with 2.1).
     */
    padding: z.union([z.literal('zeros'), z.strictObject({ token: z.int().min(0) })]),
    unconditional: z.string(),
  }),
  framing: z.strictObject({
    target: Vector,
    fovYDegrees: Range,
    /** Distance is factor · halfHeight / tan(fovY / 2). */
    distanceFactor: Range,
    halfHeight: z.number().positive(),
    azimuthDegrees: Range,
    elevationDegrees: Range,
    /** Views of the face alone, if the teacher has seen such: `distanceFactor` is of the same halfHeight. */
    closeUp: z
      .strictObject({ target: Vector, distanceFactor: Range, azimuthDegrees: Range, elevationDegrees: Range })
      .optional(),
  }),
  normals: z.strictObject({
    space: z.literal('world'),
    /** Color is (n + 1) / 2. */
    encoding: z.literal('(n+1)/2'),
    /** Normals that look away from the camera (open surfaces) are turned around. */
    facing: z.literal('viewer'),
  }),
  viewWords: z.strictObject({
    front: z.string(),
    side: z.string(),
    back: z.string(),
    /** Of |azimuth|. */
    frontBelowDegrees: z.number(),
    backAboveDegrees: z.number(),
  }),
  domains: z.strictObject({ photo: Domain, normals: Domain }),
  stages: z.strictObject({ geometry: Stage, texture: Stage }),
  landmarks: z.strictObject({
    lineWidthPx: z.number().min(1),
    dotSizePx: z.int().min(1),
    /** A landmark is hidden when the cosine between its normal and the way to the eye is below this … */
    hiddenBelowCosine: z.number(),
    /** … or when it lies farther behind the visible surface than this, head heights. */
    hiddenBehindDepth: z.number().min(0),
    /** With no landmark in sight the picture is black, and black means "from behind". */
    blackFromBehind: z.literal(true),
    /** In drawing order. */
    chains: z.array(LandmarkChain).min(1),
  }),
  /** What training captions were made of: lower-case words, without plurals; none for a teacher that knows words in general. */
  knownWords: z.strictObject({ words: z.array(z.string()), stopWords: z.array(z.string()) }),
});
export type TeacherManifest = z.infer<typeof TeacherManifest>;
