import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { openTokenSession } from '../onnx/session.ts';
import { parseJsonFile } from './checked-files.ts';
import type { TeacherManifest } from './teacher-manifest.ts';

/** A teacher's text encoder. */
export interface TextEncoder {
  /** Token states [tokens, width] of a text, zeros behind its last token. */
  encode(text: string): Promise<Float32Array>;
  /** States of the empty condition: what classifier-free guidance starts from. */
  unconditional(): Promise<Float32Array>;
  dispose(): Promise<void>;
}

const TokenizerFile = z.looseObject({ model: z.looseObject({ type: z.string() }) });

/**
 * Opens the text encoder of a teacher's folder.
 *
 * One text a call: the model is quantized dynamically, so the texts of a batch would change each other's states. A text
 * longer than the teacher's token count loses its end; the rest is not masked, only zero, as in training.
 */
export async function openTextEncoder(
  directory: string,
  { tokens: tokenLimit, width, model, tokenizer: tokenizerPath, unconditional }: TeacherManifest['text'],
): Promise<TextEncoder> {
  const tokenizerFile = parseJsonFile(TokenizerFile, join(directory, tokenizerPath));
  const tokenizer = new Tokenizer(tokenizerFile, {});
  const session = await openTokenSession(readFileSync(join(directory, model)));
  const encode = async (text: string): Promise<Float32Array> => {
    const tokens = tokenizer.encode(text).ids.slice(0, tokenLimit);
    const { states, width: found } = await session.run(tokens);
    if (found !== width) throw new Error(`encode: ${model}: expected states of width ${width}, got ${found}`);
    const padded = new Float32Array(tokenLimit * width);
    padded.set(states);
    return padded;
  };
  return { encode, unconditional: () => encode(unconditional), dispose: () => session.dispose() };
}
