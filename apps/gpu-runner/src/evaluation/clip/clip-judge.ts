/** CLIP as far as it is used here: two encoders into one space. */
export interface ClipModel {
  /** Of everything in its folder. */
  readonly digest: string;
  /** A place [D] for a square picture [S, S, 3] in [0, 1] of any side. */
  embedImage(image: Float32Array): Promise<Float32Array>;
  embedText(text: string): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** A CLIP model that is asked how well prompts fit the pictures of one head. */
export interface ClipJudge {
  readonly digest: string;
  /** For each prompt the mean over all pictures of the cosine between picture and prompt. */
  scores(images: readonly Float32Array[], prompts: readonly string[]): Promise<number[]>;
}

/** Judges with `model`; each prompt is embedded once. */
export function createClipJudge(model: ClipModel): ClipJudge {
  const texts = new Map<string, Promise<Float32Array>>();
  const textOf = (prompt: string): Promise<Float32Array> => {
    const known = texts.get(prompt) ?? model.embedText(prompt).then(unit);
    texts.set(prompt, known);
    return known;
  };
  return {
    digest: model.digest,
    async scores(images, prompts) {
      const pictures: Float32Array[] = [];
      for (const image of images) pictures.push(unit(await model.embedImage(image)));
      const scores: number[] = [];
      for (const prompt of prompts) {
        const text = await textOf(prompt);
        scores.push(pictures.reduce((sum, picture) => sum + dot(picture, text), 0) / pictures.length);
      }
      return scores;
    },
  };
}

function unit(values: Float32Array): Float32Array {
  const length = Math.sqrt(dot(values, values));
  return values.map((value) => value / length);
}

function dot(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) {
    throw new Error(`createClipJudge: expected embeddings of one width, got ${a.length} and ${b.length}`);
  }
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
