import { describe, expect, it } from 'vitest';
import { createRandom, resumeRandom } from './random.ts';

const draws = (count: number, next: () => number): number[] => Array.from({ length: count }, next);

describe('createRandom', () => {
  it('repeats itself for the same seed and path and differs for another seed or path', () => {
    const first = createRandom(7, 'cameras');
    const again = createRandom(7, 'cameras');
    const otherSeed = createRandom(8, 'cameras');
    const otherPath = createRandom(7, 'noise');
    const expected = draws(5, first.uniform);
    expect(draws(5, again.uniform)).toEqual(expected);
    expect(draws(5, otherSeed.uniform)).not.toEqual(expected);
    expect(draws(5, otherPath.uniform)).not.toEqual(expected);
  });

  it('gives forks that do not notice what their parent draws', () => {
    const quiet = createRandom(1);
    const busy = createRandom(1);
    busy.normals(100);
    expect(draws(4, busy.fork('noise').uniform)).toEqual(draws(4, quiet.fork('noise').uniform));
    expect(quiet.fork('a').uniform()).not.toBe(quiet.fork('b').uniform());
  });

  it('continues from a saved state as if it had never stopped', () => {
    const stream = createRandom(3, 'x');
    stream.normals(11);
    const resumed = resumeRandom(3, 'x', stream.state());
    expect(draws(5, resumed.normal)).toEqual(draws(5, stream.normal));
    expect(() => resumeRandom(3, 'x', [1, 2])).toThrow('4 state words');
  });

  it('follows the published algorithm from a known state', () => {
    // xoshiro128**: rotl(s1 · 5, 7) · 9 with s = (1, 2, 3, 4) is 10 · 128 · 9; then s1 becomes 2 ^ 3 ^ 1 = 0.
    const stream = resumeRandom(0, '', [1, 2, 3, 4]);
    expect(stream.uniform() * 2 ** 32).toBe(11520);
    expect(stream.uniform()).toBe(0);
  });

  it('fills the unit interval evenly and stays inside asked ranges', () => {
    const stream = createRandom(9);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) counts[Math.floor(stream.uniform() * 10)]++;
    // Each bin expects 2,000 with a standard deviation of 42: six of them.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(255);
    const integers = new Set(draws(200, () => stream.integer(-1, 2)));
    expect([...integers].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
    expect(draws(200, () => stream.between(2, 3)).every((x) => x >= 2 && x < 3)).toBe(true);
  });

  it('draws normals of mean 0 and variance 1', () => {
    const values = createRandom(10).normals(20_000);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    // Standard errors are 0.007 and 0.01: five of them.
    expect(Math.abs(mean)).toBeLessThan(0.035);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});
