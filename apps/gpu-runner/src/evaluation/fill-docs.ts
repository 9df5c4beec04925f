import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODELS_DIRECTORY } from '../env.ts';
import { writeFileWhole } from '../shell/write-file-whole.ts';

/** Replaces what stands between `<!-- name -->` and `<!-- end of name -->` of docs/evaluation.md. */
export async function fillDocs(name: string, markdown: string): Promise<void> {
  const path = join(MODELS_DIRECTORY, '..', 'docs', 'evaluation.md');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`fillDocs: ${path}: expected a part "${name}"`);
  const filled = `${text.slice(0, from + begin.length)}\n\n${markdown}\n${text.slice(to)}`;
  await writeFileWhole(path, new TextEncoder().encode(filled));
}
