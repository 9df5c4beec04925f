import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { TrainingRecord } from './training-record.ts';

/** One file of a model folder: what it must be, where it comes from and what allows its use. */
export const ModelFile = z.strictObject({
  path: z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[^\\]+$/, 'expected a path inside the folder'),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** SPDX identifier. */
  license: z.string().min(1),
  source: z.string().min(1),
});
export type ModelFile = z.infer<typeof ModelFile>;

/** manifest.json of a model folder. */
export const FileManifest = z.strictObject({
  format: z.literal('headwright-files/1'),
  files: z.array(ModelFile).min(1),
  /** Of a teacher that `teacher pack` wrote. */
  training: TrainingRecord.optional(),
});
export type FileManifest = z.infer<typeof FileManifest>;

export const MANIFEST_NAME = 'manifest.json';

/**
 * Checks a model folder against its manifest.json: every listed file is there with its size and sha256, and no other
 * file is. The first that differs is refused by name.
 */
export async function checkFiles(directory: string): Promise<readonly ModelFile[]> {
  const { files } = parseJsonFile(FileManifest, join(directory, MANIFEST_NAME));
  const listed = new Set([MANIFEST_NAME, ...files.map((file) => file.path)]);
  const present = filesBelow(directory);
  for (const path of present) {
    if (!listed.has(path)) throw new Error(`checkFiles: ${path}: expected only listed files in ${directory}`);
  }
  for (const file of files) {
    if (!present.has(file.path)) throw new Error(`checkFiles: ${file.path}: expected a file, got none`);
    const { size } = statSync(join(directory, file.path));
    if (size !== file.bytes) {
      throw new Error(`checkFiles: ${file.path}: expected ${file.bytes} bytes, got ${size}`);
    }
    const sha256 = await sha256OfFile(join(directory, file.path));
    if (sha256 !== file.sha256) {
      throw new Error(`checkFiles: ${file.path}: expected sha256 ${file.sha256}, got ${sha256}`);
    }
  }
  return files;
}

/** Lists a folder that has no manifest, with the digests found: they are recorded, not checked. */
export async function listFiles(directory: string): Promise<readonly ModelFile[]> {
  const files: ModelFile[] = [];
  for (const path of [...filesBelow(directory)].sort()) {
    const { size } = statSync(join(directory, path));
    const sha256 = await sha256OfFile(join(directory, path));
    files.push({ path, bytes: size, sha256, license: 'NOASSERTION', source: 'unlisted' });
  }
  return files;
}

/** One digest for a whole folder: of every path and content digest, in the order of their paths. */
export function digestOfFiles(files: readonly ModelFile[]): string {
  const lines = files.map((file) => `${file.sha256}  ${file.path}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** Reads a JSON file through a schema; errors name the file and the field. */
export function parseJsonFile<T>(schema: z.ZodType<T>, path: string): T {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`parseJsonFile: ${path}: expected a JSON file, got ${String(cause)}`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`parseJsonFile: ${path}: /${issue.path.join('/')}: ${issue.message}`);
}

function filesBelow(directory: string): Set<string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}
