import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeDataset } from './describe-dataset.ts';

const docs = readFileSync(new URL('../../../../docs/dataset.md', import.meta.url), 'utf8');
const measured = describeDataset();

test('docs/dataset.md lists the held-out pairs and the kinds of bad pictures as they are', () => {
  // Out of date? Run `node scripts/dataset-table.ts`.
  expect(docs).toContain(measured.heldOut);
  expect(docs).toContain(measured.badPictures);
});

test('the shares of traits in docs/dataset.md are within one percent of the measured ones', () => {
  const rows = (text: string): Map<string, string> =>
    new Map([...text.matchAll(/^\| (\w+) \| (.+) \|$/gm)].map(([, name, values]) => [name, values]));
  const stated = rows(docs);
  for (const [name, values] of rows(measured.traits)) {
    const numbers = (text: string): number[] => (text.match(/[\d.]+(?= ·|$)/g) ?? []).map(Number);
    const found = numbers(stated.get(name) ?? '');
    const expected = numbers(values);
    expect(found).toHaveLength(expected.length);
    for (const [index, share] of expected.entries()) expect(Math.abs(found[index] - share)).toBeLessThan(1);
  }
});
