import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { deps } from '../test/factories.ts';
import type { Database } from './client.ts';
import { remembered } from './remembered.ts';
import { heads } from './schema/heads.ts';

const { db } = deps;

interface Sum {
  of: { one: number; other: number | null };
  said: { labels: string[] };
}

/** A statement that counts how often it is built. */
function start(isUsual?: (values: Sum) => boolean) {
  let builds = 0;
  const select = remembered((on: Database, { of, said }: Sum) => {
    builds += 1;
    const sum = of.other === null ? sql<string>`'none'` : sql<number>`${of.one} + ${of.other}`;
    const labels = sql<string>`${sql.param(said.labels, heads.labels)}`;
    return [on.select({ sum: sum.as('sum'), labels: labels.as('labels') }).from(sql`(select 1)`)] as const;
  }, isUsual);
  const run = async (one: number, other: number | null, ...labels: string[]) =>
    (await db.batch(select(db, { of: { one, other }, said: { labels } })))[0];
  return { run, builds: () => builds };
}

test('a statement is built once for each set of nulls, and gets its own values each time', async () => {
  const { run, builds } = start();
  expect(await run(1, 2, 'a')).toEqual([{ sum: 3, labels: '["a"]' }]);
  expect(await run(40, 2)).toEqual([{ sum: 42, labels: '[]' }]);
  expect(builds()).toBe(1);
  expect(await run(1, null)).toEqual([{ sum: 'none', labels: '[]' }]);
  expect(await run(2, 5)).toEqual([{ sum: 7, labels: '[]' }]);
  expect(builds()).toBe(2);
});

test('values that are not usual are built with', async () => {
  const { run, builds } = start(({ of }) => of.one > 0);
  for (const one of [-1, -2, 1, 2]) expect(await run(one, 1)).toEqual([{ sum: one + 1, labels: '[]' }]);
  expect(builds()).toBe(3);
});

test.each([
  ['a sum', ({ one }: { one: number }) => one + 1],
  ['a text', ({ one }: { one: number }) => `${one}`],
  ['JSON', ({ one }: { one: number }) => JSON.stringify({ one })],
])('%s of a value is refused where the text is built', (_, compute) => {
  const select = remembered(
    (on: Database, { of }: { of: { one: number } }) =>
      [on.select({ of: sql<number>`${compute(of)}`.as('of') }).from(sql`(select 1)`)] as const,
  );
  expect(() => select(db, { of: { one: 1 } })).toThrow('remembered: of.one is not known');
});
