import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ERROR_CODES } from '@headwright/shared/error-codes';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const documents = globSync(
  ['*.md', 'docs/**/*.md', '{apps,packages}/*/README.md', '{test,migrations}/README.md'],
  {
    cwd: root,
    exclude: ['**/node_modules/**'],
  },
).toSorted();

/** Folders that a path in a document may count from, besides the repository's root. */
const BASES = ['', 'apps/gpu-runner/src/', 'apps/edge/src/'];
const FIRST_FOLDER =
  /^(apps|packages|scripts|test|docs|models|migrations|\.ci|ssd|onnx|teacher|tensor|shell|services|routes|db|durable)\//;

/** Code spans and link targets that name a place in this repository. */
function pathsIn(document: string): string[] {
  const prose = read(document).replaceAll(/^```[\s\S]*?^```/gm, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)]
    .map(([, span]) => span)
    .filter((span) => FIRST_FOLDER.test(span));
  const links = [...prose.matchAll(/\]\(([^)#\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => join(dirname(document), link));
  return [...spans, ...links].map((path) => path.replaceAll(/<[^>]+>/g, '*'));
}

function exists(path: string): boolean {
  if (!/[*{]/.test(path)) return BASES.some((base) => existsSync(join(root, base, path)));
  return BASES.some((base) => globSync(base + path, { cwd: root }).length > 0);
}

describe('documents', () => {
  test('name many paths', () => {
    expect(documents).toContain('README.md');
    expect(documents.flatMap(pathsIn).length).toBeGreaterThan(80);
  });

  test.each(documents)('%s names only paths that exist', (document) => {
    expect(pathsIn(document).filter((path) => !exists(path))).toEqual([]);
  });

  test('docs/method.md names a file and what it exports for each part of the paper', () => {
    const [, section = ''] = read('docs/method.md').split('## Where each part lives');
    const rows = section
      .split('## ')[0]
      .split('\n')
      .filter((line) => /^\|.*`/.test(line));
    expect(rows.length).toBeGreaterThan(40);
    for (const row of rows) {
      const [path, ...symbols] = [...row.matchAll(/`([^`]+)`/g)].map(([, span]) => span);
      const files = globSync(`apps/gpu-runner/src/${path.replace(/\/$/, '/*.ts')}`, { cwd: root });
      const source = files.map(read).join('\n');
      expect(symbols.length, row).toBeGreaterThan(0);
      for (const symbol of symbols) {
        const exported = new RegExp(`export (async )?(function|const) ${symbol}\\b`);
        expect(exported.test(source), `${path} exports ${symbol}`).toBe(true);
      }
    }
  });

  test('docs/errors.md lists every error code as it is', () => {
    const row = (code: string, error: (typeof ERROR_CODES)[keyof typeof ERROR_CODES]): string =>
      `| \`${code}\` | ${error.status} | ${error.title} | ${error.retryable ? 'yes' : 'no'} |`;
    const expected = Object.entries(ERROR_CODES).map(([code, error]) => row(code, error));
    const listed = read('docs/errors.md')
      .split('\n')
      .filter((line) => /^\| `[a-z]+\./.test(line));
    expect(listed).toEqual(expected);
  });

  test('docs/data-model.md names every table and column', () => {
    const model = read('docs/data-model.md');
    const sql = globSync('migrations/*.sql', { cwd: root }).map(read).join('\n');
    for (const [, table, body] of sql.matchAll(/CREATE TABLE `(\w+)` \(([\s\S]*?)\n\);/g)) {
      const section = model.split(/^## /m).find((part) => part.startsWith(`${table} `)) ?? '';
      expect(section, `a section about ${table}`).not.toBe('');
      for (const [, column] of body.matchAll(/^\t`(\w+)`/gm)) expect(section).toContain(`\`${column}\``);
    }
  });
});
