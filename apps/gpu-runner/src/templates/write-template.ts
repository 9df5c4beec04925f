import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { writeFileManifest } from '../packing/write-file-manifest.ts';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import type { HeadTemplate } from '../ssd/head-template/head-template.ts';
import { MANIFEST_NAME } from '../teacher/checked-files.ts';
import { loadHeadTemplate, TEMPLATE_NAME } from '../teacher/load-head-template.ts';
import type { TemplateOrigin } from './build-template.ts';

/** Writes a template's folder, which loads, with the notice of its license; a template that is there is replaced whole. */
export async function writeTemplate(
  directory: string,
  bytes: Uint8Array,
  origin: TemplateOrigin,
  notice: string,
): Promise<HeadTemplate> {
  const target = resolve(directory);
  requireReplaceable(target);
  // Beside its place: a rename must not cross file systems.
  const partial = join(dirname(target), `.${basename(target)}.partial-${process.pid}`);
  rmSync(partial, { recursive: true, force: true });
  try {
    mkdirSync(partial, { recursive: true });
    await writeFileWhole(join(partial, TEMPLATE_NAME), bytes);
    await writeFileWhole(join(partial, 'LICENSE'), new TextEncoder().encode(notice));
    await writeFileManifest(partial, () => origin);
    const template = await loadHeadTemplate(partial);
    rmSync(target, { recursive: true, force: true });
    renameSync(partial, target);
    return template;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Told before the long work, not after it. */
export function requireReplaceable(target: string): void {
  if (!existsSync(target) || readdirSync(target).length === 0) return;
  if (existsSync(join(target, TEMPLATE_NAME)) && existsSync(join(target, MANIFEST_NAME))) return;
  throw new Error(`writeTemplate: ${target}: expected an empty folder or a template to replace`);
}
