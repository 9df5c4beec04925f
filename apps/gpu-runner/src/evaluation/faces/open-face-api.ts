import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A face found in a picture. */
export interface FoundFace {
  readonly score: number;
  /** 128 numbers; those of one person lie within 0.6 of each other. */
  readonly descriptor: Float32Array;
  /** [68, 2] the landmarks of iBUG's scheme, shares of the picture's width and height from its top left corner. */
  readonly landmarks: Float32Array;
}

/** face-api with its own weights, a development dependency. */
export interface FaceApi {
  /** Side of the pictures that it takes. */
  readonly imageSize: number;
  /** The most certain face of a picture [S, S, 3] of bytes, or null. */
  findFace(bytes: Uint8Array): Promise<FoundFace | null>;
}

const SIZE = 320;
const SCORE_MIN = 0.3;

/** What is used of the package, which brings its own tfjs. */
interface FaceApiModule {
  readonly tf: {
    setBackend(name: string): Promise<boolean>;
    ready(): Promise<void>;
    tensor3d(values: Int32Array, shape: readonly number[], dtype: 'int32'): { dispose(): void };
    readonly io: { decodeWeights(bytes: ArrayBuffer, specs: readonly unknown[]): unknown };
  };
  readonly nets: Readonly<Record<string, { loadFromWeightMap(weights: unknown): void }>>;
  readonly TinyFaceDetectorOptions: new (options: { inputSize: number; scoreThreshold: number }) => object;
  detectSingleFace(
    picture: object,
    options: object,
  ): {
    withFaceLandmarks(): {
      withFaceDescriptor(): PromiseLike<
        | {
            readonly detection: { readonly score: number };
            readonly descriptor: Float32Array;
            readonly landmarks: { readonly positions: readonly { readonly x: number; readonly y: number }[] };
          }
        | undefined
      >;
    };
  };
}

const NETS = {
  tinyFaceDetector: 'tiny_face_detector_model',
  faceLandmark68Net: 'face_landmark_68_model',
  faceRecognitionNet: 'face_recognition_model',
} as const;

/**
 * Opens face-api on tfjs' plain CPU backend; `resolve` finds the package.
 *
 * Its bundle only starts where there is a window, so it gets a bare one: nothing is drawn.
 */
export async function openFaceApi(resolve: { resolve(name: string): string }): Promise<FaceApi> {
  const folder = dirname(resolve.resolve('@vladmandic/face-api/package.json'));
  const document = { createElement: () => ({ getContext: () => null }) };
  Object.assign(globalThis, { window: globalThis, document });
  // The package's types want the DOM and tfjs' own; the interface above states what is used.
  const api = (await import(pathToFileURL(join(folder, 'dist', 'face-api.esm.js')).href)) as FaceApiModule;
  await api.tf.setBackend('cpu');
  await api.tf.ready();
  for (const [net, name] of Object.entries(NETS)) {
    const path = join(folder, 'model', name);
    // A list of weight groups with their specifications, as tfjs stores models.
    const groups = JSON.parse(readFileSync(`${path}-weights_manifest.json`, 'utf8')) as {
      weights: unknown[];
    }[];
    const bytes = new Uint8Array(readFileSync(`${path}.bin`));
    const specs = groups.flatMap(({ weights }) => weights);
    api.nets[net].loadFromWeightMap(api.tf.io.decodeWeights(bytes.buffer, specs));
  }
  const options = new api.TinyFaceDetectorOptions({ inputSize: SIZE, scoreThreshold: SCORE_MIN });
  return {
    imageSize: SIZE,
    async findFace(bytes) {
      const picture = api.tf.tensor3d(Int32Array.from(bytes), [SIZE, SIZE, 3], 'int32');
      const found = await api.detectSingleFace(picture, options).withFaceLandmarks().withFaceDescriptor();
      picture.dispose();
      if (!found) return null;
      const landmarks = found.landmarks.positions.flatMap(({ x, y }) => [x / SIZE, y / SIZE]);
      return {
        score: found.detection.score,
        descriptor: found.descriptor,
        landmarks: Float32Array.from(landmarks),
      };
    },
  };
}
