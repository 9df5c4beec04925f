import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { digestOfFiles, listFiles, parseJsonFile } from '../../teacher/checked-files.ts';
import { openSafetensors } from '../../teacher/safetensors-source.ts';
import { type ClipEncoders, compileClipEncoders, openOnnxEncoders } from './clip-encoders.ts';
import type { ClipModel } from './clip-judge.ts';
import { ClipConfig } from './clip-network.ts';
import { type ClipPictures, clipPlanes, readClipPictures } from './clip-pictures.ts';
import { openClipTokens } from './clip-tokens.ts';

/** Tokens that CLIP reads at most. */
const TOKEN_MAX = 77;

const EXPECTED =
  'expected a CLIP model of Hugging Face: tokenizer.json, and config.json with model.safetensors, or vision_model.onnx with text_model.onnx (here or in onnx/)';

/** Opens a CLIP model from an operator's folder: transformers' CLIPModel or its ONNX export. What is missing is named. */
export async function openClip(directory: string): Promise<ClipModel> {
  const lacks = (what: string): Error => new Error(`openClip: ${directory}: ${EXPECTED}; got no ${what}`);
  if (!existsSync(directory)) throw lacks('such folder');
  const tokenizer = join(directory, 'tokenizer.json');
  if (!existsSync(tokenizer)) throw lacks('tokenizer.json');
  const pictures = readClipPictures(directory);
  const encoders = await openEncoders(directory, pictures, lacks);
  const tokensOf = openClipTokens(tokenizer, TOKEN_MAX);
  return {
    digest: digestOfFiles(await listFiles(directory)),
    embedImage: async (image) => encoders.encodePlanes(await clipPlanes(image, pictures), pictures.size),
    embedText: (text) => encoders.encodeTokens(tokensOf(text)),
    dispose: encoders.dispose,
  };
}

async function openEncoders(
  directory: string,
  pictures: ClipPictures,
  lacks: (what: string) => Error,
): Promise<ClipEncoders> {
  const weights = join(directory, 'model.safetensors');
  if (existsSync(weights)) {
    const configPath = join(directory, 'config.json');
    if (!existsSync(configPath)) throw lacks('config.json beside model.safetensors');
    const config = parseJsonFile(ClipConfig, configPath);
    const wanted = config.vision_config.image_size;
    if (wanted !== pictures.size) {
      throw new Error(
        `openClip: ${directory}: expected pictures of ${wanted} pixels as in config.json, got ${pictures.size} in preprocessor_config.json`,
      );
    }
    return compileClipEncoders(openSafetensors(weights, weights), config);
  }
  const [vision, text] = ['vision_model.onnx', 'text_model.onnx'].map((name) => {
    const path = [join(directory, name), join(directory, 'onnx', name)].find((each) => existsSync(each));
    if (path === undefined) throw lacks(`model.safetensors and no ${name}`);
    return path;
  });
  return openOnnxEncoders(vision, text);
}
