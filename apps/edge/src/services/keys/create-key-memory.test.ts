import { expect, test } from 'vitest';
import { makeClock } from '../../test/factories.ts';
import { createKeyMemory, KEY_MEMORY_MS } from './create-key-memory.ts';

/** A memory whose looks are counted; `actors` is what the database would say. */
function start() {
  const clock = makeClock();
  const memory = createKeyMemory<string>(clock.now);
  const actors = new Map<string, string>();
  let looks = 0;
  const recall = (hash: string) =>
    memory.recall(hash, async () => {
      looks += 1;
      return actors.get(hash) ?? null;
    });
  return { clock, actors, recall, looks: () => looks };
}

test('a good key is looked up once in its time, and anew after it', async () => {
  const { clock, actors, recall, looks } = start();
  actors.set('a', 'account');
  expect([await recall('a'), await recall('a'), looks()]).toEqual(['account', 'account', 1]);
  actors.delete('a');
  clock.advance(KEY_MEMORY_MS - 1);
  expect(await recall('a')).toBe('account');
  clock.advance(1);
  expect([await recall('a'), looks()]).toEqual([null, 2]);
});

test('a key that is not good yet is looked up each time', async () => {
  const { actors, recall } = start();
  expect(await recall('a')).toBeNull();
  actors.set('a', 'account');
  expect(await recall('a')).toBe('account');
});

test('keys are not mixed up, and a thousand are remembered at most', async () => {
  const { actors, recall, looks } = start();
  for (let i = 0; i <= 1000; i++) {
    actors.set(`${i}`, `account ${i}`);
    expect(await recall(`${i}`)).toBe(`account ${i}`);
  }
  expect([await recall('1000'), await recall('1'), looks()]).toEqual(['account 1000', 'account 1', 1001]);
  expect([await recall('0'), looks()]).toEqual(['account 0', 1002]);
});
