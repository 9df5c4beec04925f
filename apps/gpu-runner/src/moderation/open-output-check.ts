import { openSession } from '../onnx/session.ts';
import { decodeImage } from '../ssd/export/decode-image.ts';
import { NSFW_CLASSES, NSFW_IMAGE_SIZE, nsfwGraph } from './nsfw-graph.ts';
import { readNsfwNetwork } from './read-nsfw-network.ts';

/** Resolves when a picture may be shown, rejects with `RejectedOutput` when not. */
export type OutputCheck = (picture: Uint8Array) => Promise<void>;

/** A picture that nobody may see. */
export class RejectedOutput extends Error {
  override readonly name = 'RejectedOutput';
}

/** Classes of which nothing is published; `sexy` is clothed, and `drawing` and `neutral` are no fault. */
const REFUSED: ReadonlySet<string> = new Set(['porn', 'hentai']);

/** A picture that is rather explicit than not. Heads of ours reach 0.01 (docs/moderation.md). */
const REFUSED_CHANCE_MIN = 0.5;

/** The chance that a picture in any common format is explicit, 0 … 1. */
export type NsfwJudge = (picture: Uint8Array) => Promise<number>;

/** Opens the classifier of models/moderation. */
export async function openNsfwJudge(directory: string): Promise<NsfwJudge> {
  // One thread: a picture takes a twentieth of a second, and the engine has the other cores.
  const session = await openSession(nsfwGraph(await readNsfwNetwork(directory)), { threads: 1 });
  const planeLength = NSFW_IMAGE_SIZE * NSFW_IMAGE_SIZE;
  return async function judge(picture) {
    const pixels = await decodeImage(picture, NSFW_IMAGE_SIZE);
    const data = Float32Array.from({ length: 3 * planeLength }, (_, i) => {
      const channel = Math.floor(i / planeLength);
      return pixels[(i % planeLength) * 3 + channel] / 255;
    });
    const shape = [1, 3, NSFW_IMAGE_SIZE, NSFW_IMAGE_SIZE];
    const { classes } = await session.run({ image: { data, shape } });
    return NSFW_CLASSES.reduce((sum, name, i) => (REFUSED.has(name) ? sum + classes[i] : sum), 0);
  };
}

/** The check that every picture passes before it leaves the runner. */
export function createOutputCheck(judge: NsfwJudge): OutputCheck {
  return async function check(picture) {
    const chance = await judge(picture);
    if (chance < REFUSED_CHANCE_MIN) return;
    throw new RejectedOutput(`a picture was refused: explicit by ${chance.toFixed(2)}`);
  };
}
