import { join } from 'node:path';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import { type FileManifest, listFiles, MANIFEST_NAME, type ModelFile } from '../teacher/checked-files.ts';
import type { TrainingRecord } from '../teacher/training-record.ts';

/** What allows the use of a file, and where it comes from. */
export type FileOrigin = Pick<ModelFile, 'license' | 'source'>;

/** Writes manifest.json of a model folder: size, sha256, license and source of every other file. */
export async function writeFileManifest(
  directory: string,
  originOf: (path: string) => FileOrigin,
  training: TrainingRecord | null = null,
): Promise<readonly ModelFile[]> {
  const found = (await listFiles(directory)).filter(({ path }) => path !== MANIFEST_NAME);
  const files = found.map((file) => ({ ...file, ...originOf(file.path) }));
  const manifest: FileManifest = { format: 'headwright-files/1', files, ...(training ? { training } : {}) };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeFileWhole(join(directory, MANIFEST_NAME), new TextEncoder().encode(text));
  return files;
}
