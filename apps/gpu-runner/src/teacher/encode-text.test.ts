import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readSafetensors, toFloat32 } from '../tensor/safetensors.ts';
import { openTextEncoder } from './encode-text.ts';
import { TeacherManifest } from './teacher-manifest.ts';

const ROOT = new URL('../../../../', import.meta.url);
const starter = fileURLToPath(new URL('models/starter', ROOT));
const { text } = TeacherManifest.parse(JSON.parse(readFileSync(`${starter}/teacher.json`, 'utf8')));
const encoder = await openTextEncoder(starter, { ...text, scale: 1 });
afterAll(() => encoder.dispose());

/** Made by scripts/fixtures/text.py with Python's tokenizers and onnxruntime. */
const golden = z
  .array(z.strictObject({ text: z.string(), tokens: z.array(z.int()) }))
  .parse(JSON.parse(readFileSync(new URL('test/fixtures/text/golden.json', ROOT), 'utf8')));
const states = readSafetensors(readFileSync(new URL('test/fixtures/text/golden.safetensors', ROOT)));

describe('token states', () => {
  test.each(golden.map((sample, k) => [sample.text.slice(0, 40), k] as const))(
    'of %j equal those of the Python tool chain, with zeros behind them',
    async (_, k) => {
      const entry = states.entries.get(`${k}`);
      if (!entry) throw new Error(`golden.safetensors: expected the tensor ${k}`);
      const expected = toFloat32(`${k}`, entry);
      const { tokens } = golden[k];
      const found = await encoder.encode(golden[k].text);
      expect(found).toHaveLength(text.tokens * text.width);
      expect(found.subarray(tokens.length * text.width).every((value) => value === 0)).toBe(true);
      const error = Math.sqrt(expected.reduce((sum, v, i) => sum + (v - found[i]) ** 2, 0));
      const scale = Math.hypot(...expected);
      // Int8 products round differently on processors with and without VNNI; another token changes states by tens of percent.
      expect(error / scale).toBeLessThan(0.03);
    },
  );

  test('are multiplied by the scale of the teacher', async () => {
    const scaled = await openTextEncoder(starter, { ...text, scale: 3 });
    const plain = await encoder.encode('a red demon');
    expect(await scaled.encode('a red demon')).toEqual(plain.map((value) => 3 * value));
    await scaled.dispose();
  });

  test('of a teacher that fills its texts up are of all tokens, the padding too', async () => {
    const filled = await openTextEncoder(starter, { ...text, scale: 1, padding: { token: 0 } });
    const found = await filled.encode('a red demon');
    expect(found).toHaveLength(text.tokens * text.width);
    const last = found.subarray((text.tokens - 1) * text.width);
    expect(last.some((value) => value !== 0)).toBe(true);
    // The padding is attended to, so the words' own states are others too.
    expect(found.subarray(0, text.width)).not.toEqual(
      (await encoder.encode('a red demon')).subarray(0, text.width),
    );
    await filled.dispose();
  });

  test('of the empty condition are those of the empty text', async () => {
    expect(await encoder.unconditional()).toEqual(await encoder.encode(''));
  });

  test('do not depend on the texts encoded before', async () => {
    const first = await encoder.encode('a red demon');
    await encoder.encode('something else, much longer than the first one, back view');
    expect(await encoder.encode('a red demon')).toEqual(first);
  });

  test('keep the ending of a text that is too long, and only its last words go', async () => {
    const words = Array.from({ length: 60 }, (_, i) => `horn${i}`).join(' ');
    const ending = ', side view, normal map';
    const read = encoder.readable(words, ending);
    expect(read).not.toBe('');
    expect(words.startsWith(`${read} `)).toBe(true);
    expect(await encoder.encode(words, ending)).toEqual(await encoder.encode(read + ending));
    expect(await encoder.encode(words, ending)).not.toEqual(await encoder.encode(words, ', back view'));
    // One word more would not fit.
    const next = words.slice(0, words.indexOf(' ', read.length + 1));
    expect(encoder.readable(next, ending)).toBe(read);
  });

  test('keep the ending behind one word of many pieces, and short texts whole', async () => {
    // Up to 100 letters WordPiece cuts a strange word into pieces; a longer one is a single unknown token.
    const word = 'xqzj'.repeat(24);
    const read = encoder.readable(word, ', side view');
    expect(read.length).toBeLessThan(word.length);
    expect(word.startsWith(read)).toBe(true);
    expect(encoder.readable('a clown', ', side view')).toBe('a clown');
  });

  test('are refused when the model has another width than the teacher says', async () => {
    const other = await openTextEncoder(starter, { ...text, width: 768 });
    await expect(other.encode('a head')).rejects.toThrow(/width 768, got 384/);
    await other.dispose();
  });
});
