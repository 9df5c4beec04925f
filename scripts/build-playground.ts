import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

/**
 * Bundles the playground's page script into `apps/edge/public` and copies model-viewer beside it, so
 * that the page asks no other host for anything.
 */
export async function buildPlayground(): Promise<void> {
  const publicFolder = join(root, 'apps/edge/public');
  await mkdir(join(publicFolder, 'vendor'), { recursive: true });
  await copyFile(
    join(root, 'node_modules/@google/model-viewer/dist/model-viewer.min.js'),
    join(publicFolder, 'vendor/model-viewer.min.js'),
  );
  await build({
    entryPoints: [join(root, 'apps/edge/src/playground/main.ts')],
    outfile: join(publicFolder, 'playground.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildPlayground();
