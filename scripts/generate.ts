import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildOpenApi } from '../apps/edge/src/http/openapi.ts';
import { ROUTES } from '../apps/edge/src/routes/index.ts';
import { writeClient } from './client/write-client.ts';

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

/** Every file that is written from the code, by its path, as it should be. */
export function generatedFiles(): Map<string, string> {
  const client = writeClient(buildOpenApi(ROUTES));
  return new Map(
    Object.entries(client).map(([name, text]) => {
      const path = `packages/client/src/generated/${name}`;
      return [path, format(path, text)];
    }),
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, text] of generatedFiles()) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    console.log(path);
  }
}
