import { expect, test } from 'vitest';
import { parseRetryAfter, retryDelayMs } from './retry-schedule.ts';

const HOUR = 3_600_000;

test('eight attempts: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, and no ninth', () => {
  const delays = Array.from({ length: 9 }, (_, made) => retryDelayMs(made, 0.5, null));
  expect(delays).toEqual([0, 5_000, 300_000, 1_800_000, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR, null]);
});

test('chance moves a delay by up to a tenth, both ways', () => {
  expect(retryDelayMs(6, 0, null)).toBe(9 * HOUR);
  expect(retryDelayMs(6, 1 - 2 ** -31, null)).toBeCloseTo(11 * HOUR, -1);
});

test('Retry-After makes a delay longer, never shorter, up to a day', () => {
  expect(retryDelayMs(1, 0.5, 60_000)).toBe(60_000);
  expect(retryDelayMs(4, 0.5, 60_000)).toBe(2 * HOUR);
  expect(retryDelayMs(1, 0.5, 1000 * HOUR)).toBe(24 * HOUR);
  expect(retryDelayMs(8, 0.5, 60_000), 'it does not buy a ninth attempt').toBeNull();
});

test('Retry-After is seconds or a date', () => {
  const nowMs = Date.parse('2026-11-23T12:00:00Z');
  expect(parseRetryAfter('120', nowMs)).toBe(120_000);
  expect(parseRetryAfter(' 0 ', nowMs)).toBe(0);
  expect(parseRetryAfter('Mon, 23 Nov 2026 12:01:30 GMT', nowMs)).toBe(90_000);
  expect(parseRetryAfter('Mon, 23 Nov 2026 11:00:00 GMT', nowMs)).toBe(0);
  expect([parseRetryAfter('soon', nowMs), parseRetryAfter(null, nowMs)]).toEqual([null, null]);
});
