import type { PictureKind } from '../dataset/example.ts';
import type { Camera } from '../ssd/cameras/camera.ts';
import { closeUpCamera, orbitCamera } from '../ssd/cameras/orbit.ts';
import { viewWordsAt } from '../ssd/cameras/view-words.ts';
import { promptStyleOf } from '../ssd/diffusion/prompt-style.ts';
import { type PromptStyle, viewPrompt } from '../ssd/diffusion/view-prompt.ts';
import type { TextEncoder } from '../teacher/encode-text.ts';
import type { Teacher } from '../teacher/load-teacher.ts';
import { joined, toPlanes } from './planes.ts';

/** One picture to draw. */
export interface SampleRequest {
  readonly prompt: string;
  /** Comes before the teacher's own negative prompt; null is the teacher's own alone, '' the empty condition. */
  readonly negativePrompt: string | null;
  readonly kind: PictureKind;
  readonly azimuthRad: number;
  /** Of the face alone, which is refused where the teacher has seen no such pictures. */
  readonly closeUp?: boolean;
  /** The noise is a function of this alone. */
  readonly seed: number;
}

/** What the networks are told about B pictures: wanted texts in rows 0 … B−1, unwanted ones in rows B … 2B−1. */
export interface SampleConditions {
  /** [2B, L, D]. */
  readonly text: Float32Array;
  /** [2B, 3, S, S] landmark pictures in [0, 1]. */
  readonly landmarks: Float32Array;
  /** B landmark pictures [S, S, 3]. */
  readonly pictures: readonly Float32Array[];
}

/** How a teacher wants to be told what to draw. */
export type ConditionStyle = Pick<Teacher, 'manifest' | 'framing' | 'viewWords'>;

/** Puts requests into the teacher's words and landmarks. */
export async function sampleConditions(
  requests: readonly SampleRequest[],
  teacher: ConditionStyle,
  encoder: Pick<TextEncoder, 'encode' | 'unconditional'>,
  landmarksAt: (camera: Camera) => Float32Array,
): Promise<SampleConditions> {
  const pictures = requests.map((request) => landmarksAt(cameraOf(request, teacher)));
  const hints = joined(pictures.map(toPlanes));
  const wanted: Float32Array[] = [];
  const unwanted: Float32Array[] = [];
  for (const { prompt, negativePrompt, kind, azimuthRad } of requests) {
    const style = styleOf(teacher.manifest, kind);
    const viewWords = viewWordsAt(azimuthRad, teacher.viewWords);
    const { text, negativeText } = viewPrompt(style, prompt, negativePrompt, viewWords);
    wanted.push(await encoder.encode(text.words, text.ending));
    unwanted.push(
      negativePrompt === ''
        ? await encoder.unconditional()
        : await encoder.encode(negativeText.words, negativeText.ending),
    );
  }
  return { text: joined([...wanted, ...unwanted]), landmarks: joined([hints, hints]), pictures };
}

function cameraOf({ azimuthRad, closeUp }: SampleRequest, { framing, manifest }: ConditionStyle): Camera {
  if (!closeUp) return orbitCamera(framing, azimuthRad);
  const camera = closeUpCamera(framing, azimuthRad);
  if (!camera)
    throw new Error(`sampleConditions: expected a teacher that has seen close-ups, got ${manifest.name}`);
  return camera;
}

/** The words around a prompt as the stage of such pictures has them, else as the kind itself has. */
function styleOf(manifest: Teacher['manifest'], kind: PictureKind): PromptStyle {
  const { stages, domains } = manifest;
  const stage = (['texture', 'geometry'] as const).find((name) => stages[name].domain === kind);
  return stage ? promptStyleOf(manifest, stage, { negativePrompt: true }) : domains[kind];
}
