/**
 * Renews the measured parts of docs/dataset.md: what stands between the comments that name them.
 *
 *     node scripts/dataset-table.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describeDataset } from '../apps/gpu-runner/src/dataset/describe-dataset.ts';

const path = new URL('../docs/dataset.md', import.meta.url);
let text = readFileSync(path, 'utf8');
for (const [name, body] of Object.entries(describeDataset())) {
  const part = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- end of ${name} -->)`);
  if (!part.test(text)) throw new Error(`dataset-table: expected a part "${name}" in docs/dataset.md`);
  text = text.replace(part, (_, begin: string, end: string) => `${begin}\n${body}\n\n${end}`);
}
writeFileSync(path, text);
console.log('docs/dataset.md is up to date');
