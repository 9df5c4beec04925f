import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { numbersOf, relativeDifference } from '../../../../../test/network-fixture.ts';
import { encodeModel } from '../../onnx/model-proto.ts';
import { type SafetensorsInput, writeSafetensors } from '../../tensor/write-safetensors.ts';
import { compileClipEncoders } from './clip-encoders.ts';
import { createClipJudge } from './clip-judge.ts';
import { ClipConfig } from './clip-network.ts';
import { clipPlanes, readClipPictures } from './clip-pictures.ts';
import { openClip } from './open-clip.ts';
import { plainClip } from '../../../../../test/plain-clip.ts';

const config = ClipConfig.parse({
  model_type: 'clip',
  projection_dim: 4,
  text_config: {
    hidden_size: 8,
    intermediate_size: 12,
    num_attention_heads: 2,
    num_hidden_layers: 2,
    max_position_embeddings: 6,
    vocab_size: 7,
  },
  vision_config: {
    hidden_size: 6,
    intermediate_size: 10,
    num_attention_heads: 3,
    num_hidden_layers: 1,
    hidden_act: 'gelu',
    image_size: 4,
    patch_size: 2,
  },
});

/** Random weights of any shape, remembered so that they can be written into a file. */
function randomSource() {
  const tensors = new Map<string, SafetensorsInput>();
  return {
    tensors,
    label: 'random CLIP',
    find(key: string, shape: readonly number[] = []) {
      const data = numbersOf(
        key,
        shape.reduce((product, size) => product * size, 1),
      );
      tensors.set(key, { dtype: 'F32', shape, values: data });
      return { shape, data };
    },
  };
}

/** Begins with 5, ends with 6, and knows the letters a to e. */
const TOKENIZER = {
  version: '1.0',
  added_tokens: [],
  normalizer: null,
  pre_tokenizer: { type: 'Whitespace' },
  post_processor: { type: 'RobertaProcessing', sep: ['</s>', 6], cls: ['<s>', 5] },
  decoder: null,
  model: { type: 'BPE', vocab: { a: 0, b: 1, c: 2, d: 3, e: 4, '<s>': 5, '</s>': 6 }, merges: [] },
};

describe('createClipJudge', () => {
  it('means the cosine over pictures, whatever the length of embeddings, and embeds each prompt once', async () => {
    const asked: string[] = [];
    const judge = createClipJudge({
      digest: 'tiny',
      embedImage: async (image) => image,
      async embedText(text) {
        asked.push(text);
        return text === 'x' ? Float32Array.of(5, 0) : Float32Array.of(0, 2);
      },
      dispose: async () => {},
    });
    const images = [Float32Array.of(3, 4), Float32Array.of(10, 0)];
    const scores = await judge.scores(images, ['x', 'y']);
    expect(scores[0]).toBeCloseTo((0.6 + 1) / 2, 6);
    expect(scores[1]).toBeCloseTo(0.8 / 2, 6);
    await judge.scores(images, ['y', 'x']);
    expect(asked).toEqual(['x', 'y']);
  });

  it('refuses pictures and words of different spaces', async () => {
    const judge = createClipJudge({
      digest: 'odd',
      embedImage: async () => Float32Array.of(1, 0, 0),
      embedText: async () => Float32Array.of(1, 0),
      dispose: async () => {},
    });
    await expect(judge.scores([new Float32Array(3)], ['x'])).rejects.toThrow('got 3 and 2');
  });
});

describe('compileClipEncoders', () => {
  it('computes what a plain transformer computes, without a look behind the last token', async () => {
    const source = randomSource();
    const encoders = await compileClipEncoders(source, config);
    const plain = plainClip((key) => source.tensors.get(key)?.values ?? [], config);
    const planes = numbersOf('picture', 3 * 16);
    // Six layers of float32 against doubles.
    const picture = await encoders.encodePlanes(planes, 4);
    expect(relativeDifference(picture, Float32Array.from(plain.image(planes)))).toBeLessThan(1e-4);
    for (const tokens of [
      [5, 1, 2, 6],
      [5, 0, 1, 2, 3, 6],
    ]) {
      const words = await encoders.encodeTokens(tokens);
      expect(relativeDifference(words, Float32Array.from(plain.text(tokens)))).toBeLessThan(1e-4);
    }
    await expect(encoders.encodeTokens([5, 9, 6])).rejects.toThrow('below 7');
    await expect(encoders.encodePlanes(planes, 5)).rejects.toThrow('expected pictures of 4');
    await encoders.dispose();
  });
});

describe('a CLIP folder', () => {
  let folder = '';
  const write = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headwright-clip-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is refused by what it lacks', async () => {
    await expect(openClip(join(folder, 'none'))).rejects.toThrow('got no such folder');
    await expect(openClip(folder)).rejects.toThrow('got no tokenizer.json');
    await write('tokenizer.json', '{}');
    await expect(openClip(folder)).rejects.toThrow('got no model.safetensors and no vision_model.onnx');
    await write('model.safetensors', '');
    await expect(openClip(folder)).rejects.toThrow('got no config.json beside model.safetensors');
    await write('config.json', '{"model_type": "siglip"}');
    await expect(openClip(folder)).rejects.toThrow('config.json: /model_type');
    await write('config.json', JSON.stringify(config));
    await expect(openClip(folder)).rejects.toThrow(
      'expected pictures of 4 pixels as in config.json, got 224',
    );
  });

  it('of transformers is opened with its words and pictures; a tensor of another shape is refused by name', async () => {
    const source = randomSource();
    const encoders = await compileClipEncoders(source, config);
    await write('tokenizer.json', JSON.stringify(TOKENIZER));
    await write('config.json', JSON.stringify(config));
    const pictures = { crop_size: 4, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] };
    await write('preprocessor_config.json', JSON.stringify(pictures));
    await write('model.safetensors', writeSafetensors(source.tensors, {}));
    const model = await openClip(folder);
    expect(await model.embedText('b c')).toEqual(await encoders.encodeTokens([5, 1, 2, 6]));
    const white = new Float32Array(8 * 8 * 3).fill(1);
    expect(await model.embedImage(white)).toEqual(
      await encoders.encodePlanes(new Float32Array(3 * 16).fill(1), 4),
    );
    await model.dispose();
    await encoders.dispose();
    await write('config.json', JSON.stringify({ ...config, projection_dim: 5 }));
    await expect(openClip(folder)).rejects.toThrow('visual_projection.weight of shape [5,6]');
  });

  it('of ONNX files is opened, too, and asked for the embeddings alone', async () => {
    await write('tokenizer.json', JSON.stringify(TOKENIZER));
    const pictures = { crop_size: 2, image_mean: [0, 0, 0], image_std: [1, 1, 1] };
    await write('preprocessor_config.json', JSON.stringify(pictures));
    await mkdir(join(folder, 'onnx'));
    const node = (op: string, input: string, output: string, attributes = {}) => ({
      opset: 21,
      nodes: [{ name: op, op, inputs: [input], output, attributes }],
      constants: [],
    });
    const picture = { name: 'pixel_values', type: 'float32', shape: [1, 3, 2, 2] } as const;
    const flat = { name: 'image_embeds', type: 'float32', shape: [1, 12] } as const;
    const vision = { ...node('Flatten', picture.name, flat.name), inputs: [picture], outputs: [flat] };
    const ids = { name: 'input_ids', type: 'int64', shape: [1, 4] } as const;
    const cast = { name: 'text_embeds', type: 'float32', shape: [1, 4] } as const;
    const text = { ...node('Cast', ids.name, cast.name, { to: 1 }), inputs: [ids], outputs: [cast] };
    await write('onnx/vision_model.onnx', encodeModel(vision).bytes);
    await write('onnx/text_model.onnx', encodeModel(text).bytes);
    const model = await openClip(folder);
    expect([...(await model.embedText('d e'))]).toEqual([5, 3, 4, 6]);
    expect(await model.embedImage(new Float32Array(12).fill(1))).toEqual(new Float32Array(12).fill(1));
    await model.dispose();
    await write('onnx/text_model.onnx', encodeModel(vision).bytes);
    await expect(openClip(folder)).rejects.toThrow('expected the output text_embeds, got image_embeds');
  });

  it('says how it wants its pictures; without a word as OpenAI’s models do', async () => {
    expect(readClipPictures(folder)).toMatchObject({ size: 224, mean: [0.48145466, 0.4578275, 0.40821073] });
    const wanted = {
      crop_size: { height: 8, width: 8 },
      image_mean: [0.5, 0.5, 0],
      image_std: [0.5, 0.25, 1],
    };
    await write('preprocessor_config.json', JSON.stringify(wanted));
    const pictures = readClipPictures(folder);
    const red = new Float32Array(4 * 4 * 3).map((_, i) => (i % 3 === 0 ? 1 : 0));
    const planes = await clipPlanes(red, pictures);
    expect(planes.length).toBe(3 * 64);
    expect([planes[0], planes[64], planes[128]]).toEqual([1, -2, 0]);
    await write('preprocessor_config.json', '{"image_mean": [1]}');
    expect(() => readClipPictures(folder)).toThrow('preprocessor_config.json: /image_mean');
  });
});
