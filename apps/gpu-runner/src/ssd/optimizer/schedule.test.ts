import { describe, expect, it } from 'vitest';
import { type Schedule, scheduledValue } from './schedule.ts';

describe('scheduledValue', () => {
  it('answers a constant at every step', () => {
    expect([0, 5, 1e6].map((step) => scheduledValue(0.3, step))).toEqual([0.3, 0.3, 0.3]);
  });

  it('holds the start, goes straight to the end and holds it', () => {
    const schedule: Schedule = [10, 1, 3, 20];
    expect([0, 10, 15, 20, 99].map((step) => scheduledValue(schedule, step))).toEqual([1, 1, 2, 3, 3]);
  });

  it('passes through each further (value, step) pair', () => {
    const schedule: Schedule = [0, 0, 10, 10, 10, 20, 4, 30];
    expect([5, 15, 25, 30].map((step) => scheduledValue(schedule, step))).toEqual([5, 10, 7, 4]);
  });

  it('jumps where two pairs share a step', () => {
    const jump: Schedule = [0, 7000, 7000, 5000, 10000, 5000];
    expect([4999, 5000].map((step) => scheduledValue(jump, step))).toEqual([7000, 10000]);
  });

  it('refuses half a pair and steps that run backwards', () => {
    expect(() => scheduledValue([0, 1, 2, 3, 4], 1)).toThrow('5 numbers');
    expect(() => scheduledValue([10, 1, 2, 5], 20)).toThrow('ascending');
  });
});
