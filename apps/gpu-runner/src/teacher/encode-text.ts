import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { openTokenSession } from '../onnx/session.ts';
import { parseJsonFile } from './checked-files.ts';
import type { TeacherManifest } from './teacher-manifest.ts';

/** A teacher's text encoder. */
export interface TextEncoder {
  /**
   * Token states [tokens, width] of `text` followed by `ending`, scaled, padded as the manifest says. Where both do not
   * fit, `text` loses its last words: the ending says what kind of picture is meant.
   */
  encode(text: string, ending?: string): Promise<Float32Array>;
  /** What `encode` reads of `text` before `ending`. */
  readable(text: string, ending: string): string;
  /** States of the empty condition: what classifier-free guidance starts from. */
  unconditional(): Promise<Float32Array>;
  dispose(): Promise<void>;
}

const TokenizerFile = z.looseObject({ model: z.looseObject({ type: z.string() }) });

/**
 * Opens the text encoder of a teacher's folder.
 *
 * One text a call: the model is quantized dynamically, so the texts of a batch would change each other's states. A text
 * without an ending that is longer than the teacher's token count is cut there, as in training; the rest is not masked,
 * only zero.
 */
export async function openTextEncoder(
  directory: string,
  {
    tokens: tokenLimit,
    width,
    model,
    scale,
    padding,
    tokenizer: tokenizerPath,
    unconditional,
  }: TeacherManifest['text'],
): Promise<TextEncoder> {
  const tokenizerFile = parseJsonFile(TokenizerFile, join(directory, tokenizerPath));
  const tokenizer = new Tokenizer(tokenizerFile, {});
  const session = await openTokenSession(readFileSync(join(directory, model)));
  const readable = (text: string, ending: string): string => {
    let read = text;
    while (read !== '' && tokenizer.encode(read + ending).ids.length > tokenLimit)
      read = withoutLastWord(read);
    return read;
  };
  const encode = async (text: string, ending = ''): Promise<Float32Array> => {
    const whole = ending === '' ? text : readable(text, ending) + ending;
    const ids: readonly number[] = tokenizer.encode(whole).ids;
    const tokens = padding === 'zeros' ? ids.slice(0, tokenLimit) : filledUp(ids, tokenLimit, padding.token);
    const { states, width: found } = await session.run(tokens);
    if (found !== width) throw new Error(`encode: ${model}: expected states of width ${width}, got ${found}`);
    const padded = new Float32Array(tokenLimit * width);
    padded.set(scale === 1 ? states : states.map((value) => scale * value));
    return padded;
  };
  return {
    encode,
    readable,
    unconditional: () => encode(unconditional),
    dispose: () => session.dispose(),
  };
}

/** Exactly `count` tokens: padded behind, or cut before the last one, which ends the text. */
function filledUp(ids: readonly number[], count: number, padding: number): number[] {
  if (ids.length > count) return [...ids.slice(0, count - 1), ids[ids.length - 1]];
  return [...ids, ...new Array<number>(count - ids.length).fill(padding)];
}

/** One word less; a single word that is too long by itself loses half of it. */
function withoutLastWord(text: string): string {
  const space = text.trimEnd().lastIndexOf(' ');
  return space < 0 ? text.slice(0, text.length >> 1) : text.slice(0, space);
}
