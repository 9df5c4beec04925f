import { createHash } from 'node:crypto';
import { readSafetensors, type SafetensorsFile, toFloat32, toIntegers } from '../../tensor/safetensors.ts';
import { type SafetensorsInput, writeSafetensors } from '../../tensor/write-safetensors.ts';
import { HeadRecipe } from './head-recipe.ts';

/** An opened file of engine state: whole, of the expected format, with a recipe that holds. */
export interface StateFile {
  readonly recipe: HeadRecipe;
  /** Names of all tensors, in the file's order. */
  readonly names: readonly string[];
  /** A metadata entry; refused by name where it is missing. */
  note(name: string): string;
  /** Finite floats of a tensor; refused by name where it is missing or anything else. */
  floats(name: string): Float32Array;
  /** Whole numbers of a tensor. */
  integers(name: string): Uint32Array;
}

/**
 * The format of a file of `kind` for a recipe: version 2 says that its distance is a hash grid's, which engines of version 1
 * do not know; heads of the residual field stay readable for them.
 */
export function formatOf(kind: string, recipe: HeadRecipe): string {
  return `${kind}/${recipe.settings.geometry.field.kind === 'hash-grid' ? 2 : 1}`;
}

const VERSIONS = [1, 2];

/**
 * Writes tensors, recipe and notes as one safetensors file that names its format and knows its own digest.
 *
 * References: safetensors format, https://huggingface.co/docs/safetensors.
 */
export function encodeStateFile(
  format: string,
  recipe: HeadRecipe,
  tensors: ReadonlyMap<string, Float32Array | Uint32Array>,
  notes: Readonly<Record<string, string>> = {},
): Uint8Array {
  const inputs = new Map<string, SafetensorsInput>();
  for (const [name, values] of tensors) {
    const dtype = values instanceof Float32Array ? 'F32' : 'U32';
    inputs.set(name, { dtype, shape: [values.length], values });
  }
  const metadata = { ...notes, format, recipe: JSON.stringify(recipe) };
  // The digest covers the file as it is without it, so the reader needs no second form of the content.
  const sha256 = digestOf(readSafetensors(writeSafetensors(inputs, metadata)));
  return writeSafetensors(inputs, { ...metadata, sha256 });
}

/** Opens such a file of a kind, in any version; another format, a damaged file and a bad recipe are refused with what came and what is expected. */
export function openStateFile(kind: string, bytes: Uint8Array): StateFile {
  const file = parse(kind, bytes);
  const known = VERSIONS.map((version) => `${kind}/${version}`);
  const format = file.metadata.get('format');
  if (format === undefined || !known.includes(format)) {
    const found = format ?? 'a file without a format';
    throw new Error(`openStateFile: expected format ${known.join(' or ')}, got ${found}`);
  }
  const expected = file.metadata.get('sha256');
  if (digestOf(file) !== expected) {
    throw new Error(`openStateFile: ${format}: expected content of the digest ${expected}, got other bytes`);
  }
  const entryOf = (name: string) => {
    const entry = file.entries.get(name);
    if (!entry)
      throw new Error(`openStateFile: ${format}: expected the tensor ${name}, got none of that name`);
    return entry;
  };
  return {
    recipe: parseRecipe(format, file.metadata.get('recipe')),
    names: [...file.entries.keys()],
    note(name) {
      const text = file.metadata.get(name);
      if (text === undefined)
        throw new Error(`openStateFile: ${format}: expected the note ${name}, got none`);
      return text;
    },
    floats(name) {
      const values = toFloat32(name, entryOf(name));
      if (!values.every(Number.isFinite)) {
        throw new Error(`openStateFile: ${format}: ${name}: expected finite numbers`);
      }
      return values;
    },
    integers: (name) => Uint32Array.from(toIntegers(name, entryOf(name))),
  };
}

function parse(kind: string, bytes: Uint8Array): SafetensorsFile {
  try {
    return readSafetensors(bytes);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Error(`openStateFile: expected a whole file of format ${kind}, got a damaged one (${detail})`, {
      cause: error,
    });
  }
}

function parseRecipe(format: string, text: string | undefined): HeadRecipe {
  let json: unknown;
  try {
    json = JSON.parse(text ?? '');
  } catch {
    // Without the text, or its parser's message: errors reach logs, and a recipe holds a customer's words.
    throw new Error(
      `openStateFile: ${format}: expected a recipe in JSON, got ${text === undefined ? 'none' : 'others'}`,
    );
  }
  const parsed = HeadRecipe.safeParse(json);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new Error(`openStateFile: ${format}: recipe: /${path.join('/')}: ${message}`);
}

/** SHA-256 of all tensors and notes, by name, without the digest itself. */
function digestOf({ entries, metadata }: SafetensorsFile): string {
  const hash = createHash('sha256');
  for (const [name, text] of [...metadata].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (name !== 'sha256') hash.update(JSON.stringify([name, text]));
  }
  for (const [name, entry] of entries) {
    hash.update(JSON.stringify([name, entry.dtype, entry.shape])).update(entry.read());
  }
  return hash.digest('hex');
}
