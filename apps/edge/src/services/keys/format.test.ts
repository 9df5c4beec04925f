import { describe, expect, test } from 'vitest';
import { seedStatements } from '../../../../../scripts/seed-sql.ts';
import { bindings } from '../../test/bindings.ts';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';
import { createKey, formatKey, hashSecret, keyPrefix } from './format.ts';

const PREFIXES = ['hk_test_', 'hk_live_', 'rk_'] as const;

describe('a key', () => {
  test.each(PREFIXES)('%s is known by its prefix', (prefix) => {
    const key = createKey(prefix);
    expect(key.startsWith(prefix)).toBe(true);
    expect(keyPrefix(key)).toBe(prefix);
    expect(createKey(prefix)).not.toBe(key);
  });

  test('is the same for the same bytes, and 32 bytes are needed', () => {
    expect(formatKey('hk_test_', new Uint8Array(32))).toBe(formatKey('hk_test_', new Uint8Array(32)));
    expect(() => formatKey('rk_', new Uint8Array(31))).toThrow('expected 32 bytes, got 31');
  });

  test('with any one character changed is none', () => {
    const key = formatKey(
      'hk_test_',
      Uint8Array.from({ length: 32 }, (_, i) => i * 7),
    );
    for (let i = 0; i < key.length; i++) {
      const other = key[i] === 'z' ? 'y' : 'z';
      expect(keyPrefix(key.slice(0, i) + other + key.slice(i + 1))).toBeNull();
    }
    for (const wrong of [
      '',
      key.slice(1),
      key.slice(0, -1),
      `${key}0`,
      key.toUpperCase(),
      ` ${key}`,
      `${key}\n`,
    ]) {
      expect(keyPrefix(wrong)).toBeNull();
    }
  });

  test('is hashed by SHA-256', async () => {
    expect(await hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('the seed', () => {
  async function run(statements: string[]) {
    for (const statement of statements) await bindings.DB.prepare(statement).run();
  }

  test('makes an account and a runner that work, however often it runs, and holds no key', async () => {
    const keys = { apiKey: createKey('hk_test_'), runnerKey: createKey('rk_') };
    const statements = await seedStatements({ ...keys, accountName: "O'Neill & Söhne" });
    expect(statements.join()).not.toContain(keys.apiKey);
    expect(statements.join()).not.toContain(keys.runnerKey);
    await run(statements);
    await run(statements);
    expect((await createJob(makeClient(keys.apiKey))).job.status).toBe('queued');
    const claim = { json: { runner: 'r', presets: ['smoke'], wait_s: 0 } };
    expect((await makeClient(keys.runnerKey)('POST', '/runner/v1/claim', claim)).status).toBe(200);
    const { results } = await bindings.DB.prepare('SELECT name FROM accounts').all();
    expect(results).toEqual([{ name: "O'Neill & Söhne" }]);
  });

  test('with other limits changes them', async () => {
    const keys = { apiKey: createKey('hk_test_'), runnerKey: createKey('rk_') };
    await run(await seedStatements({ ...keys, runningLimit: 1, waitingLimit: 0 }));
    const row = await bindings.DB.prepare('SELECT running_limit, waiting_limit FROM accounts').first();
    expect(row).toEqual({ running_limit: 1, waiting_limit: 0 });
    expect(await (await makeFakeRunner()).claim()).toBeNull();
  });

  test('refuses keys of the wrong kind', async () => {
    const [apiKey, runnerKey] = [createKey('hk_test_'), createKey('rk_')];
    await expect(seedStatements({ apiKey: runnerKey, runnerKey })).rejects.toThrow('not an API key');
    await expect(seedStatements({ apiKey, runnerKey: apiKey })).rejects.toThrow("not a runner's key");
  });
});
