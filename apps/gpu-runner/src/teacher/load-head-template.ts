import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HeadTemplate, parseHeadTemplate } from '../ssd/head-template/head-template.ts';
import { checkFiles, MANIFEST_NAME } from './checked-files.ts';

/** The one file of a template's folder that is read. */
export const TEMPLATE_NAME = 'head-template.safetensors';

/** Loads the head template of a folder after checking every file of the folder against its manifest. */
export async function loadHeadTemplate(directory: string): Promise<HeadTemplate> {
  if (!existsSync(join(directory, MANIFEST_NAME))) {
    throw new Error(
      `loadHeadTemplate: ${directory}: expected a template's folder, as npm run template makes one, got no ${MANIFEST_NAME}`,
    );
  }
  const files = await checkFiles(directory);
  if (!files.some((file) => file.path === TEMPLATE_NAME)) {
    throw new Error(`loadHeadTemplate: ${TEMPLATE_NAME}: expected it in the manifest of ${directory}`);
  }
  return parseHeadTemplate(readFileSync(join(directory, TEMPLATE_NAME)));
}
