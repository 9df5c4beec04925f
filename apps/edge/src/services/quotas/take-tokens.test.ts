import { expect, test } from 'vitest';
import { type Bucket, takeTokens } from './take-tokens.ts';

const POLICY = { burst: 4, perSecond: 2 };
const wanted = [{ name: 'req', policy: POLICY }];

test('a bucket gives its burst, fills at its rate up to that, and a clock that goes back adds nothing', () => {
  const held = new Map<string, Bucket>();
  const take = (nowMs: number) => takeTokens(held, wanted, nowMs);
  expect([take(1000), take(1000), take(1000), take(1000)].map(({ remaining }) => remaining[0])).toEqual([
    3, 2, 1, 0,
  ]);
  expect(take(1000)).toEqual({ isAllowed: false, remaining: [0], waitMs: 500 });
  expect(take(500)).toEqual({ isAllowed: false, remaining: [0], waitMs: 500 });
  expect(take(1250)).toEqual({ isAllowed: false, remaining: [0], waitMs: 250 });
  expect(take(1500)).toEqual({ isAllowed: true, remaining: [0], waitMs: 0 });
  expect(take(60_000)).toEqual({ isAllowed: true, remaining: [3], waitMs: 0 });
});

test('a refusal by one bucket takes from no other', () => {
  const held = new Map<string, Bucket>();
  const both = [...wanted, { name: 'ct_1', policy: { burst: 1, perSecond: 1 } }];
  expect(takeTokens(held, both, 0).remaining).toEqual([3, 0]);
  expect(takeTokens(held, both, 0)).toEqual({ isAllowed: false, remaining: [3, 0], waitMs: 1000 });
});

test('in 1,000 random bursts, who waits as long as Retry-After says is never refused again', () => {
  const held = new Map<string, Bucket>();
  let random = 1;
  const below = (end: number) => {
    random = (Math.imul(random, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (random >>> 8) % end;
  };
  let nowMs = 0;
  let refusals = 0;
  let allowed = 0;
  for (let burst = 0; burst < 1000; burst++) {
    for (let i = below(12); i >= 0; i--) {
      let taken = takeTokens(held, wanted, nowMs);
      if (!taken.isAllowed) {
        refusals += 1;
        nowMs += Math.ceil(taken.waitMs / 1000) * 1000;
        taken = takeTokens(held, wanted, nowMs);
      }
      expect(taken.isAllowed).toBe(true);
      allowed += 1;
      nowMs += below(80);
    }
    nowMs += below(3000);
  }
  expect(refusals).toBeGreaterThan(500);
  expect(allowed).toBeLessThanOrEqual(POLICY.burst + (nowMs / 1000) * POLICY.perSecond);
});

test('a thousand buckets are kept at most', () => {
  const held = new Map<string, Bucket>();
  for (let i = 0; i <= 1000; i++) takeTokens(held, [{ name: `ct_${i}`, policy: POLICY }], 0);
  expect([held.size, held.has('ct_0'), held.has('ct_1')]).toEqual([1000, false, true]);
});
