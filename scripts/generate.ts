import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OpenApiDocument } from '../apps/edge/src/http/openapi-document.ts';
import { writeClient } from './generate/write-client.ts';
import { writeErrorTable } from './generate/write-error-table.ts';
import { writeLlmsText } from './generate/write-llms-text.ts';

const root = join(import.meta.dirname, '..');

/** The house's formatting of a TypeScript text. */
function format(path: string, text: string): string {
  const result = spawnSync('biome', ['format', `--stdin-file-path=${path}`], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`format: expected ${path} to parse, got: ${result.stderr}`);
  return result.stdout;
}

/**
 * The document, from the edge's own code. Imported by address: its types are those of workerd, which the scripts' are not.
 */
async function readDocument(): Promise<OpenApiDocument> {
  const load = (path: string): Promise<Record<string, unknown>> =>
    import(pathToFileURL(join(root, path)).href);
  const { ROUTES } = await load('apps/edge/src/routes/index.ts');
  const { buildOpenApi } = await load('apps/edge/src/http/openapi.ts');
  if (typeof buildOpenApi !== 'function')
    throw new Error('readDocument: expected buildOpenApi to be a function');
  return buildOpenApi(ROUTES);
}

/** Every file that is written from the code, by its path, as it should be. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const document = await readDocument();
  const client = Object.entries(writeClient(document)).map(([name, text]): [string, string] => {
    const path = `packages/client/src/generated/${name}`;
    return [path, format(path, text)];
  });
  return new Map([
    ...client,
    ['docs/errors.md', writeErrorTable(readFileSync(join(root, 'docs/errors.md'), 'utf8'))],
    ['apps/edge/public/llms.txt', writeLlmsText(document)],
  ]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, text] of await generatedFiles()) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    console.log(path);
  }
}
