import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { parseJsonFile } from '../../teacher/checked-files.ts';

const TokenizerFile = z.looseObject({ model: z.looseObject({ type: z.string() }) });

/** Opens a tokenizer.json: text → token numbers with CLIP's begin and end, at most `limit` with the end kept. */
export function openClipTokens(path: string, limit: number): (text: string) => number[] {
  const tokenizer = new Tokenizer(parseJsonFile(TokenizerFile, path), {});
  return (text) => {
    const tokens = tokenizer.encode(text).ids;
    if (tokens.length < 2)
      throw new Error(`openClipTokens: ${path}: expected begin and end, got [${tokens}]`);
    return tokens.length <= limit ? tokens : [...tokens.slice(0, limit - 1), tokens[tokens.length - 1]];
  };
}
