import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

const VENDOR_SCRIPTS = [
  ['@google/model-viewer/dist/model-viewer.min.js', 'model-viewer.min.js'],
  ['@scalar/api-reference/dist/browser/standalone.js', 'scalar.js'],
] as const;

/**
 * Bundles the scripts of the playground and of the API reference into `apps/edge/public` and copies model-viewer and
 * Scalar beside them, so that the pages ask no other host for anything.
 */
export async function buildPlayground(): Promise<void> {
  const publicFolder = join(root, 'apps/edge/public');
  await mkdir(join(publicFolder, 'vendor'), { recursive: true });
  for (const [from, to] of VENDOR_SCRIPTS) {
    await copyFile(join(root, 'node_modules', from), join(publicFolder, 'vendor', to));
  }
  await build({
    entryPoints: {
      playground: join(root, 'apps/edge/src/playground/main.ts'),
      reference: join(root, 'apps/edge/src/playground/reference.ts'),
    },
    outdir: publicFolder,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildPlayground();
