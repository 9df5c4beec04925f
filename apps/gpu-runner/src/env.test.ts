import { describe, expect, test } from 'vitest';
import { readEnv } from './env.ts';

const needed = { EDGE_URL: 'http://127.0.0.1:8787', RUNNER_KEY: 'rk_key' };

describe('readEnv', () => {
  test('needs the edge and the key alone', () => {
    const env = readEnv(needed);
    expect(env.PRESETS).toEqual(['draft', 'standard']);
    expect(env.MODEL).toBe('head-1.0');
    expect(env.TEACHER_DIR).toMatch(/models\/starter$/);
  });

  test('takes a list of presets', () => {
    expect(readEnv({ ...needed, PRESETS: 'smoke, draft' }).PRESETS).toEqual(['smoke', 'draft']);
  });

  test.each([
    ['EDGE_URL', { ...needed, EDGE_URL: 'ftp://edge' }],
    ['RUNNER_KEY', { EDGE_URL: needed.EDGE_URL }],
    ['PRESETS', { ...needed, PRESETS: 'huge' }],
  ])('names %s when it is wrong', (name, environment) => {
    expect(() => readEnv(environment)).toThrow(name);
  });
});
