import { readFileSync } from 'node:fs';
import { Graph } from '../../onnx/graph.ts';
import { NetworkWeights } from '../../onnx/networks/network-weights.ts';
import { openEmbeddingSession, openSession } from '../../onnx/session.ts';
import { readTensor, type TensorSource } from '../../onnx/tensor-source.ts';
import { type ClipConfig, clipImage, clipText } from './clip-network.ts';

/** Both encoders of a CLIP model, before any pictures or words. */
export interface ClipEncoders {
  /** A standardized picture [3, S, S] → [D]. */
  encodePlanes(planes: Float32Array, size: number): Promise<Float32Array>;
  /** Token numbers with begin and end → [D]. */
  encodeTokens(tokens: readonly number[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Encoders from two ONNX files with the outputs `image_embeds` and `text_embeds`. */
export async function openOnnxEncoders(visionPath: string, textPath: string): Promise<ClipEncoders> {
  const images = await openEmbeddingSession(readFileSync(visionPath), 'image_embeds');
  const texts = await openEmbeddingSession(readFileSync(textPath), 'text_embeds');
  return {
    encodePlanes: (data, size) => images.run({ pixel_values: { data, shape: [1, 3, size, size] } }),
    encodeTokens(tokens) {
      const shape = [1, tokens.length];
      const inputs = { input_ids: { data: BigInt64Array.from(tokens, BigInt), shape } };
      const ones = { data: new BigInt64Array(tokens.length).fill(1n), shape };
      const masked = texts.inputNames.includes('attention_mask') ? { attention_mask: ones } : {};
      return texts.run({ ...inputs, ...masked });
    },
    async dispose() {
      await images.dispose();
      await texts.dispose();
    },
  };
}

/** Encoders from the weights of transformers' CLIPModel. */
export async function compileClipEncoders(source: TensorSource, config: ClipConfig): Promise<ClipEncoders> {
  const { text_config: text, vision_config: vision } = config;
  const { max_position_embeddings: length, hidden_size: width, vocab_size: words } = text;
  const side = vision.image_size / vision.patch_size;
  if (!Number.isInteger(side)) {
    throw new Error(
      `compileClipEncoders: expected patches of ${vision.patch_size} to fill ${vision.image_size} pixels`,
    );
  }
  const imageGraph = new Graph();
  const patchShape = [1, side * side, 3 * vision.patch_size ** 2];
  const imageWeights = new NetworkWeights({ graph: imageGraph, source, trainAs: null });
  imageGraph.output('embedding', clipImage(imageWeights, imageGraph.input('patches', patchShape), config));
  const textGraph = new Graph();
  const textWeights = new NetworkWeights({ graph: textGraph, source, trainAs: null });
  const tokenShape = [1, length, width];
  textGraph.output('states', clipText(textGraph, textWeights, textGraph.input('tokens', tokenShape), config));
  const images = await openSession(imageGraph.build());
  const texts = await openSession(textGraph.build());
  const embeddings = readTensor(source, 'text_model.embeddings.token_embedding.weight', [words, width]);
  return {
    async encodePlanes(planes, size) {
      if (size !== vision.image_size) {
        throw new Error(`encodePlanes: expected pictures of ${vision.image_size} pixels, got ${size}`);
      }
      const data = patchesOf(planes, size, vision.patch_size);
      return (await images.run({ patches: { data, shape: patchShape } }))['embedding'];
    },
    async encodeTokens(tokens) {
      const wrong = tokens.find((token) => token >= words);
      if (wrong !== undefined || tokens.length > length) {
        throw new Error(
          `encodeTokens: expected at most ${length} tokens below ${words}, got ${tokens.length} with ${wrong}`,
        );
      }
      const data = new Float32Array(length * width);
      tokens.forEach((token, at) => {
        data.set(embeddings.subarray(token * width, (token + 1) * width), at * width);
      });
      const { states } = await texts.run({ tokens: { data, shape: tokenShape } });
      const out = config.projection_dim;
      return states.slice((tokens.length - 1) * out, tokens.length * out);
    },
    async dispose() {
      await images.dispose();
      await texts.dispose();
    },
  };
}

/** Cuts [3, S, S] into patches [N, 3, p, p], row by row. */
function patchesOf(planes: Float32Array, size: number, patch: number): Float32Array {
  const side = size / patch;
  const out = new Float32Array(planes.length);
  let at = 0;
  for (let n = 0; n < side * side; n++) {
    const [top, left] = [Math.floor(n / side) * patch, (n % side) * patch];
    for (let c = 0; c < 3; c++) {
      for (let y = 0; y < patch; y++) {
        const from = (c * size + top + y) * size + left;
        out.set(planes.subarray(from, from + patch), at);
        at += patch;
      }
    }
  }
  return out;
}
