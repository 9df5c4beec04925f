import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddingSession } from '../../onnx/session.ts';
import { digestOfFiles, listFiles } from '../../teacher/checked-files.ts';
import type { ClipModel } from './clip-judge.ts';
import { clipPlanes, readClipPictures } from './clip-pictures.ts';
import { openClipTokens } from './clip-tokens.ts';

/** Tokens that CLIP reads at most. */
const TOKEN_MAX = 77;

const EXPECTED =
  'expected a CLIP model: vision_model.onnx and text_model.onnx (here or in onnx/) and tokenizer.json, as transformers.js exports it';

/**
 * Opens a CLIP model from an operator's folder, ONNX files with the outputs `image_embeds` and `text_embeds`. What is
 * missing is named.
 */
export async function openClip(directory: string): Promise<ClipModel> {
  if (!existsSync(directory)) throw new Error(`openClip: ${directory}: ${EXPECTED}, got no such folder`);
  const vision = findFile(directory, 'vision_model.onnx');
  const text = findFile(directory, 'text_model.onnx');
  const tokenizer = join(directory, 'tokenizer.json');
  if (!existsSync(tokenizer)) throw new Error(`openClip: ${directory}: ${EXPECTED}, got no tokenizer.json`);
  const pictures = readClipPictures(directory);
  const tokensOf = openClipTokens(tokenizer, TOKEN_MAX);
  const digest = digestOfFiles(await listFiles(directory));
  const images = await openEmbeddingSession(readFileSync(vision), 'image_embeds');
  const texts = await openEmbeddingSession(readFileSync(text), 'text_embeds');
  return {
    digest,
    async embedImage(image) {
      const data = await clipPlanes(image, pictures);
      return images.run({ pixel_values: { data, shape: [1, 3, pictures.size, pictures.size] } });
    },
    embedText(words) {
      const tokens = tokensOf(words);
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

function findFile(directory: string, name: string): string {
  const path = [join(directory, name), join(directory, 'onnx', name)].find((each) => existsSync(each));
  if (path === undefined) throw new Error(`openClip: ${directory}: ${EXPECTED}, got no ${name}`);
  return path;
}
